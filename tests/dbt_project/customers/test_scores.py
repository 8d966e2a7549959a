import json
import math

import pytest

from tests.dbt_project.customers.models import Shop


def score(shop: Shop, person: str, score_type: str) -> tuple[object, ...]:
    (row,) = shop.rows(
        "select score_value, tier, method, breakdown from customers.scores "
        f"where person_id = '{person}' and score_type = '{score_type}'"
    )
    return row


def test_engagement_by_hand(shop: Shop):
    shop.person("a")
    shop.order("a", "2026-06-01")  # 29 days: 10
    shop.feedback("a", "2026-05-31", 5, 5)  # 30 days: 2.5
    shop.session("a", "2026-04-02", 4)  # 89 days: 2
    shop.session("a", "2026-04-01", 4)  # 90 days: 1
    shop.session("a", "2026-06-30", None)
    shop.build()
    value, tier, _, breakdown = score(shop, "a", "engagement")
    assert value == pytest.approx(100 * (1 - math.exp(-15.5 / 50)), abs=1e-9)
    assert tier == "low"
    terms = json.loads(str(breakdown))
    assert terms == {
        "purchase": 10.0,
        "feedback": 2.5,
        "social": 0.0,
        "form": 0.0,
        "pageview": 3.0,
        "raw": 15.5,
    }


def test_tiers_of_engagement_begin_at_their_threshold(shop: Shop):
    for person, pages in (("high", 70), ("medium", 26), ("low", 25)):
        shop.person(person)
        shop.session(person, "2026-06-30", pages)
    shop.build()
    # 100 (1 - e^(-70 / 50)) is 75.3, of 26 40.5, of 25 39.3.
    assert [score(shop, person, "engagement")[1] for person in ("high", "medium", "low")] == [
        "high",
        "medium",
        "low",
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        # One order: a third of an order a month for twelve months.
        (["2026-06-01"], 100 / 3 * 12),
        # Six gaps over 183 days; frequent, so 36 months.
        ([f"2025-{month:02}-15" for month in range(6, 13)], 100 * 36 * 6 / (183 / 30.4375)),
        # A gap of 120 days: neither frequent nor rare, so 24 months.
        (["2026-01-01", "2026-05-01"], 100 * 24 / (120 / 30.4375)),
        # A gap of 181 days is rare, so 12 months.
        (["2025-12-01", "2026-05-31"], 100 * 12 / (181 / 30.4375)),
        # Exactly 180 days is not.
        (["2025-12-01", "2026-05-30"], 100 * 24 / (180 / 30.4375)),
        # Two orders of one day are one that was split: twice 100, as often as one order.
        (["2026-06-01", "2026-06-01"], 2 * 100 / 3 * 12),
    ],
)
def test_worth_by_formula(shop: Shop, days: list[str], expected: float):
    for day in days:
        shop.order("a", day, 120, refunded=20)
    shop.build()
    value, _, method, _ = score(shop, "a", "clv_formula")
    assert value == pytest.approx(expected)
    assert method == "formula"


def test_too_few_buyers_are_worth_what_the_formula_says_and_why(shop: Shop):
    shop.order("a", "2026-06-01")
    shop.build()
    value, _, method, _ = score(shop, "a", "clv")
    assert value == score(shop, "a", "clv_formula")[0]
    assert str(method).startswith("formula: ")
    assert "500" in str(method)
    ((why,),) = shop.rows(
        "select why_not from health.model_performance where score_type = 'clv' and metric = 'r'"
    )
    assert "500" in str(why)


@pytest.mark.parametrize(
    ("value", "tier"),
    [(50_000, "platinum"), (49_999.99, "gold"), (20_000, "gold"), (19_999.99, "silver"),
     (5_000, "silver"), (4_999.99, "bronze"), (0.04, "bronze")],
)  # fmt: skip
def test_tiers_of_worth(shop: Shop, value: float, tier: str):
    # With one order, worth is four times its value.
    shop.order("a", "2026-06-01", value / 4)
    shop.build(scores={"clv": {"one_order_per_month": 1.0, "one_order_lifespan_months": 4.0}})
    assert score(shop, "a", "clv_formula")[:2] == (pytest.approx(value), tier)


