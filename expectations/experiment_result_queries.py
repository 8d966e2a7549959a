"""The SQL of what results of experiments must agree on, as in `experiment_invariants.py`.

They are compared with the definitions, and with the arms that they are of.
"""

from expectations.experiment_queries import ARMS, EXPERIMENTS
from expectations.marts.names import DRAFT, EVERYBODY
from expectations.marts.ranges import ROUNDING

RESULTS = "experiments.results"
DIMENSION_RESULTS = "experiments.dimension_results"

# Sums of arms are added as decimals of six places before anything is computed of them.
_DAY_ROUNDING = 1e-6

EXPERIMENTS_WITHOUT_RESULT = f"""
    select experiments.experiment, experiments.status, 'has no row' as problem
    from {EXPERIMENTS} as experiments
    anti join {RESULTS} as results
        on
            experiments.experiment = results.experiment
            and experiments.primary_metric = results.metric
            and results.metric_role = 'primary'
    where experiments.status <> '{DRAFT}'
"""


def results_of_nothing(table: str) -> str:
    """Return the query for results of drafts, and of experiments that nobody defined."""
    return f"""
    select distinct results.experiment, experiments.status, 'has rows' as problem
    from {table} as results
    left join {EXPERIMENTS} as experiments on results.experiment = experiments.experiment
    where experiments.status is null or experiments.status = '{DRAFT}'
    """


def samples_that_differ(table: str) -> str:
    """Return the query for experiments whose results have another sample than was counted."""
    return f"""
    with arms as (
        select arms.experiment, sum(arms.units) as units
        from {ARMS} as arms
        inner join {EXPERIMENTS} as experiments
            on
                arms.experiment = experiments.experiment
                and arms.metric = experiments.primary_metric
        where arms.dimension = '{EVERYBODY}'
        group by 1
    )

    select distinct
        results.experiment,
        results.sample_size,
        case when experiments.source = 'units' then experiments.counted_units
            else coalesce(arms.units, 0) end as units_counted
    from {table} as results
    inner join {EXPERIMENTS} as experiments on results.experiment = experiments.experiment
    left join arms on results.experiment = arms.experiment
    where
        results.sample_size is distinct from case
            when experiments.source = 'units' then experiments.counted_units
            else coalesce(arms.units, 0)
        end
    """


def values_that_differ(table: str) -> str:
    """Return the query for units and values of results that are not those of their arms."""
    return f"""
    with arms as (
        select
            experiment,
            metric,
            variant,
            dimension,
            dimension_value,
            sum(units) as units,
            sum(numerator) as numerator,
            sum(denominator) as denominator,
            {_DAY_ROUNDING} * count(*) as slack
        from {ARMS}
        group by all
    ),

    results as (
        select
            results.*,
            experiments.control_variant
        from ({_with_dimension(table)}) as results
        inner join {EXPERIMENTS} as experiments on results.experiment = experiments.experiment
    ),

    -- Where there is nothing but a control, its row names it as the variant.
    compared as (
        select
            experiment, metric, dimension, dimension_value,
            variant as arm, treatment_units as units, treatment_value as value
        from results
        where variant is distinct from control_variant
        union all
        select
            experiment, metric, dimension, dimension_value,
            control_variant as arm, control_units as units, control_value as value
        from results
        where control_variant is not null
    )

    select distinct
        compared.*,
        arms.units as units_of_arm,
        arms.numerator / nullif(arms.denominator, 0) as value_of_arm
    from compared
    left join arms
        on
            compared.experiment = arms.experiment
            and compared.metric = arms.metric
            and compared.arm = arms.variant
            and compared.dimension = arms.dimension
            and compared.dimension_value = arms.dimension_value
    where
        compared.units is distinct from coalesce(arms.units, 0)
        or (compared.value is null) <> (coalesce(arms.denominator, 0) = 0)
        or abs(compared.value * arms.denominator - arms.numerator)
        > arms.slack * (1 + abs(compared.value)) + {ROUNDING} * abs(arms.numerator)
    """


def winners_that_differ(table: str) -> str:
    """Return the query for experiments whose rows name several winners, or a stranger."""
    return f"""
    with variants as (
        select experiment, variant from {table}
        union
        select experiment, control_variant from {EXPERIMENTS} where control_variant is not null
    ),

    decided as (
        select
            results.experiment,
            results.dimension,
            results.dimension_value,
            results.winner,
            variants.variant is not null as is_variant
        from ({_with_dimension(table)}) as results
        left join variants
            on results.experiment = variants.experiment and results.winner = variants.variant
        where results.metric_role = 'primary'
    )

    select
        experiment,
        dimension,
        dimension_value,
        count(*) as rows_of_primary_metric,
        count(winner) as rows_with_a_winner,
        string_agg(distinct winner, ', ' order by winner) as winners
    from decided
    group by 1, 2, 3
    having
        count(distinct winner) > 1
        or count(winner) not in (0, count(*))
        or bool_or(winner is not null and not is_variant)
    """


# Nothing can be done about those that are over.
RUNNING_WITH_A_MISMATCH = f"""
    select distinct results.experiment, results.srm_p_value
    from {RESULTS} as results
    inner join {EXPERIMENTS} as experiments on results.experiment = experiments.experiment
    where experiments.status = 'running' and results.has_srm
"""


def _with_dimension(table: str) -> str:
    """Select results of either table, those of the whole with its dimension."""
    if table == DIMENSION_RESULTS:
        return f"select * from {table}"
    return f"select *, '{EVERYBODY}' as dimension, '{EVERYBODY}' as dimension_value from {table}"
