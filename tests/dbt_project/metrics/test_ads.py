"""Metrics 1 to 8 and 21: what adds up over days."""

from pathlib import Path

import pytest

from tests.dbt_project.metrics.models import Shop

NOT_KNOWN = (None, None, None)


def test_return_on_ad_spend_is_of_what_money_is_spent_on(shop: Shop):
    shop.spend("2026-03-02", "c1", 40)
    shop.spend("2026-03-31", "c2", 10)
    shop.credit("2026-03-30", "c1", 150)
    shop.credit("2026-03-31", "never_paid_for", 50)
    shop.add(
        "attribution.channel_days",
        date="2026-03-30",
        channel="direct",
        attribution_model="linear",
        revenue=1000,
    )
    shop.add(
        "attribution.channel_days",
        date="2026-03-30",
        channel="paid_social",
        attribution_model="markov",
        revenue=9000,
    )
    shop.build()
    # Paid social is paid for, whatever its campaign; direct visits are not.
    assert shop.figure("roas") == (4.0, 200.0, 50.0)
    assert shop.figure("roas", "channel paid_social") == (4.0, 200.0, 50.0)
    assert shop.figure("roas", "campaign c1") == (3.75, 150.0, 40.0)
    assert shop.figure("roas", "campaign c2") == (0.0, 0.0, 10.0)
    assert shop.column("value", "roas", "campaign never_paid_for") == "no such row"
    assert shop.column("value", "roas", "channel direct") == "no such row"
    assert shop.column("note", "roas") == "credited by linear"
    assert shop.column("health", "roas") == "within"
    assert shop.figure("roas", period="1d") == (5.0, 50.0, 10.0)


def test_clicks_impressions_and_spend_count_where_the_others_are_known(shop: Shop):
    shop.spend("2026-03-10", "c1", 30, clicks=20, impressions=1000)
    shop.spend("2026-03-11", "c1", 10, clicks=5, impressions=250)
    shop.spend("2026-03-12", "no_clicks", 99, impressions=777)
    shop.spend("2026-03-12", "no_impressions", 10, clicks=15)
    shop.build()
    assert shop.figure("ctr") == (0.02, 25.0, 1250.0)
    assert shop.figure("cpc") == (1.25, 50.0, 40.0)
    assert shop.figure("impressions") == (2027.0, 2027.0, 1.0)
    assert shop.column("value", "cpc", "campaign no_clicks") == "no such row"
    assert shop.column("health", "impressions") == "below"


def test_a_customer_is_won_by_what_is_spent(shop: Shop):
    shop.spend("2026-03-10", "c1", 90)
    shop.credit("2026-03-10", "c1", 100, new_customers=4.5)
    shop.spend("2026-03-10", "c2", 30)
    shop.build()
    assert shop.figure("cac") == (120 / 4.5, 120.0, 4.5)
    assert shop.figure("cac", "campaign c1") == (20.0, 90.0, 4.5)
    assert shop.figure("cac", "campaign c2") == (None, 30.0, None)
    assert shop.column("why_null", "cac", "campaign c2") == "no new customers credited to spend"


def test_budgets_count_on_active_days(shop: Shop):
    budgets = {
        # Active since before: 30 days of 10.
        "running": (10, "2025-06-01", None, "meta", "active"),
        # From 30 March on, for a flight that ends later: 2 days of 5.
        "late": (5, "2026-03-30", "2026-06-30", "meta", "active"),
        # Paused, and last spent on 4 March: 3 days of 20.
        "paused": (20, "2026-01-01", None, "meta", "paused"),
        "over": (50, "2025-01-01", "2026-03-01", "meta", "active"),
        # Nobody tells what a mail costs by day.
        "mail": (7, "2026-03-30", "2026-03-30", None, "completed"),
    }
    for campaign, (per_day, first, last, platform, status) in budgets.items():
        shop.add(
            "intermediate.int_campaign_budgets",
            campaign_id=campaign,
            planned_per_day=per_day,
            first_date=first,
            last_date=last,
        )
        shop.add(
            "intermediate.int_campaigns",
            campaign_id=campaign,
            platform=platform,
            channel="paid_social",
            status=status,
        )
    shop.spend("2026-03-03", "running", 270)
    shop.spend("2026-03-04", "paused", 63)
    shop.spend("2026-03-04", "without_a_budget", 1000)
    shop.build()
    assert shop.figure("budget_utilisation") == (0.9, 333.0, 370.0)
    assert shop.figure("budget_utilisation", "campaign running") == (0.9, 270.0, 300.0)
    assert shop.figure("budget_utilisation", "campaign late") == (0.0, 0.0, 10.0)
    assert shop.figure("budget_utilisation", "campaign paused") == (63 / 60, 63.0, 60.0)
    assert shop.column("value", "budget_utilisation", "campaign mail") == "no such row"


def test_average_order_is_of_paid_orders_after_refunds(shop: Shop):
    first = shop.purchase("a", "2026-03-05", 70, channel="email", campaign_id="m")
    shop.purchase("guest:1", "2026-03-06", 30, channel="direct")
    shop.add("intermediate.int_order_segments", order_id=first, segment="Loyal")
    shop.add("customers.fct_orders", order_id="free", order_date="2026-03-06", is_paid=False)
    # Of two goals on orders there are two conversions of one order.
    shop.add("conversions.fct_conversions", order_id=first, channel="email", campaign_id="m")
    shop.connection.execute(
        "update customers.fct_orders set net_revenue = 50 where order_id = $1", [first]
    )
    shop.build()
    assert shop.figure("average_order_value") == (40.0, 80.0, 2.0)
    assert shop.figure("average_order_value", "channel email") == (50.0, 50.0, 1.0)
    assert shop.figure("average_order_value", "campaign m") == (50.0, 50.0, 1.0)
    assert shop.figure("average_order_value", "segment Loyal") == (50.0, 50.0, 1.0)


