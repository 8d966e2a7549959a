"""What must hold across published tables of forecasts.

Each is a query for the rows that break it, and refuses, as in `invariants.py`. Forecasts of
channels or segments need not add up to that of all: each is made on its own.
"""

from expectations.attribution_queries import CAMPAIGN_DAYS, CAMPAIGNS
from expectations.checks import Check
from expectations.forecast_queries import (
    ACCURACY,
    BUDGET_PACING,
    CAMPAIGN_SPEND,
    METHODS_THAT_DIFFER,
    METHODS_THAT_LOSE,
    PAST_ACCURACY,
    PAST_OF_TODAY,
    PAST_REVENUE,
    RATIOS_THAT_DIFFER,
    REVENUE,
    SERIES_THAT_ARE_MISSING,
    SERIES_WITH_SEVERAL_METHODS,
    SERIES_WITHOUT_ONE_METHOD,
    SPEND_THAT_DIFFERS,
    days_with_gaps,
    last_days_that_differ,
    runs_that_differ,
    totals_that_differ,
)
from expectations.writing import key_is_unique, no_orphans, no_rows_in


def _last_day_is_one(table: str) -> Check:
    return no_rows_in(
        table,
        name="all_look_ahead_from_one_day",
        query=last_days_that_differ(table),
        severity="refuse",
        meaning="Some forecasts are of a day earlier or later than they say.",
        reads=(table,),
    )


def _revenue_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of forecasts of revenue, today's and those of the past."""
    return (
        key_is_unique(table, ("as_of", "series", "period", "horizon_days")),
        no_rows_in(
            table,
            name="no_day_is_left_out",
            query=days_with_gaps(table),
            severity="refuse",
            meaning="A day without a forecast looks like one on which nothing is expected.",
            reads=(table,),
        ),
        no_rows_in(
            table,
            name="totals_are_those_of_their_days",
            query=totals_that_differ(table),
            severity="refuse",
            meaning="The forecast of a week or month contradicts those of its days.",
            reads=(table,),
        ),
        _last_day_is_one(table),
    )


def _is_of_the_run(table: str) -> Check:
    return no_rows_in(
        table,
        name="is_of_the_same_run_as_revenue",
        query=runs_that_differ(table),
        severity="refuse",
        meaning="Forecasts of an earlier run are shown as if they were today's.",
        reads=(table, REVENUE),
    )


FORECAST_INVARIANTS: dict[str, tuple[Check, ...]] = {
    REVENUE: (
        *_revenue_checks(REVENUE),
        no_rows_in(
            REVENUE,
            name="everything_is_forecast",
            query=SERIES_THAT_ARE_MISSING,
            severity="refuse",
            meaning="There is no forecast of revenue in all, not even one that says why.",
            reads=(REVENUE,),
        ),
        no_rows_in(
            REVENUE,
            name="one_method_forecasts_a_series",
            query=SERIES_WITH_SEVERAL_METHODS,
            severity="refuse",
            meaning="Days of a series contradict each other, and so do its totals.",
            reads=(REVENUE,),
        ),
    ),
    PAST_REVENUE: (
        *_revenue_checks(PAST_REVENUE),
        no_rows_in(
            PAST_REVENUE,
            name="is_of_other_runs",
            query=PAST_OF_TODAY,
            severity="refuse",
            meaning="Today's forecast will be scored twice.",
            reads=(PAST_REVENUE, REVENUE),
        ),
    ),
    ACCURACY: (
        key_is_unique(ACCURACY, ("as_of", "series", "method", "horizon")),
        _is_of_the_run(ACCURACY),
        no_rows_in(
            ACCURACY,
            name="one_method_is_used",
            query=SERIES_WITHOUT_ONE_METHOD,
            severity="refuse",
            meaning="Nobody can tell how right the forecasts of the series have been.",
            reads=(ACCURACY,),
        ),
        no_rows_in(
            ACCURACY,
            name="the_method_used_is_that_of_revenue",
            query=METHODS_THAT_DIFFER,
            severity="refuse",
            meaning="The errors beside a forecast are those of another method.",
            reads=(ACCURACY, REVENUE),
        ),
        no_rows_in(
            ACCURACY,
            name="no_method_is_used_that_loses",
            query=METHODS_THAT_LOSE,
            severity="refuse",
            meaning="A series is forecast by a method that is more wrong than last week's value.",
            reads=(ACCURACY,),
        ),
    ),
    PAST_ACCURACY: (
        key_is_unique(PAST_ACCURACY, ("as_of", "series", "method", "horizon")),
        _is_of_the_run(PAST_ACCURACY),
    ),
    CAMPAIGN_SPEND: (
        key_is_unique(CAMPAIGN_SPEND, ("as_of", "campaign_id", "measure", "horizon_days")),
        _is_of_the_run(CAMPAIGN_SPEND),
        _last_day_is_one(CAMPAIGN_SPEND),
        no_orphans(CAMPAIGN_SPEND, "measure", "campaign_id", CAMPAIGNS, "campaign_id"),
        no_rows_in(
            CAMPAIGN_SPEND,
            name="roas_is_revenue_by_spend",
            query=RATIOS_THAT_DIFFER,
            severity="refuse",
            meaning="The return that is expected contradicts the revenue and spend beside it.",
            reads=(CAMPAIGN_SPEND,),
        ),
    ),
    BUDGET_PACING: (
        key_is_unique(BUDGET_PACING, ("as_of", "campaign_id")),
        _is_of_the_run(BUDGET_PACING),
        no_orphans(BUDGET_PACING, "campaign_id", "campaign_id", CAMPAIGNS, "campaign_id"),
        no_rows_in(
            BUDGET_PACING,
            name="spent_agrees_with_campaign_days",
            query=SPEND_THAT_DIFFERS,
            severity="refuse",
            meaning="Spend of the month is lost, counted twice, or of another month.",
            reads=(BUDGET_PACING, REVENUE, CAMPAIGN_DAYS),
        ),
    ),
}
