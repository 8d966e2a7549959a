"""The SQL of what tables of forecasts must agree on, as in `forecast_invariants.py`."""

from expectations.attribution_queries import CAMPAIGN_DAYS
from expectations.invariant_queries import MONEY_TOLERANCE
from expectations.marts.names import EVERYBODY
from expectations.marts.ranges import ROUNDING

REVENUE = "forecasts.revenue"
PAST_REVENUE = "forecasts.past_revenue"
ACCURACY = "forecasts.accuracy"
PAST_ACCURACY = "forecasts.past_accuracy"
CAMPAIGN_SPEND = "forecasts.campaign_spend"
BUDGET_PACING = "forecasts.budget_pacing"

# Revenue -------------------------------------------------------------------------------------


def days_with_gaps(table: str) -> str:
    """Return the query for series that lack one of the days that any has of the same run."""
    return f"""
    select as_of, series, days, first_day, last_day
    from (
        select
            as_of,
            series,
            count(distinct horizon_days) filter (where period = 'day') as days,
            min(horizon_days) filter (where period = 'day') as first_day,
            max(horizon_days) filter (where period = 'day') as last_day,
            max(max(horizon_days) filter (where period = 'day')) over (partition by as_of)
                as last_day_of_any
        from {table}
        group by 1, 2
    )
    where days = 0 or first_day <> 1 or days <> last_day or last_day <> last_day_of_any
    """


def totals_that_differ(table: str) -> str:
    """Return the query for totals that are not those of their days, as far as days go."""
    return f"""
    with totals as (select * from {table} where period = 'total'),

    days as (select * from {table} where period = 'day'),

    compared as (
        select
            totals.as_of,
            totals.series,
            totals.horizon_days,
            any_value(totals.forecast) as forecast,
            sum(days.forecast) as forecast_of_days,
            count(days.forecast) as days_forecast,
            count(*) as days
        from totals
        inner join days
            on
                totals.as_of = days.as_of
                and totals.series = days.series
                and totals.horizon_days >= days.horizon_days
        group by 1, 2, 3
    )

    select *
    from compared
    where
        days = horizon_days
        and (
            (forecast is null) <> (days_forecast < days)
            or abs(forecast - forecast_of_days) > {ROUNDING} * greatest(1, abs(forecast_of_days))
        )
    """


def last_days_that_differ(table: str) -> str:
    """Return the query for runs that look ahead from more than one day."""
    return f"""
    select
        as_of,
        min(forecast_date - cast(horizon_days as integer)) as one_last_day,
        max(forecast_date - cast(horizon_days as integer)) as another_last_day
    from {table}
    group by 1
    having one_last_day <> another_last_day
    """


SERIES_THAT_ARE_MISSING = f"""
    select '{EVERYBODY}' as series
    where '{EVERYBODY}' not in (select series from {REVENUE} where series is not null)
"""

SERIES_WITH_SEVERAL_METHODS = f"""
    select series, string_agg(distinct method, ', ' order by method) as methods
    from {REVENUE}
    group by 1
    having count(distinct method) > 1
"""

PAST_OF_TODAY = f"""
    select distinct past.as_of
    from {PAST_REVENUE} as past
    semi join {REVENUE} as revenue on past.as_of = revenue.as_of
"""


def runs_that_differ(table: str) -> str:
    """Return the query for days of a run that are not that of the forecast of revenue."""
    return f"""
    select distinct other.as_of
    from {table} as other
    anti join {REVENUE} as revenue on other.as_of = revenue.as_of
    """


# Accuracy ------------------------------------------------------------------------------------

SERIES_WITHOUT_ONE_METHOD = f"""
    select series, string_agg(distinct method, ', ' order by method) filter (where is_used) as used
    from {ACCURACY}
    group by 1
    having count(distinct method) filter (where is_used) <> 1
"""

METHODS_THAT_DIFFER = f"""
    with revenue as (select distinct series, method from {REVENUE})

    select distinct accuracy.series, accuracy.method, accuracy.is_used, revenue.method as published
    from {ACCURACY} as accuracy
    left join revenue on accuracy.series = revenue.series
    where accuracy.is_used is distinct from (accuracy.method = revenue.method)
"""

# Methods are chosen by their error over all days, whose weights by horizon are not published. A
# method that is more wrong at every one of them is so over all, whatever the weights.
METHODS_THAT_LOSE = f"""
    select series, method, min(wape) as least_wape, min(wape_of_baseline) as least_of_baseline
    from {ACCURACY}
    where is_used and not is_baseline and period = 'day'
    group by 1, 2
    having bool_and(wape > wape_of_baseline * (1 + {ROUNDING}))
"""

# Campaigns -------------------------------------------------------------------------------------

# Methods are chosen for the ratio on its own, and may be others than those of its parts.
RATIOS_THAT_DIFFER = f"""
    with measures as (
        select
            campaign_id,
            horizon_days,
            max(forecast) filter (where measure = 'roas') as roas,
            max(forecast) filter (where measure = 'revenue') as revenue,
            max(forecast) filter (where measure = 'spend') as spend,
            max(method) filter (where measure = 'roas') as method,
            max(method) filter (where measure = 'revenue') || ' / '
            || max(method) filter (where measure = 'spend') as method_of_parts
        from {CAMPAIGN_SPEND}
        group by 1, 2
    )

    select *
    from measures
    where
        method = method_of_parts
        and abs(roas * spend - revenue) > {ROUNDING} * greatest(1, revenue)
"""

# The run's day itself counts only where it is over, so that its spend may be in it or not.
SPEND_THAT_DIFFERS = f"""
    with run as (select max(as_of) as as_of from {REVENUE}),

    days as (
        select
            campaign_days.campaign_id,
            sum(campaign_days.cost) filter (where campaign_days.date < run.as_of)
                as spent_before,
            sum(campaign_days.cost) as spent_with_the_day
        from {CAMPAIGN_DAYS} as campaign_days
        inner join run
            on
                campaign_days.date >= date_trunc('month', run.as_of)
                and campaign_days.date <= run.as_of
        where
            campaign_days.attribution_model = 'last_non_direct'
            and campaign_days.campaign_id is not null
        group by 1
    )

    select
        coalesce(pacing.campaign_id, days.campaign_id) as campaign_id,
        pacing.spent,
        days.spent_before,
        days.spent_with_the_day
    from {BUDGET_PACING} as pacing
    full join days on pacing.campaign_id = days.campaign_id
    where
        coalesce(pacing.spent, 0) < coalesce(days.spent_before, 0)
        - {MONEY_TOLERANCE} * greatest(1, coalesce(days.spent_before, 0))
        or coalesce(pacing.spent, 0) > coalesce(days.spent_with_the_day, 0)
        + {MONEY_TOLERANCE} * greatest(1, coalesce(days.spent_with_the_day, 0))
"""
