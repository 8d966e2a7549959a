"""Ordinary rows of the tables of forecasts, and what breaks each check of them."""

_FORECAST = """
    100e0 as forecast, 90e0 as lower_50, 115e0 as upper_50, 80e0 as lower_80, 130e0 as upper_80,
    60e0 as lower_95, 160e0 as upper_95, 'weekday_level' as method, null::varchar as why_not
"""
_SCORE = """
    'all' as series, 'weekday_level' as method, true as is_used, false as is_baseline,
    'total' as period, 'total_7' as horizon, 84 as origins, 84 as days, 0.1e0 as wape,
    -0.05e0 as total_error, -20e0 as bias, 0.5e0 as coverage_50, 0.8e0 as coverage_80,
    0.95e0 as coverage_95, 0.2e0 as wape_of_baseline, date '2026-01-01' as evaluated_from,
    date '2026-03-20' as evaluated_to
"""

ORDINARY = {
    "forecasts.revenue": f"""
        select date '2026-03-20' as as_of, 'channel:email' as series, 'total' as period,
            date '2026-03-27' as forecast_date, 7 as horizon_days, {_FORECAST}
    """,
    "forecasts.past_revenue": f"""
        select date '2026-03-10' as as_of, 'channel:fax' as series, 'total' as period,
            date '2026-03-16' as forecast_date, 7 as horizon_days, {_FORECAST}
    """,
    "forecasts.accuracy": f"""
        select date '2026-03-20' as as_of, 'rolling_origin' as evidence, {_SCORE}
    """,
    "forecasts.past_accuracy": f"""
        select date '2026-03-20' as as_of, 'published' as evidence, {_SCORE}
    """,
    "forecasts.campaign_spend": f"""
        select date '2026-03-20' as as_of, 'c1' as campaign_id, 'spend' as measure,
            date '2026-03-27' as forecast_date, 7 as horizon_days, {_FORECAST}
    """,
    "forecasts.budget_pacing": """
        select date '2026-03-20' as as_of, 'c1' as campaign_id, 'daily' as budget_kind,
            100e0 as planned, 60e0 as spent, 11 as days_left, 30e0 as forecast_spend,
            90e0 as projected, 80e0 as projected_lower, 105e0 as projected_upper,
            -10e0 as difference, -0.1e0 as difference_share, 'under' as status,
            null::varchar as why_not
    """,
}

_NO_BOUNDS = ", ".join(
    f"{side}_{level} = null" for level in (50, 80, 95) for side in ("lower", "upper")
)

_FORECAST_BREAKS = [
    ("day_is_as_far_ahead_as_it_says", "horizon_days = 0, forecast_date = as_of"),
    ("day_is_as_far_ahead_as_it_says", "forecast_date = forecast_date + 1, horizon_days = 6"),
    ("forecast_is_not_negative", "lower_95 = -1"),
    ("forecast_is_not_negative", "upper_95 = 'infinity'"),
    ("no_forecast_without_a_method", "method = 'none'"),
    ("no_forecast_without_a_method", f"forecast = null, {_NO_BOUNDS}, why_not = 'no values'"),
    ("intervals_nest_around_the_forecast", "lower_80 = 95"),
    ("intervals_nest_around_the_forecast", "forecast = 116"),
    ("intervals_nest_around_the_forecast", "upper_95 = 120"),
    ("only_the_widest_intervals_are_missing", "lower_95 = null"),
    ("only_the_widest_intervals_are_missing", "lower_50 = null, upper_50 = null"),
    ("only_the_widest_intervals_are_missing", "forecast = null, method = 'none'"),
    ("says_why_something_is_missing", "lower_95 = null, upper_95 = null"),
    ("says_why_something_is_missing", f"forecast = null, method = 'none', {_NO_BOUNDS}"),
]

