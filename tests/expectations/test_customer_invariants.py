"""The small shop of `shop.py`, what is told of its customers broken one at a time."""

import duckdb
import pytest

from expectations.customer_invariants import CUSTOMER_INVARIANTS
from expectations.gate import run_mart_gate
from tests.expectations.conftest import FailedChecks

TABLES = [*CUSTOMER_INVARIANTS, "customers.dim_people"]

PEOPLE = "agrees_with_dim_people"
CHANNELS = "channels_add_up_to_all"
ANSWERS = "every_period_has_all_answers"
COUNTED = "members_are_those_of_segment_members"

_NOBODY = "update {table} set person_id = 'p9' where person_id = 'p1'"
_TWICE = "insert into {table} from {table} limit 1"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    *(
        (_TWICE.format(table=f"customers.{table}"), {(table, "key_is_unique")})
        for table in ("at_risk", "behaviours", "scores", "segments")
    ),
    (_TWICE.format(table="health.model_performance"), {("model_performance", "key_is_unique")}),
    # Counted twice as well.
    (
        _TWICE.format(table="customers.rfm"),
        {("rfm", "key_is_unique"), ("cohort_retention", "every_buyer_is_in_a_cohort")},
    ),
    (
        "insert into customers.cohort_retention from customers.cohort_retention "
        "where acquisition_channel = 'email' and period_days = 30",
        {
            ("cohort_retention", "key_is_unique"),
            ("cohort_retention", CHANNELS),
        },
    ),
    (
        "insert into customers.leaderboards from customers.leaderboards where place = 2 limit 1",
        {("leaderboards", "key_is_unique"), ("leaderboards", "agrees_with_scores")},
    ),
    (
        "insert into customers.nps from customers.nps where period = 'all' and segment = 'Active'",
        {("nps", "key_is_unique"), ("nps", ANSWERS)},
    ),
    (
        _TWICE.format(table="customers.sentiment"),
        {("sentiment", "key_is_unique"), ("sentiment_topics", "agrees_with_sentiment")},
    ),
    (
        _TWICE.format(table="customers.sentiment_topics"),
        {("sentiment_topics", "key_is_unique"), ("sentiment_topics", "agrees_with_sentiment")},
    ),
    (
        "insert into customers.segment_members from customers.segment_members "
        "where segment = 'Gone'",
        {("segment_members", "key_is_unique"), ("segment_members", "periods_do_not_overlap")},
    ),
    # Rows of nobody.
    (_NOBODY.format(table="customers.rfm"), {("rfm", PEOPLE)}),
    (
        _NOBODY.format(table="customers.scores"),
        {("scores", PEOPLE), ("leaderboards", "agrees_with_scores")},
    ),
    (_NOBODY.format(table="customers.at_risk"), {("at_risk", PEOPLE)}),
    (
        _NOBODY.format(table="customers.behaviours"),
        {("behaviours", "person_id_is_in_dim_people")},
    ),
    (
        _NOBODY.format(table="customers.leaderboards"),
        {
            ("leaderboards", "agrees_with_scores"),
            ("leaderboards", "person_id_is_in_dim_people"),
        },
    ),
    (_NOBODY.format(table="customers.sentiment"), {("sentiment", "person_id_is_in_dim_people")}),
    (
        _NOBODY.format(table="customers.segment_members"),
        {("segment_members", "members_are_in_dim_people")},
    ),
    # Buyers.
    ("update customers.rfm set monetary = 89.99 where person_id = 'p1'", {("rfm", PEOPLE)}),
    ("update customers.rfm set frequency = 2", {("rfm", PEOPLE)}),
    ("update customers.rfm set segment = 'Loyal' where person_id = 'p1'", {("rfm", PEOPLE)}),
    (
        "delete from customers.rfm where person_id = 'p2'",
        {("rfm", PEOPLE), ("cohort_retention", "every_buyer_is_in_a_cohort")},
    ),
    (
        "update customers.rfm set recency_score = 4 where person_id = 'p2'",
        {("rfm", "scores_follow_the_values")},
    ),
    (
        "update customers.rfm set frequency_score = 2, value_score = 3 where person_id = 'p2'",
        {("rfm", "scores_follow_the_values")},
    ),
    (
        "update customers.rfm set monetary_score = 1, value_score = 1 where person_id = 'p1'",
        {("rfm", "scores_follow_the_values")},
    ),
    # Cohorts.
    (
        "update customers.cohort_retention set ordered_within = 1, "
        "retention_within = 1 / eligible_buyers "
        "where period_days = 30 and acquisition_channel in ('email', 'all')",
        {("cohort_retention", "more_come_back_with_time")},
    ),
    (
        "update customers.cohort_retention set eligible_buyers = 0, is_complete = false, "
        "revenue = null, ltv = null, retention_in_period = null, retention_within = null, "
        "retention_on_or_after = null where period_days = 30 and acquisition_channel = 'email'",
        {("cohort_retention", "more_come_back_with_time"), ("cohort_retention", CHANNELS)},
    ),
    (
        "delete from customers.cohort_retention where acquisition_channel = 'email'",
        {("cohort_retention", CHANNELS)},
    ),
    (
        "update customers.cohort_retention set revenue = 141, ltv = 70.5 where revenue = 140",
        {("cohort_retention", CHANNELS)},
    ),
    (
        "update customers.cohort_retention set revenue = null, ltv = null where revenue = 140",
        {("cohort_retention", CHANNELS)},
    ),
    (
        "delete from customers.cohort_retention",
        {("cohort_retention", "every_buyer_is_in_a_cohort")},
    ),
    # Scores.
    (
        "update customers.scores set score_value = 9.5 where score_type = 'nps'",
        {("scores", PEOPLE)},
    ),
    (
        "update customers.scores set tier = 'low' where score_type = 'churn_risk'",
        {("scores", PEOPLE)},
    ),
    (
        "delete from customers.scores where score_type = 'churn_probability'",
        {("scores", PEOPLE)},
    ),
    (
        "update customers.dim_people set is_identified = false",
        {("at_risk", PEOPLE)},
    ),
    (
        "update customers.at_risk set clv = 5e3",
        {("at_risk", PEOPLE)},
    ),
    ("delete from customers.at_risk", {("at_risk", PEOPLE)}),
    (
        "update customers.leaderboards set place = 3 - place",
        {("leaderboards", "agrees_with_scores")},
    ),
    (
        "update customers.leaderboards set place = 3 where place = 2",
        {("leaderboards", "agrees_with_scores")},
    ),
    (
        "update health.model_performance set value = 1 where metric = 'is_in_service'",
        {("model_performance", "one_churn_model_is_in_service")},
    ),
    # What people say.
    ("delete from customers.nps where period = 'day' and segment = 'all'", {("nps", ANSWERS)}),
    (
        "update customers.nps set promoters = 0, passives = 1, nps = 0 "
        "where period = 'month' and segment = 'Active'",
        {("nps", ANSWERS)},
    ),
    ("delete from customers.nps where period = 'all' and segment = 'all'", {("nps", ANSWERS)}),
    (
        "update customers.sentiment_topics set texts = 3",
        {("sentiment_topics", "agrees_with_sentiment")},
    ),
    (
        "update customers.sentiment_topics set scored_texts = 2",
        {("sentiment_topics", "agrees_with_sentiment")},
    ),
    ("delete from customers.sentiment_topics", {("sentiment_topics", "agrees_with_sentiment")}),
    # Segments.
    (
        "update customers.segment_members set valid_to = '2026-01-11' "
        "where valid_to = '2026-01-10'",
        {("segment_members", "periods_do_not_overlap")},
    ),
    (
        "update customers.segment_members set valid_to = null where valid_to = '2026-01-10'",
        {("segment_members", "periods_do_not_overlap"), ("segments", COUNTED)},
    ),
    ("update customers.segments set members = 3 where segment = 'Big'", {("segments", COUNTED)}),
    (
        "update customers.segment_members set added_reason = 'rule'",
        {("segments", COUNTED)},
    ),
    ("delete from customers.segments where segment = 'Gone'", {("segments", COUNTED)}),
]


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_refused_and_shown(
    statement: str, expected: set[tuple[str, str]], shop: duckdb.DuckDBPyConnection
):
    shop.execute(statement)
    results = [result for result in run_mart_gate(shop, TABLES) if not result.passed]
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.refuses and result.offending_rows for result in results)


