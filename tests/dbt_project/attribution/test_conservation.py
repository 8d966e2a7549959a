"""What holds of any journeys: nothing is lost, nothing depends on names or order."""

from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dbt_project.attribution.models import Shop

CHANNELS = ("direct", "email", "paid_search", "referral")
MODELS = 8

journeys = st.lists(
    st.tuples(
        st.integers(0, 4),  # person
        st.sampled_from(CHANNELS),
        st.integers(0, 60 * 24),  # hours after the first moment
        st.booleans(),  # whether it is a conversion rather than a touch
    ),
    min_size=1,
    max_size=30,
)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def land(shop: Shop, events: list[tuple[int, str, int, bool]], prefix: str = "") -> None:
    for number, (person, channel, hours, converts) in enumerate(events):
        at = f"2026-{1 + hours // 672:02}-{1 + hours // 24 % 28:02} {hours % 24:02}:00:00"
        name = f"{prefix}p{person}"
        if converts:
            shop.convert(f"{prefix}c{number}", name, at, 1.0 + number)
        else:
            shop.touch(f"{prefix}s{number:02}", name, at, channel)


def totals(shop: Shop) -> dict[tuple[str, str], float]:
    return {
        (str(model), str(channel)): float(str(credit))
        for model, channel, credit in shop.rows(
            "select attribution_model, channel, conversions from attribution.model_comparison"
        )
    }


@few
@given(events=journeys)
def test_credits_add_up_under_every_model(
    events: list[tuple[int, str, int, bool]], new_shop: Callable[[], Shop]
):
    shop = new_shop()
    land(shop, events)
    shop.attribute()
    off = shop.rows(
        f"""
        select conversions.conversion_id, count(distinct attribution_model), sum(credit) / {MODELS}
        from conversions.fct_conversions as conversions
        left join attribution.fct_credits as credits using (conversion_id)
        group by conversions.conversion_id, conversions.value
        having count(distinct attribution_model) <> {MODELS}
            or abs(sum(credit) - {MODELS}) > 1e-9
            or abs(sum(credited_value) - {MODELS} * conversions.value) > 1e-9 * conversions.value
            or min(credit) < 0
        """
    )
    assert off == []
    conversions = sum(converts for *_, converts in events)
    by_model: dict[str, float] = defaultdict(float)
    for (model, _), credit in totals(shop).items():
        by_model[model] += credit
    if conversions:
        assert by_model == pytest.approx(dict.fromkeys(by_model, conversions), abs=1e-9)


@few
@given(events=journeys)
def test_twice_the_journeys_twice_the_credit(
    events: list[tuple[int, str, int, bool]], new_shop: Callable[[], Shop]
):
    shop = new_shop()
    land(shop, events)
    shop.attribute()
    once = totals(shop)
    shop = new_shop()
    land(shop, events)
    land(shop, events, prefix="again-")
    shop.attribute()
    twice = {key: 2 * credit for key, credit in once.items()}
    assert totals(shop) == pytest.approx(twice, abs=1e-6)


def test_a_channel_on_no_path_is_a_row_of_zeros(shop: Shop):
    shop.touch("s", "p", "2026-01-01 12:00:00", "email")
    shop.convert("c", "p", "2026-01-01 13:00:00")
    shop.touch("elsewhere", "q", "2026-01-01 12:00:00", "referral")
    shop.connection.execute(
        "insert into intermediate.int_spend_days values "
        "('2026-01-01', 'k', 'paid_social', 'meta', 10, 100, 5)"
    )
    shop.attribute()
    assert shop.rows(
        "select channel, count(*), sum(conversions), sum(share), sum(cost) "
        "from attribution.model_comparison group by 1 order by 1"
    ) == [("email", 8, 8, 8, 0), ("paid_social", 8, 0, 0, 80), ("referral", 8, 0, 0, 0)]


def test_days_keep_spend_visits_and_credit_apart_or_together(shop: Shop):
    shop.touch("s", "p", "2026-01-01 12:00:00", "email")
    shop.convert("c", "p", "2026-01-03 12:00:00", 80.0, gross_value=100.0)
    shop.connection.execute(
        "insert into intermediate.int_spend_days values "
        "('2026-01-01', 'k', 'email', 'x', 4, 100, 5), ('2026-01-02', 'k', 'email', 'x', 6, 0, 0),"
        "('2026-01-03', 'k', 'email', 'y', 5, 0, 0), ('2026-01-03', 'l', 'email', 'y', 5, 0, 0)"
    )
    shop.attribute()
    assert shop.rows(
        """
        select "date"::varchar, visits, conversions, revenue, "cost", roas, roi, conversion_rate,
            average_order_value, cost_per_conversion, new_customer_cac
        from attribution.channel_days where attribution_model = 'linear' order by 1
        """
    ) == [
        ("2026-01-01", 1, 0, 0, 4, 0, -1, 0, None, None, None),
        ("2026-01-02", 0, 0, 0, 6, 0, -1, None, None, None, None),
        ("2026-01-03", 0, 1, 80, 10, 8, 7, None, 80, 10, 10),
    ]