def test_who_got_back_more_than_they_paid_is_worth_nothing(shop: Shop):
    shop.order("a", "2026-06-01", 10)
    shop.refund("a", "2026-06-02", 25)
    shop.build()
    assert score(shop, "a", "clv_formula")[0] == 0


def test_what_is_unknown_is_not_worth_nothing(shop: Shop):
    shop.order("a", "2026-06-01", None)
    shop.order("b", "2026-06-01", 0)
    shop.build()
    assert not shop.rows("select * from customers.scores where score_type like 'clv%'")


def test_an_order_minutes_after_the_day_is_one_of_the_day(shop: Shop):
    shop.order("a", "2026-07-01")
    shop.build()
    assert shop.rows("select recency_days, age_days from intermediate.int_buyers") == [(0, 0)]
    assert shop.rows("select recency_days from customers.rfm") == [(0,)]


def test_churn_risk_by_hand(shop: Shop):
    shop.person("a")
    shop.order("a", "2026-05-16")  # 45 days
    shop.insert("customers.sentiment", ("a", "negative", -0.5))
    shop.insert("customers.sentiment", ("a", "positive", 0.5))
    shop.insert("customers.sentiment", ("a", "unscored", None))
    shop.build()
    value, tier, _, breakdown = score(shop, "a", "churn_risk")
    # Activity 45 of 90 days, purchase 45 of 180, all activity before the last 30 days, half of
    # the scored texts negative.
    expected = 100 * (0.35 * 0.5 + 0.30 * 0.25 + 0.20 * 1 + 0.15 * 0.5)
    assert value == pytest.approx(expected)
    assert tier == "medium"
    terms = json.loads(str(breakdown))
    assert terms["activity"] == pytest.approx(0.175)
    assert terms["negative_share"] == pytest.approx(0.5)


def test_engagement_declines_against_the_pace_before(shop: Shop):
    shop.person("a")
    shop.session("a", "2026-06-30", 10)  # in 30 days
    shop.session("a", "2026-05-01", 40)  # in the 60 before
    shop.build()
    _, _, _, breakdown = score(shop, "a", "churn_risk")
    assert json.loads(str(breakdown))["engagement_decline"] == pytest.approx(0.5)


def test_risk_stays_between_0_and_100(shop: Shop):
    shop.person("gone")
    shop.person("loyal")
    for _ in range(6):
        shop.order("loyal", "2026-06-30")
    shop.build()
    # No activity, no purchase, and the penalty of having none: 0.35 + 0.30 + 0.10.
    assert score(shop, "gone", "churn_risk")[:2] == (pytest.approx(75), "high")
    assert score(shop, "loyal", "churn_risk")[0] == 0


def test_percentile_is_the_share_of_others_below(shop: Shop):
    for person, pages in (("a", 1), ("b", 5), ("c", 5), ("d", 9), ("e", 20)):
        shop.person(person)
        shop.session(person, "2026-06-30", pages)
    shop.build()
    assert shop.rows(
        "select percentile from customers.scores where score_type = 'engagement' order by person_id"
    ) == [(0.0,), (25.0,), (25.0,), (75.0,), (100.0,)]


def test_who_is_at_risk_what_is_at_stake_and_why(shop: Shop):
    shop.person("away")
    shop.order("away", "2025-12-01", 90)
    shop.person("here")
    shop.order("here", "2026-06-29", 90)
    shop.person("never_bought")
    shop.build()
    rows = shop.rows(
        "select person_id, tier, reason, churn_risk, clv, value_at_stake from customers.at_risk"
    )
    # 0.35 + 0.30: 211 days without anything. Worth 90 / 3 x 12 = 360.
    assert rows == [
        ("away", "medium", "no activity for 211 days", pytest.approx(65), 360.0,
         pytest.approx(234)),
    ]  # fmt: skip


def test_leaderboards_are_as_long_as_the_settings_say(shop: Shop):
    for number in range(4):
        shop.order(f"p{number}", "2026-06-01", 10 * (number + 1))
    shop.build(scores={"leaderboard_size": 2})
    assert shop.rows(
        "select place, person_id from customers.leaderboards where leaderboard = 'clv' order by 1"
    ) == [(1, "p3"), (2, "p2")]