def test_no_invariant_is_left_out():
    broken = {name for _, expected in BREAKS for name in expected}
    assert broken == {
        (table.split(".")[1], check.name)
        for table, checks in CUSTOMER_INVARIANTS.items()
        for check in checks
    }


def test_a_guest_who_bought_is_in_no_segment_and_no_cohort(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute(
        "insert into customers.dim_people by name select 'guest:o4' as person_id, "
        "1 as orders, 1 as paid_orders, 9 as revenue, 9 as average_order_value, "
        "1 as days_since_last_order, false as is_identified, 0 as engagement_score, "
        "'low' as engagement_tier"
    )
    shop.execute("insert into customers.scores select 'guest:o4', 'engagement', 0, 'low', 0")
    assert failed(run_mart_gate(shop, TABLES)) == {}


def test_who_may_yet_buy_is_no_buyer(shop: duckdb.DuckDBPyConnection, failed: FailedChecks):
    shop.execute(
        "insert into customers.dim_people by name select 'p3' as person_id, "
        "0 as orders, 0 as paid_orders, 0 as revenue, true as is_identified, "
        "'Prospects' as rfm_segment, 0 as engagement_score, 'low' as engagement_tier, "
        "90 as churn_risk, 'high' as churn_tier"
    )
    shop.execute(
        "insert into customers.scores from (values ('p3', 'engagement', 0, 'low', 0), "
        "('p3', 'churn_risk', 90, 'high', 100))"
    )
    assert failed(run_mart_gate(shop, TABLES)) == {}


def test_revenue_that_nobody_knows_is_unknown_of_all_channels(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    shop.execute(
        "update customers.cohort_retention set revenue = null, ltv = null "
        "where acquisition_channel in ('email', 'all')"
    )
    shop.execute(
        "update customers.rfm set monetary = null, monetary_score = null, value_score = null, "
        "segment = null where person_id = 'p2'"
    )
    shop.execute(
        "update customers.dim_people set revenue = null, rfm_segment = null where person_id = 'p2'"
    )
    assert failed(run_mart_gate(shop, TABLES)) == {}


def test_a_shop_without_customers_has_nothing_to_agree_on(
    shop: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    for table in TABLES:
        shop.execute(f"delete from {table}")
    assert failed(run_mart_gate(shop, TABLES)) == {}
