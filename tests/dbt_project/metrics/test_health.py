"""Metrics 22 to 25: whether the figures can be trusted."""

from tests.dbt_project.metrics.models import Shop


def _arrival(shop: Shop, table: str, file: int, happened_at: str) -> None:
    shop.add(
        "staging.stg_ingest__arrivals",
        source_table=table,
        file_index=file,
        happened_at=happened_at,
    )


def test_freshness_is_the_95th_percentile_of_minutes_to_the_file(shop: Shop):
    for table in ("web.events", "crm.feedback"):
        shop.add(
            "staging.stg_ingest__files",
            source_table=table,
            file_index=0,
            landed_at="2026-03-31 12:00:00",
        )
    # 0, 1, ... 100 minutes before the file.
    for minute in range(101):
        _arrival(
            shop, "web.events", 0, f"2026-03-31 {10 + (20 + minute) // 60}:{(20 + minute) % 60}"
        )
    _arrival(shop, "crm.feedback", 0, "2026-03-30 12:00:00")
    # Written after the run's day: history that was loaded later.
    shop.add(
        "staging.stg_ingest__files",
        source_table="web.sessions",
        file_index=0,
        landed_at="2026-06-01 00:00:00",
    )
    _arrival(shop, "web.sessions", 0, "2026-03-31 12:00:00")
    shop.add(
        "staging.stg_workspace__freshness_targets", source_table="web.events", target_hours=1.5
    )
    shop.build()
    assert shop.figure("data_freshness", "source web.events", "1d") == (95.0, None, 101.0)
    assert shop.column("target", "data_freshness", "source web.events", "1d") == 90.0
    assert shop.figure("data_freshness", "source crm.feedback", "7d") == (1440.0, None, 1.0)
    # All is as fresh as its slowest source.
    assert shop.figure("data_freshness", period="7d") == (1440.0, None, 102.0)
    assert shop.column("value", "data_freshness", "source web.sessions", "7d") == "no such row"


def test_accuracy_is_that_of_the_model_in_service(shop: Shop):
    for model, metric, value in (
        ("logistic", "auc", 0.81),
        ("logistic", "is_in_service", 1),
        ("closed_form", "auc", 0.7),
        ("closed_form", "is_in_service", 0),
        ("closed_form", "brier", 0.1),
    ):
        shop.add(
            "health.model_performance",
            score_type="churn_probability",
            model=model,
            metric=metric,
            value=value,
            window_start="2025-12-31",
            window_end="2026-03-31",
        )
    shop.build()
    assert shop.column("value", "model_accuracy", period="90d") == 0.81
    closed_form = "model churn_probability: closed_form"
    assert shop.column("value", "model_accuracy", closed_form, "90d") == 0.7
    note = "logistic, judged on 2025-12-31 to 2026-03-31"
    assert shop.column("note", "model_accuracy", period="90d") == note


def test_a_model_that_was_not_tried_says_why(shop: Shop):
    shop.add(
        "health.model_performance",
        score_type="churn_probability",
        model="logistic",
        metric="auc",
        why_not="too few buyers",
    )
    shop.build()
    logistic = "model churn_probability: logistic"
    assert shop.column("why_null", "model_accuracy", logistic, "90d") == "too few buyers"
    reason = "no churn model is in service"
    assert shop.column("why_null", "model_accuracy", period="90d") == reason


def test_success_counts_the_run_at_hand_and_not_partial_ones(shop: Shop):
    for number, (outcome, day) in enumerate(
        [
            ("published", "2026-03-02"),
            ("unchanged", "2026-03-10"),
            ("refused", "2026-03-11"),
            ("failed", "2026-03-31"),
            ("partial", "2026-03-31"),
            ("failed", "2026-03-01"),
            ("published", "2026-01-31"),
        ]
    ):
        shop.add(
            "staging.stg_workspace__past_runs", run_id=f"r{number}", outcome=outcome, run_date=day
        )
    shop.build()
    assert shop.figure("run_success") == (0.6, 3.0, 5.0)
    assert shop.column("previous_value", "run_success") == 0.5


def test_cost_is_the_median_of_queries(shop: Shop):
    for query, seconds in {"overview": 0.03, "campaigns": 0.01, "journeys": 0.2}.items():
        shop.add("staging.stg_workspace__query_costs", query=query, seconds=seconds)
    shop.add("staging.stg_workspace__query_costs", query="new", why_not="no such table")
    shop.build()
    assert shop.figure("cost_per_query", period="1d") == (0.03, None, 3.0)
    assert shop.figure("cost_per_query", "query journeys", "1d") == (0.2, None, 1.0)
    assert shop.column("why_null", "cost_per_query", "query new", "1d") == "no such table"
    assert shop.column("health", "cost_per_query", period="1d") == "within"
