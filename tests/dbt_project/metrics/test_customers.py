"""Metrics 9 to 13: what customers are worth, and whether they come back."""

from datetime import date, timedelta

import pytest

from tests.dbt_project.metrics.models import Shop


def _buyer(shop: Shop, person: str, first: str, periods: int = 0, channel: str = "email") -> None:
    shop.add(
        "intermediate.int_buyers",
        person_id=person,
        orders=1,
        periods_ordered=periods,
        first_order_date=first,
    )
    shop.add("intermediate.int_acquisition_channels", person_id=person, acquisition_channel=channel)


def test_lifetime_value_is_of_customers_who_have_had_their_year(shop: Shop):
    _buyer(shop, "old", "2025-03-01")
    shop.purchase("old", "2025-03-01", 100)
    shop.purchase("old", "2026-02-28", 60)  # day 364
    shop.purchase("old", "2026-03-01", 1000)  # day 365
    _buyer(shop, "other", "2025-03-31", channel="direct")  # 365 days before the last day
    shop.purchase("other", "2025-03-31", 50)
    shop.add(
        "intermediate.int_refunds_converted",
        customer_id="other",
        amount=10,
        is_linked=False,
        refund_date="2025-06-01",
    )
    _buyer(shop, "young", "2025-04-01")
    shop.purchase("young", "2025-04-01", 30)
    shop.purchase("guest:1", "2025-03-01", 500)
    shop.build()
    assert shop.figure("ltv_12m") == (100.0, 200.0, 2.0)
    assert shop.figure("ltv_12m", "channel direct") == (40.0, 40.0, 1.0)
    assert shop.figure("ltv_12m", "maturity to date") == (30.0, 30.0, 1.0)
    assert shop.column("note", "ltv_12m", "maturity to date") == "to date"
    # A day before, nobody else had had a year but the first.
    assert shop.column("previous_value", "ltv_12m", period="1d") == 160.0


def test_an_unknown_payment_makes_a_lifetime_unknown(shop: Shop):
    _buyer(shop, "old", "2025-03-01")
    order = shop.purchase("old", "2025-03-01", 100)
    shop.connection.execute(
        "update customers.fct_orders set net_revenue = null where order_id = $1", [order]
    )
    shop.build()
    assert shop.figure("ltv_12m") == (None, None, 1.0)
    assert shop.column("why_null", "ltv_12m") == "an amount is unknown"


def test_repeat_purchases_are_those_of_90_days(shop: Shop):
    for person, days in {
        "twice": ("2026-01-01", "2026-03-31"),
        "once": ("2026-02-01",),
        "before": ("2025-12-31", "2026-02-01"),
        "guest:1": ("2026-02-01",),
        "long_ago": ("2025-11-01", "2025-11-02"),
    }.items():
        _buyer(shop, person, days[0])
        for day in days:
            shop.purchase(person, day)
    shop.build()
    assert shop.figure("repeat_purchase_rate", period="90d") == (1 / 3, 1.0, 3.0)
    # Of whom came back within the 90 days before: one of two.
    assert shop.column("previous_value", "repeat_purchase_rate", period="90d") == 0.5
    assert shop.column("value", "repeat_purchase_rate") == "no such row"


def test_retention_is_of_buyers_whose_days_are_over(shop: Shop):
    # Of 2 March, the 30th day is 1 April; of 1 March it is 31 March.
    _buyer(shop, "too_young", "2026-03-02", periods=0b0010)
    _buyer(shop, "back_in_30", "2026-03-01", periods=0b0010)
    _buyer(shop, "gone", "2026-03-01")
    _buyer(shop, "back_in_60", "2026-01-30", periods=0b0100)
    _buyer(shop, "back_in_90", "2025-12-31", periods=0b1000, channel="direct")
    shop.build()
    assert shop.figure("cohort_retention_30") == (0.5, 1.0, 2.0)
    assert shop.figure("cohort_retention_60") == (1.0, 1.0, 1.0)
    assert shop.figure("cohort_retention_90") == (1.0, 1.0, 1.0)
    # Of four whose 30th day is in the year, one had come back by then.
    assert shop.figure("cohort_retention_30", period="ytd") == (0.25, 1.0, 4.0)
    assert shop.figure("cohort_retention_60", period="ytd") == (0.5, 1.0, 2.0)
    assert shop.figure("cohort_retention_90", "channel direct") == (1.0, 1.0, 1.0)


