"""Settings and definitions as tables, which is how SQL sees them.

They are data, not templates: nothing a person wrote is ever spliced into SQL, and a change of
settings never makes dbt parse its project again.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import duckdb

from orchestration.as_of import AsOf
from orchestration.runs.inputs import code_digest
from orchestration.workspace.attribution_settings import attribution_row
from orchestration.workspace.campaign_overrides import campaign_override_rows
from orchestration.workspace.campaign_settings import campaign_row
from orchestration.workspace.channels import channel_rows
from orchestration.workspace.customer_settings import customer_settings_row
from orchestration.workspace.definitions import Definitions
from orchestration.workspace.experiment_rows import (
    ad_set_rows,
    dimension_rows,
    experiment_rows,
    metric_rows,
    variant_rows,
)
from orchestration.workspace.freshness_settings import freshness_rows
from orchestration.workspace.goals import goal_condition_rows, goal_rows
from orchestration.workspace.metric_settings import metric_rows as metric_setting_rows
from orchestration.workspace.settings import Settings
from orchestration.workspace.stages import stage_rows


def customer_settings(settings: Settings) -> dict[str, object]:
    """The one row of `workspace.customer_settings`, by column."""
    return customer_settings_row(
        journeys=settings.journeys,
        behaviours=settings.behaviours,
        cohorts=settings.cohorts,
        scores=settings.scores,
        sentiment=settings.sentiment,
    )


_COLUMNS = {
    "customer_settings": {
        name: "double" if isinstance(value, float) else "bigint"
        for name, value in customer_settings(Settings()).items()
    },
    "settings": {
        "as_of": "date",
        "as_of_end": "timestamp",
        "last_whole_date": "date",
        "timezone": "varchar",
        "currency": "varchar",
        "idle_minutes": "integer",
        "lookback_days": "integer",
        "half_life_days": "double",
        "first_weight": "double",
        "middle_weight": "double",
        "last_weight": "double",
        "direct_handling": "varchar",
        "removed_if_last": "varchar",
        "path_transform": "varchar",
        "max_touches": "integer",
        "markov_order": "integer",
        "shapley_game": "varchar",
        "headline_model": "varchar",
        "fuzzy_threshold": "double",
        "ambiguity_margin": "double",
        "minimum_letters": "integer",
        "carry_forward_days": "integer",
        "counted_statuses": "varchar",
        "forecast_history_days": "integer",
        "roas_target": "double",
        "roas_alert_days": "integer",
        "roas_trend_tolerance": "double",
        "creative_minimum_impressions": "integer",
        "message_response_days": "integer",
        "metric_minimum_persons": "integer",
        "metric_minimum_conversions": "integer",
        "code_digest": "varchar",
    },
    "goals": {
        "goal": "varchar",
        "goal_index": "integer",
        "conversion_type": "varchar",
        "source": "varchar",
        "value_field": "varchar",
        "value_fixed": "double",
        "once_per": "varchar",
        "counts_as_revenue": "boolean",
        "is_attributed": "boolean",
    },
    "goal_conditions": {
        "goal": "varchar",
        "condition_index": "integer",
        "field": "varchar",
        "operator": "varchar",
        "value_text": "varchar",
    },
    "channel_rules": {
        "rule_index": "integer",
        "channel": "varchar",
        "source_pattern": "varchar",
        "medium_pattern": "varchar",
        "campaign_pattern": "varchar",
    },
    "redirect_domains": {"domain": "varchar"},
    "own_domains": {"domain": "varchar"},
    "campaign_overrides": {
        "session_id": "varchar",
        "utm_campaign": "varchar",
        "campaign_id": "varchar",
    },
    "stages": {"event_type": "varchar", "condition": "varchar", "stage": "varchar"},
    "experiments": {
        "experiment": "varchar",
        "experiment_index": "integer",
        "description": "varchar",
        "experiment_type": "varchar",
        "status": "varchar",
        "source": "varchar",
        "unit": "varchar",
        "goal": "varchar",
        "confidence_level": "double",
        "target_sample_size": "bigint",
        "minimum_effect": "double",
        "conversion_window_days": "integer",
        "covariate_days": "integer",
        "winsorising_quantile": "double",
        "impression_events": "varchar",
        "click_events": "varchar",
        "started_at": "timestamp",
        "paused_at": "timestamp",
        "ended_at": "timestamp",
    },
    "experiment_variants": {
        "experiment": "varchar",
        "variant": "varchar",
        "variant_index": "integer",
        "split": "double",
        "is_control": "boolean",
    },
    "experiment_ad_sets": {"experiment": "varchar", "variant": "varchar", "ad_set_id": "varchar"},
    "experiment_metrics": {
        "experiment": "varchar",
        "metric": "varchar",
        "metric_role": "varchar",
        "metric_kind": "varchar",
        "is_lower_better": "boolean",
    },
    "experiment_dimensions": {"experiment": "varchar", "dimension": "varchar"},
    "freshness_targets": {"source_table": "varchar", "target_hours": "double"},
    "metric_settings": {
        "metric": "varchar",
        "has_healthy_range": "boolean",
        "healthy_low": "double",
        "healthy_high": "double",
        "target": "double",
        "owner": "varchar",
    },
    "past_runs": {"run_id": "varchar", "outcome": "varchar", "run_date": "date"},
    "query_costs": {
        "query": "varchar",
        "seconds": "double",
        "why_not": "varchar",
        "run_id": "varchar",
        "measured_at": "timestamp",
    },
}

WORKSPACE_TABLES = tuple(_COLUMNS)

Rows = Sequence[Mapping[str, object]]


def write_workspace_tables(  # noqa: PLR0913
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    definitions: Definitions,
    as_of: AsOf,
    *,
    past_runs: Rows = (),
    query_costs: Rows = (),
) -> None:
    """Replace the tables of schema `workspace` by what a run starts from.

    Args:
        connection: The build database.
        settings: Of the workspace.
        definitions: Of the workspace.
        as_of: The day the run looks from.
        past_runs: The runs before it.
        query_costs: What the queries of report pages took on the file that is published.
    """
    content: dict[str, Rows] = {
        "customer_settings": [customer_settings(settings)],
        "settings": [_settings_row(settings, as_of)],
        "goals": goal_rows(definitions.goals, attributed=settings.attribution.goals),
        "goal_conditions": goal_condition_rows(definitions.goals),
        "channel_rules": channel_rows(definitions.channels),
        "redirect_domains": [{"domain": name} for name in settings.sessions.redirect_domains],
        "own_domains": [{"domain": name} for name in settings.sessions.own_domains],
        "campaign_overrides": campaign_override_rows(definitions.campaign_overrides),
        "stages": stage_rows(definitions.stages),
        "experiments": experiment_rows(definitions.experiments, settings.experiments),
        "experiment_variants": variant_rows(definitions.experiments),
        "experiment_ad_sets": ad_set_rows(definitions.experiments),
        "experiment_metrics": metric_rows(definitions.experiments),
        "experiment_dimensions": dimension_rows(definitions.experiments),
        "freshness_targets": freshness_rows(settings.freshness),
        "metric_settings": metric_setting_rows(settings.metrics),
        "past_runs": past_runs,
        "query_costs": query_costs,
    }
    connection.execute("create schema if not exists workspace")
    connection.begin()
    for table, columns in _COLUMNS.items():
        _write(connection, table, columns, content[table])
    connection.commit()


def built_as_of(connection: duckdb.DuckDBPyConnection) -> AsOf:
    """The day and the time zone that the marts were built with."""
    row = connection.execute("select as_of, timezone from workspace.settings").fetchone()
    if row is None:
        raise RuntimeError("workspace.settings is empty: the workspace's assets have not run")
    return AsOf(*row)


def _write(
    connection: duckdb.DuckDBPyConnection, table: str, columns: Mapping[str, str], rows: Rows
) -> None:
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"create or replace table workspace.{table} ({declared})")
    if rows:
        places = ", ".join("?" for _ in columns)
        connection.executemany(
            f"insert into workspace.{table} values ({places})",
            [[row[name] for name in columns] for row in rows],
        )


def _settings_row(settings: Settings, as_of: AsOf) -> dict[str, object]:
    return {
        "as_of": as_of.day,
        "as_of_end": as_of.end,
        # A day set as `today` is not over.
        "last_whole_date": as_of.day - timedelta(days=settings.as_of == "today"),
        "timezone": settings.timezone,
        "currency": settings.currency,
        "idle_minutes": settings.sessions.idle_minutes,
        **attribution_row(settings.attribution),
        **settings.campaign_resolution.model_dump(),
        "carry_forward_days": settings.currency_rates.carry_forward_days,
        "counted_statuses": ",".join(settings.orders.counted_statuses),
        "forecast_history_days": settings.forecasts.history_days,
        **campaign_row(settings.campaigns),
        "metric_minimum_persons": settings.metrics.minimum_persons,
        "metric_minimum_conversions": settings.metrics.minimum_conversions,
        # What an incremental model has built is only as good as the code that built it.
        "code_digest": code_digest(),
    }