def test_sessions_convert_on_their_own_day(shop: Shop):
    shop.add(
        "intermediate.int_visit_days",
        visit_date="2026-03-20",
        dimension="channel",
        dimension_value="email",
        visits=8,
    )
    shop.add(
        "intermediate.int_visit_days",
        visit_date="2026-03-20",
        dimension="campaign",
        dimension_value="m",
        visits=5,
    )
    shop.add(
        "attribution.fct_touchpoints",
        session_id="s",
        channel="email",
        campaign_id="m",
        is_creditable=True,
        touched_date="2026-03-20",
    )
    for day in ("2026-03-20", "2026-03-21"):
        shop.purchase("a", day, session_id="s", channel="email", campaign_id="m")
    shop.build()
    assert shop.figure("web_conversion_rate") == (1 / 8, 1.0, 8.0)
    assert shop.figure("web_conversion_rate", "campaign m") == (0.2, 1.0, 5.0)
    assert shop.figure("web_conversion_rate", period="7d") == NOT_KNOWN


def test_models_disagree_by_channel(shop: Shop):
    for channel, model, revenue in (
        ("email", "linear", 100),
        ("email", "first_touch", 80),
        ("email", "markov", 120),
        ("direct", "linear", 300),
        ("direct", "first_touch", 330),
        ("unattributed", "linear", 999),
    ):
        shop.add(
            "attribution.channel_days",
            date="2026-03-15",
            channel=channel,
            attribution_model=model,
            revenue=revenue,
            new_customers=0,
        )
    shop.build()
    assert shop.figure("attribution_spread", "channel email") == (0.4, 40.0, 100.0)
    assert shop.figure("attribution_spread", "channel direct") == (0.1, 30.0, 300.0)
    assert shop.figure("attribution_spread") == (0.175, 70.0, 400.0)
    assert shop.column("value", "attribution_spread", "channel unattributed") == "no such row"


def test_windows_end_on_the_last_whole_day_and_follow_each_other(compiled_metrics: Path):
    shop = Shop(compiled_metrics, "2026-01-10", is_today=True)
    shop.build()
    windows = shop.rows(
        "select period, is_previous, days, period_start::varchar, period_end::varchar "
        "from intermediate.int_metric_windows where period <> 'day' order by days, 1, 2"
    )
    assert windows == [
        ("1d", False, 1, "2026-01-09", "2026-01-09"),
        ("1d", True, 1, "2026-01-08", "2026-01-08"),
        ("7d", False, 7, "2026-01-03", "2026-01-09"),
        ("7d", True, 7, "2025-12-27", "2026-01-02"),
        # The year to date is 9 days old.
        ("ytd", False, 9, "2026-01-01", "2026-01-09"),
        ("ytd", True, 9, "2025-12-23", "2025-12-31"),
        ("30d", False, 30, "2025-12-11", "2026-01-09"),
        ("30d", True, 30, "2025-11-11", "2025-12-10"),
        ("90d", False, 90, "2025-10-12", "2026-01-09"),
        ("90d", True, 90, "2025-07-14", "2025-10-11"),
    ]
    assert shop.rows(
        "select count(*), min(period_start)::varchar, max(period_end)::varchar "
        "from intermediate.int_metric_windows where period = 'day'"
    ) == [(90, "2025-10-12", "2026-01-09")]


@pytest.mark.parametrize(("missing", "is_complete"), [(3, True), (4, False)])
def test_nine_of_ten_days_make_a_period_complete(shop: Shop, missing: int, is_complete: bool):
    for day in range(2 + missing, 32):
        shop.spend(f"2026-03-{day:02}", "c1", 10, clicks=10)
    shop.build()
    assert shop.column("is_complete", "cpc") is is_complete
    assert shop.column("is_complete", "cpc", period="7d") is True
    assert shop.column("is_complete", "cpc", period="90d") is False


def test_change_is_against_a_period_that_is_known_whole(shop: Shop):
    for day in range(1, 32):
        shop.spend(f"2026-03-{day:02}", "c1", 12 if day > 24 else 10, clicks=10)
    shop.build()
    for column, expected in {"value": 1.2, "previous_value": 1.0, "trend": "up"}.items():
        assert shop.column(column, "cpc", period="7d") == expected
    assert shop.column("change", "cpc", period="7d") == pytest.approx(0.2)
    assert shop.column("trend", "cpc", period="1d") == "flat"
    # Of the 30 days before, one is known.
    assert shop.column("previous_value", "cpc") == 1.0
    assert shop.column("trend", "cpc") is None


def test_an_empty_shop_says_of_every_metric_that_nothing_is_known(shop: Shop):
    shop.build()
    told = shop.rows(
        "select count(distinct metric), count(value) filter (where metric <> 'run_success'), "
        "count(*) filter (where why_null is null) from metrics.metric_values"
    )
    # Of how often people saw messages there is no row of all; the run at hand is a success.
    assert told == [(28, 0, 1)]


def test_the_course_of_a_metric_is_told_day_by_day(shop: Shop):
    shop.spend("2026-03-30", "c1", 5, clicks=10)
    shop.spend("2026-03-31", "c1", 6, clicks=4)
    shop.build()
    assert shop.rows(
        "select period_start::varchar, value from metrics.metric_values "
        "where metric = 'cpc' and period = 'day' and dimension = 'all' order by 1"
    ) == [("2026-03-30", 0.5), ("2026-03-31", 1.5)]