def test_margin_is_after_goods_and_spend_by_buying_pattern(shop: Shop):
    # 100 are spent and bring 400, of which 300 to somebody who buys at weekends.
    shop.spend("2026-03-10", "c1", 100)
    for person, value, cost in (("weekend", 300, 120), ("plain", 100, 50)):
        shop.purchase(person, "2026-03-10", value, cost=cost)
        shop.add(
            "attribution.fct_credits",
            attribution_model="linear",
            counts_as_revenue=True,
            channel="paid_social",
            person_id=person,
            credited_value=value,
            converted_date="2026-03-10",
        )
    shop.add("customers.behaviours", person_id="weekend", behaviour="WEEKEND_SHOPPER")
    shop.build()
    # 400 - 170 - 100, and 300 - 120 - 75.
    assert shop.figure("gross_margin") == (0.325, 130.0, 400.0)
    assert shop.figure("gross_margin", "behaviour WEEKEND_SHOPPER") == (0.35, 105.0, 300.0)
    assert shop.column("health", "gross_margin") == "within"


def test_margin_is_unknown_where_unit_costs_are(shop: Shop):
    shop.purchase("a", "2026-03-10", 75, cost=30)
    shop.purchase("a", "2026-03-11", 25)
    shop.build()
    assert shop.figure("gross_margin") == (None, None, 100.0)
    assert shop.column("why_null", "gross_margin") == "unit costs are missing"
    assert "unit costs known for 75 % of revenue" in str(shop.column("note", "gross_margin"))


def test_costs_of_goods_are_converted_as_their_order_was(shop: Shop):
    order = shop.purchase("a", "2026-03-10", 100, cost=80)
    shop.connection.execute(
        "update customers.fct_orders set original_total = 200 where order_id = $1", [order]
    )
    shop.build()
    assert shop.figure("gross_margin") == (0.6, 60.0, 100.0)


def _customers_of_three_months(shop: Shop) -> None:
    # Forty customers, 90 days old on the last day: 10 left of the first order, 6 of one 30 days
    # later for every second of them, 8 of one 60 days later for all.
    first = date(2026, 1, 1)
    for number in range(40):
        shop.purchase(f"p{number}", str(first), 30, cost=20)
        if number % 2:
            shop.purchase(f"p{number}", str(first + timedelta(days=30)), 12, cost=6)
        shop.purchase(f"p{number}", str(first + timedelta(days=60)), 20, cost=12)


@pytest.mark.parametrize(
    ("spend", "months", "reason"),
    [
        (400, 1.0, None),  # 10 each
        (520, 2.0, None),  # 13 each
        (520.04, 3.0, None),
        (840, 3.0, None),  # 21 each
        (840.04, None, "not paid back in the 3 months seen"),
        (0, None, "no spend, or no new customers credited to it"),
    ],
)
def test_months_until_margins_reach_what_a_customer_cost(
    shop: Shop, spend: float, months: float | None, reason: str | None
):
    _customers_of_three_months(shop)
    if spend:
        shop.spend("2026-01-01", "c1", spend)
        shop.credit("2026-01-01", "c1", 1200, new_customers=40)
    shop.build()
    assert shop.column("value", "cac_payback_months") == months
    assert shop.column("why_null", "cac_payback_months") == reason


def test_a_month_of_few_customers_is_not_followed(shop: Shop):
    for number in range(29):
        shop.purchase(f"p{number}", "2026-01-01", 30, cost=20)
    shop.spend("2026-01-01", "c1", 29)
    shop.credit("2026-01-01", "c1", 870, new_customers=29)
    shop.build()
    assert shop.column("why_null", "cac_payback_months") == "too few customers are 30 days old"
