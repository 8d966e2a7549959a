"""The SQL of what arms of experiments must add up to, as in `experiment_invariants.py`.

What results must agree on with them is in `experiment_result_queries.py`.
"""

from expectations.marts.names import DRAFT, EVERYBODY
from expectations.marts.ranges import ROUNDING

EXPERIMENTS = "experiments.dim_experiments"
ARMS = "experiments.fct_arms"

# Every metric and dimension that the definition names is of all units that are analysed. Days of
# ad sets are counted nowhere else, and have no dimensions.
UNITS_THAT_DO_NOT_ADD_UP = f"""
    with metrics as (
        select
            experiment,
            unnest(
                list_distinct(
                    [primary_metric]
                    || string_split(coalesce(guardrail_metrics, primary_metric), ', ')
                )
            ) as metric
        from {EXPERIMENTS}
    ),

    dimensions as (
        select
            experiment,
            unnest(
                list_distinct(
                    ['{EVERYBODY}']
                    || string_split(coalesce(dimensions, '{EVERYBODY}'), ', ')
                )
            ) as dimension
        from {EXPERIMENTS}
    ),

    analysed as (
        select
            experiments.experiment,
            experiments.source,
            experiments.counted_units,
            metrics.metric,
            dimensions.dimension
        from {EXPERIMENTS} as experiments
        inner join metrics on experiments.experiment = metrics.experiment
        inner join dimensions on experiments.experiment = dimensions.experiment
        where experiments.status <> '{DRAFT}'
    ),

    arms as (
        select experiment, source, metric, dimension, sum(units) as units
        from {ARMS}
        group by all
    )

    select
        coalesce(analysed.experiment, arms.experiment) as experiment,
        coalesce(analysed.metric, arms.metric) as metric,
        coalesce(analysed.dimension, arms.dimension) as dimension,
        coalesce(analysed.source, arms.source) as source,
        analysed.counted_units,
        arms.units
    from analysed
    full join arms
        on
            analysed.experiment = arms.experiment
            and analysed.source = arms.source
            and analysed.metric = arms.metric
            and analysed.dimension = arms.dimension
    where
        analysed.experiment is null
        or (analysed.source = 'units' and analysed.counted_units <> coalesce(arms.units, 0))
"""

DIMENSIONS_THAT_DO_NOT_ADD_UP = f"""
    with sums as (
        select
            experiment,
            metric,
            variant,
            date,
            dimension,
            sum(units) as units,
            sum(numerator) as numerator,
            sum(numerator_squares) as numerator_squares,
            sum(denominator) as denominator
        from {ARMS}
        group by all
    )

    select
        coalesce(part.experiment, whole.experiment) as experiment,
        coalesce(part.metric, whole.metric) as metric,
        coalesce(part.variant, whole.variant) as variant,
        coalesce(part.date, whole.date) as date,
        part.dimension,
        part.units,
        whole.units as units_of_all,
        part.numerator,
        whole.numerator as numerator_of_all
    from (select * from sums where dimension <> '{EVERYBODY}') as part
    left join (select * from sums where dimension = '{EVERYBODY}') as whole
        on
            part.experiment = whole.experiment
            and part.metric = whole.metric
            and part.variant = whole.variant
            and part.date = whole.date
    where
        part.units is distinct from whole.units
        or abs(part.numerator - whole.numerator) > {ROUNDING} * greatest(1, abs(whole.numerator))
        or abs(part.numerator_squares - whole.numerator_squares)
        > {ROUNDING} * greatest(1, whole.numerator_squares)
        or abs(part.denominator - whole.denominator) > {ROUNDING} * greatest(1, whole.denominator)
"""
