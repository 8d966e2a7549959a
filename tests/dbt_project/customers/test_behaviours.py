import json

import pytest

from tests.dbt_project.customers.models import Shop


def patterns(shop: Shop) -> set[tuple[object, ...]]:
    return set(shop.rows("select person_id, behaviour from customers.behaviours"))


def test_the_fifth_that_spends_most_and_whoever_equals_them(shop: Shop):
    for number in range(10):
        shop.order(f"p{number}", "2026-06-01", 100 if number in (7, 8, 9) else 10 + number)
    shop.build()
    found = {who for who, what in patterns(shop) if what == "HIGH_SPENDER"}
    # Two of ten are the fifth; a third spent as much as they did.
    assert found == {"p7", "p8", "p9"}


def test_spend_is_net_of_refunds(shop: Shop):
    shop.order("returner", "2026-06-01", 500, refunded=500)
    shop.order("keeper", "2026-06-01", 20)
    shop.build()
    assert ("keeper", "HIGH_SPENDER") in patterns(shop)
    assert ("returner", "HIGH_SPENDER") not in patterns(shop)


def test_two_orders_a_week_in_weeks_with_orders(shop: Shop):
    for day in ("2026-06-01", "2026-06-03", "2026-06-15", "2026-06-16"):
        shop.order("often", day)
    for day in ("2026-06-01", "2026-06-03", "2026-06-15"):
        shop.order("seldom", day)
    shop.build()
    found = patterns(shop)
    assert ("often", "FREQUENT_SHOPPER") in found
    assert ("seldom", "FREQUENT_SHOPPER") not in found


@pytest.mark.parametrize(("weekend", "weekday", "expected"), [(7, 3, True), (6, 3, False)])
def test_seventy_percent_on_saturday_and_sunday(
    shop: Shop, weekend: int, weekday: int, expected: bool
):
    for _ in range(weekend):
        shop.order("a", "2026-06-06")
    for _ in range(weekday):
        shop.order("a", "2026-06-08")
    shop.build()
    assert (("a", "WEEKEND_SHOPPER") in patterns(shop)) == expected


def test_half_of_the_units_in_one_category(shop: Shop):
    shop.order("half", "2026-06-01", items=[("shoes", 2), ("hats", 1), (None, 1)])
    shop.order("less", "2026-06-01", items=[("shoes", 2), ("hats", 2), (None, 1)])
    shop.order("unknown", "2026-06-01", items=[(None, 4)])
    shop.build()
    found = {who for who, what in patterns(shop) if what == "CATEGORY_FOCUSED"}
    assert found == {"half"}
    ((evidence,),) = shop.rows(
        "select evidence from customers.behaviours where behaviour = 'CATEGORY_FOCUSED'"
    )
    assert json.loads(str(evidence)) == {"category": "shoes", "category_units": 2, "units": 4}


def test_two_cities_over_three_orders(shop: Shop):
    shop.person("at_home", city="Rome")
    for day in (1, 2, 3):
        shop.order("at_home", f"2026-06-0{day}")
        shop.order("traveller", f"2026-06-0{day}", city=f"City {day}")
        shop.order("commuter", f"2026-06-0{day}", city="Pisa" if day == 1 else " ROME ")
    shop.order("new_here", "2026-06-01", city="Rome")
    shop.build()
    found = {who for who, what in patterns(shop) if what == "LOCATION_CLUSTERED"}
    assert found == {"at_home", "commuter"}


def test_new_and_inactive_by_days(shop: Shop):
    shop.order("new", "2026-06-01")  # 29 days before
    shop.order("not_new", "2026-05-31")  # 30 days before
    shop.order("away", "2026-05-30")  # 31 days before
    shop.order("long_gone", "2024-01-01")
    shop.build()
    found = patterns(shop)
    assert {who for who, what in found if what == "NEW_SHOPPER"} == {"new"}
    assert {who for who, what in found if what == "INACTIVE"} == {"away", "long_gone"}


def test_a_month_three_times_the_median_month(shop: Shop):
    for month, spend in (("04", 100), ("05", 100), ("06", 300)):
        shop.order("seasonal", f"2026-{month}-10", spend)
        shop.order("steady", f"2026-{month}-10", min(spend, 299))
    shop.order("once", "2026-06-10", 900)
    shop.build(behaviours={"window_days": 100})
    assert {who for who, what in patterns(shop) if what == "SEASONAL_SPENDER"} == {"seasonal"}


def test_the_window_is_as_long_as_the_settings_say(shop: Shop):
    shop.order("a", "2026-06-21", 10)
    shop.order("b", "2026-06-20", 90)
    shop.build(behaviours={"window_days": 10})
    assert {who for who, what in patterns(shop) if what == "HIGH_SPENDER"} == {"a"}