_SCORE_BREAKS = [
    ("key_is_never_null", "horizon = null"),
    ("says_what_was_scored", "evidence = 'hearsay'"),
    ("says_what_was_scored", "period = 'day'"),
    ("says_what_was_scored", "is_baseline = null"),
    ("scores_are_counted", "days = 83"),
    ("errors_are_in_their_range", "wape = -0.1"),
    ("errors_are_in_their_range", "bias = 'nan'"),
    ("coverage_is_a_share", "coverage_95 = 95"),
    ("only_what_has_come_is_scored", "evaluated_to = date '2026-03-21'"),
]

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "forecasts.revenue": [
        ("key_is_never_null", "series = null"),
        ("series_is_known", "series = 'channel:fax'"),
        ("period_is_known", "period = 'week'"),
        ("method_is_known", "method = 'oracle'"),
        ("method_is_known", "method = null"),
        *_FORECAST_BREAKS,
    ],
    # The same checks: one break of each.
    "forecasts.past_revenue": [
        ("key_is_never_null", "as_of = null"),
        ("period_is_known", "period = 'week'"),
        *dict(reversed(_FORECAST_BREAKS)).items(),
    ],
    "forecasts.accuracy": [
        *_SCORE_BREAKS,
        ("series_is_known", "series = 'channel:fax'"),
        ("method_is_known", "method = 'oracle'"),
        (
            "baseline_is_held_against_itself",
            "method = 'seasonal_naive', is_baseline = true, wape = 0.3",
        ),
        ("intervals_hold_what_comes", "coverage_80 = 0.59"),
    ],
    "forecasts.past_accuracy": [*dict(reversed(_SCORE_BREAKS)).items()],
    "forecasts.campaign_spend": [
        ("key_is_never_null", "measure = null"),
        ("measure_is_known", "measure = 'clicks'"),
        ("method_is_known", "method = 'weekday_level / seasonal_naive'"),
        ("method_is_known", "measure = 'roas'"),
        *dict(reversed(_FORECAST_BREAKS)).items(),
    ],
    "forecasts.budget_pacing": [
        ("key_is_never_null", "campaign_id = null"),
        ("budget_kind_is_known", "budget_kind = 'weekly'"),
        ("budget_kind_is_known", "budget_kind = null"),
        (
            "money_is_not_negative",
            "spent = -1, projected = 29, difference = -71, difference_share = -0.71, "
            "projected_lower = 10",
        ),
        ("days_left_are_of_the_month", "days_left = 13"),
        ("days_left_are_of_the_month", "days_left = 0"),
        (
            "projected_is_spent_and_forecast",
            "projected = 91, difference = -9, difference_share = -0.09",
        ),
        ("projected_is_spent_and_forecast", "forecast_spend = null"),
        ("interval_holds_the_projection", "projected_lower = 91"),
        ("interval_holds_the_projection", "projected_lower = 59"),
        ("interval_holds_the_projection", "projected_upper = null"),
        ("difference_is_projected_less_planned", "difference = -9, difference_share = -0.09"),
        ("difference_is_projected_less_planned", "difference_share = -0.2"),
        ("status_follows_the_difference", "status = 'over'"),
        ("status_follows_the_difference", "status = 'unknown'"),
        ("status_follows_the_difference", "why_not = 'no budget is planned'"),
    ],
}

# Two series of three days and two totals, of which only the one of two days can be added up; the
# same ten days earlier, when the run's day was not over; a campaign with a budget.
SHOP = f"""
    create schema if not exists forecasts;
    create or replace table forecasts.revenue as
        select ordinary.* replace (
            new.series as series, new.period as period, new.horizon as horizon_days,
            as_of + new.horizon as forecast_date, new.forecast as forecast
        )
        from ({ORDINARY["forecasts.revenue"]}) as ordinary
        cross join (
            select *
            from (values ('all'), ('channel:email')) as s(series)
            cross join (values
                ('day', 1, 95e0), ('day', 2, 105), ('day', 3, 95), ('total', 2, 200),
                ('total', 30, 100)
            ) as h(period, horizon, forecast)
        ) as new;
    update forecasts.revenue set lower_50 = 180, upper_50 = 220, upper_80 = 240, upper_95 = 300
        where forecast = 200;
    create or replace table forecasts.past_revenue as
        select * replace (as_of - 10 as as_of, forecast_date - 11 as forecast_date)
        from forecasts.revenue;

    create or replace table forecasts.accuracy as
        select ordinary.* replace (
            new.period as period, new.horizon as horizon, new.wape as wape,
            new.wape_of_baseline as wape_of_baseline, new.method as method,
            new.method = 'weekday_level' as is_used, new.method = 'seasonal_naive' as is_baseline
        )
        from ({ORDINARY["forecasts.accuracy"]}) as ordinary
        cross join (values
            ('weekday_level', 'day', '1-2', 0.1e0, 0.2e0),
            ('weekday_level', 'day', '3-3', 0.3, 0.2),
            ('weekday_level', 'total', 'total_2', 0.3, 0.1),
            ('seasonal_naive', 'day', '1-2', 0.2, 0.2),
            ('seasonal_naive', 'day', '3-3', 0.2, 0.2),
            ('seasonal_naive', 'total', 'total_2', 0.1, 0.1)
        ) as new(method, period, horizon, wape, wape_of_baseline);
    create or replace table forecasts.past_accuracy as {ORDINARY["forecasts.past_accuracy"]};

    create or replace table forecasts.campaign_spend as
        select ordinary.* replace (new.measure as measure, new.method as method)
        from ({ORDINARY["forecasts.campaign_spend"]}) as ordinary
        cross join (values
            ('spend', 'weekday_level'), ('conversions', 'weekday_level'),
            ('revenue', 'seasonal_naive'), ('roas', 'seasonal_naive / weekday_level')
        ) as new(measure, method);
    update forecasts.campaign_spend
        set forecast = 1, lower_50 = 1, lower_80 = 1, lower_95 = 1 where measure = 'roas';
    create or replace table forecasts.budget_pacing as
        select * replace (
            0e0 as spent, 30e0 as projected, 20e0 as projected_lower, 45e0 as projected_upper,
            -70e0 as difference, -0.7e0 as difference_share
        )
        from ({ORDINARY["forecasts.budget_pacing"]});
"""
