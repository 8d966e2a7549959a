"""Every check a table has of its own, broken once."""

import duckdb
import pytest

from expectations.gate import run_suite
from expectations.landing import OWN_CHECKS
from orchestration.ingestion.contract import table_named
from tests.expectations.conftest import FailedChecks, Land

INSIGHTS = [
    ("clicks_rarely_exceed_impressions", {"clicks": 2, "impressions": 1}),
    ("counts_are_not_negative", {"reach": -1}),
    ("stops_after_it_starts", {"date_start": "2026-01-02", "date_stop": "2026-01-01"}),
    ("covers_one_day", {"date_start": "2026-01-02", "date_stop": "2026-01-03"}),
    ("spend_is_known", {"spend": None}),
]

BREAKS: dict[str, list[tuple[str, dict]]] = {
    "commerce.order_items": [
        ("order_is_known", {"order_id": None}),
        ("unit_price_is_not_negative", {"unit_price": -1}),
    ],
    "commerce.orders": [
        ("status_is_known", {"status": "shipped"}),
        ("total_is_known", {"total": None}),
        ("is_canceled_after_it_is_created", {"canceled_at": "2025-12-31"}),
    ],
    "commerce.refunds": [
        ("amount_is_known", {"amount": None}),
        ("most_refunds_name_an_order_or_a_customer", {"order_id": None}),
    ],
    "crm.consents": [
        ("says_what_was_decided", {"status": None}),
        ("says_who_decided", {"customer_id": None}),
    ],
    "crm.deletion_requests": [("says_whom_to_delete", {"customer_id": None})],
    "crm.feedback": [
        ("rating_is_within_its_scale", {"rating": 6, "scale": 5}),
        ("scale_is_known", {"rating": 6, "scale": 7}),
    ],
    "experiments.exposures": [
        ("units_rarely_see_two_variants", {"unit_id": "id 0", "experiment": "name 0"})
    ],
    "finance.fx_rates": [
        ("rate_is_positive", {"rate": 0, "to_currency": "USD"}),
        ("rate_is_known", {"rate": None}),
        ("a_currency_is_worth_itself", {"rate": 1.1}),
    ],
    "marketing.campaigns": [
        ("ends_after_it_starts", {"start_time": "2026-01-02", "end_time": "2026-01-01"})
    ],
    "marketing.costs": [
        ("cost_is_known", {"cost": None}),
        ("clicks_do_not_exceed_impressions", {"clicks": 2, "impressions": 1}),
    ],
    "messaging.events": [
        ("event_type_is_known", {"event_type": None}),
        ("holdouts_receive_nothing", {"is_holdout": True, "event_type": "campaign_delivered"}),
    ],
    "meta_ads.adsets": [
        ("ends_after_it_starts", {"start_time": "2026-01-02", "end_time": "2026-01-01"})
    ],
    "meta_ads.campaigns": [
        ("ends_after_it_starts", {"start_time": "2026-01-02", "stop_time": "2026-01-01"})
    ],
    "meta_ads.insights": INSIGHTS,
    "meta_ads.insights_age_gender": INSIGHTS,
    "meta_ads.insights_country": INSIGHTS,
    "meta_ads.insights_platform": INSIGHTS,
    "meta_ads.leads": [
        ("status_is_known", {"status": "lost"}),
        ("paid_lead_names_its_campaign", {"is_organic": False}),
    ],
    "web.events": [
        ("event_type_is_known", {"event_type": None}),
        ("value_is_not_negative", {"value": -1}),
        ("most_events_belong_to_somebody", {"visitor_id": None}),
    ],
    "web.sessions": [
        ("ends_after_it_starts", {"ended_at": "2026-01-01 11:59:59"}),
        ("pageviews_is_not_negative", {"pageviews": -1}),
        ("visitor_is_known", {"visitor_id": None}),
    ],
}

ORDINARY = {
    "commerce.order_items": {"order_id": "o"},
    "commerce.orders": {"status": "completed", "total": 1},
    "commerce.refunds": {"order_id": "o", "amount": 1},
    "crm.consents": {"customer_id": "c", "channel": "email", "status": "granted"},
    "crm.deletion_requests": {"customer_id": "c"},
    "finance.fx_rates": {"rate": 1},
    "marketing.costs": {"cost": 1},
    "messaging.events": {"event_type": "campaign_viewed"},
    "meta_ads.insights": {"spend": 1},
    "meta_ads.insights_age_gender": {"spend": 1},
    "meta_ads.insights_country": {"spend": 1},
    "meta_ads.insights_platform": {"spend": 1},
    "web.events": {"event_type": "view", "visitor_id": "v"},
    "web.sessions": {"visitor_id": "v"},
}

CASES = [(table, name, wrong) for table, breaks in BREAKS.items() for name, wrong in breaks]


def test_no_check_is_left_out():
    covered = {(table, name) for table, name, _ in CASES}
    assert covered == {
        (table, check.name) for table, checks in OWN_CHECKS.items() for check in checks
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[1]}")
def test_a_wrong_row_fails_its_check_and_no_other(
    case: tuple[str, str, dict],
    land: Land,
    connection: duckdb.DuckDBPyConnection,
    failed: FailedChecks,
):
    table, name, wrong = case
    relation = table_named(table).relation
    ordinary = ORDINARY.get(table, {})
    wrong = {**ordinary, **wrong}
    land(table, ordinary)
    assert failed(run_suite(connection, relation, OWN_CHECKS[table], "landing")) == {}

    # Two wrong rows of three, which is too many for the checks that allow a few.
    land(table, ordinary, wrong, wrong)
    results = failed(run_suite(connection, relation, OWN_CHECKS[table], "landing"))
    assert list(results) == [name]
    assert results[name].offending_count in (1, 2)
    assert results[name].offending_rows


def test_only_an_impossible_rate_refuses():
    refusing = {
        (check.table, check.name)
        for checks in OWN_CHECKS.values()
        for check in checks
        if check.severity == "refuse"
    }
    assert refusing == {("finance.fx_rates", "rate_is_positive")}


def test_a_few_clicks_without_impressions_pass(
    land: Land, connection: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    land("meta_ads.insights", {"spend": 1, "clicks": 1, "impressions": 0})
    connection.execute(
        "insert into raw_meta_ads.insights by name select 'ad ' || i as ad_id, "
        "date '2026-01-01' as date_start, 1 as spend, 1 as clicks, 9 as impressions "
        "from range(99) as r(i)"
    )
    checks = OWN_CHECKS["meta_ads.insights"]
    assert failed(run_suite(connection, "raw_meta_ads.insights", checks, "landing")) == {}
