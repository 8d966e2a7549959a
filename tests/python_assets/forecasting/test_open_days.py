import datetime as dt

import pytest

from python_assets.forecasting.open_days import open_days

MONDAY = dt.date(2025, 4, 14)
SUNDAY = dt.date(2025, 4, 27)


def test_public_holidays_are_those_of_the_country_and_its_part():
    # Good Friday and Easter Monday are 18 and 21 April 2025; Scotland works on Easter Monday.
    closed = {}
    for subdivision in ("ENG", "SCT"):
        is_open = open_days(
            MONDAY, SUNDAY, holiday_country="GB", holiday_subdivision=subdivision
        ).tolist()
        closed[subdivision] = [14 + day for day, flag in enumerate(is_open) if not flag]
    assert closed == {"ENG": [18, 21], "SCT": [18]}


def test_weekdays_and_dates():
    is_open = open_days(MONDAY, SUNDAY, closed_weekdays=[5, 6], closed_dates=[dt.date(2025, 4, 16)])
    assert [day for day, flag in enumerate(is_open) if not flag] == [2, 5, 6, 12, 13]
    assert open_days(MONDAY, MONDAY).tolist() == [True]


def test_holidays_go_over_years():
    is_open = open_days(dt.date(2024, 12, 24), dt.date(2025, 1, 2), holiday_country="US")
    assert [day for day, flag in enumerate(is_open) if not flag] == [1, 8]


def test_what_is_not_known_is_refused():
    with pytest.raises(ValueError, match="closed weekday 7"):
        open_days(MONDAY, SUNDAY, closed_weekdays=[7])
    with pytest.raises(ValueError, match="no public holidays are known of 'XX'; accepted are: "):
        open_days(MONDAY, SUNDAY, holiday_country="XX")
    with pytest.raises(ValueError, match=r"of 'GB ABC'; accepted are: .*ENG"):
        open_days(MONDAY, SUNDAY, holiday_country="GB", holiday_subdivision="ABC")
    with pytest.raises(ValueError, match="'ENG' has no country"):
        open_days(MONDAY, SUNDAY, holiday_subdivision="ENG")
    with pytest.raises(ValueError, match="is before the first"):
        open_days(SUNDAY, MONDAY)
