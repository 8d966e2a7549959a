"""Reads the aggregates of experiments, has them decided, and writes the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.described_tables import replace_table
from orchestration.experiments.tables import DIMENSION_RESULTS, RESULTS, TABLES

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from orchestration.workspace.experiment_settings import ExperimentSettings
    from python_assets.experiments.deciding import Rules

_EXPERIMENTS = """
select
    experiment, status, primary_metric,
    coalesce(string_split(guardrail_metrics, ', '), []) as guardrail_metrics,
    confidence_level, target_sample_size, minimum_effect, started_at, measured_until,
    days_running, excluded_units, unknown_variant_units
from experiments.dim_experiments
where status <> 'draft'
order by experiment
"""

# Every variant has a row, though nobody may have been exposed to it.
_ARMS = """
with arms as (
    select
        experiment, metric, variant, dimension, dimension_value,
        sum(units) as units,
        {sums},
        max(winsorised_at) as winsorised_at
    from experiments.fct_arms
    group by all
),
values_seen as (
    select distinct experiment, dimension, dimension_value from arms
    union
    select experiment, 'all', 'all' from experiments.dim_experiments
)
select
    metrics.experiment, metrics.metric, metrics.metric_kind, metrics.is_lower_better,
    values_seen.dimension, values_seen.dimension_value,
    variants.variant, variants.is_control, variants.split, experiments.source,
    coalesce(arms.units, 0) as units,
    {filled},
    arms.winsorised_at
from workspace.experiment_metrics as metrics
inner join experiments.dim_experiments as experiments
    on metrics.experiment = experiments.experiment
inner join workspace.experiment_variants as variants on metrics.experiment = variants.experiment
inner join values_seen on metrics.experiment = values_seen.experiment
left join arms
    on metrics.experiment = arms.experiment and metrics.metric = arms.metric
    and variants.variant = arms.variant and values_seen.dimension = arms.dimension
    and values_seen.dimension_value = arms.dimension_value
where experiments.status <> 'draft'
order by metrics.experiment, metrics.metric, values_seen.dimension, values_seen.dimension_value,
    variants.variant_index
"""

_SUMS = (
    "numerator",
    "denominator",
    "covariate",
    "numerator_squares",
    "denominator_squares",
    "covariate_squares",
    "numerator_denominator",
    "numerator_covariate",
    "denominator_covariate",
    "raw_numerator",
    "raw_numerator_squares",
)


def write_results(connection: duckdb.DuckDBPyConnection, settings: ExperimentSettings) -> int:
    """Decide every experiment that has started.

    Args:
        connection: The build database, with the marts of experiments.
        settings: When an experiment may be decided.

    Returns:
        The number of experiments.
    """
    from python_assets.experiments.deciding import decide  # noqa: PLC0415

    experiments = connection.execute(_EXPERIMENTS).df()
    arms = _arms(connection)
    is_whole = arms["dimension"] == "all"
    for table, part in ((RESULTS, arms[is_whole]), (DIMENSION_RESULTS, arms[~is_whole])):
        asked = experiments
        if table == DIMENSION_RESULTS:
            asked = experiments[experiments["experiment"].isin(part["experiment"])]
        results = decide(asked, part.reset_index(drop=True), rules(settings))
        replace_table(connection, table, TABLES[table], results[list(TABLES[table].columns)])
    return len(experiments)


def rules(settings: ExperimentSettings) -> Rules:
    """The rules of deciding that the workspace has set."""
    from python_assets.experiments.deciding import Rules  # noqa: PLC0415

    return Rules(
        srm_threshold=settings.srm_threshold,
        minimum_days=settings.minimum_days,
        always_valid_tuning_units=settings.always_valid_tuning_units,
        power=settings.power,
        minimum_conversions=settings.minimum_conversions,
    )


def _arms(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    # Decimals add up to the same sum in any order.
    sums = ", ".join(
        f"cast(sum(cast({name} as decimal(38, 6))) as double) as {name}" for name in _SUMS
    )
    filled = ", ".join(f"coalesce(arms.{name}, 0) as {name}" for name in _SUMS)
    return connection.execute(_ARMS.format(sums=sums, filled=filled)).df()
