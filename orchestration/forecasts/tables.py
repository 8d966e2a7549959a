"""The tables of forecasts: what they hold, in SQL and in words."""

from orchestration.described_tables import Column, Table, Tables

REVENUE = "forecasts.revenue"
PAST_REVENUE = "forecasts.past_revenue"
ACCURACY = "forecasts.accuracy"
PAST_ACCURACY = "forecasts.past_accuracy"
CAMPAIGN_SPEND = "forecasts.campaign_spend"
BUDGET_PACING = "forecasts.budget_pacing"

_AS_OF = {"as_of": Column("date", "The run's day, on which this was forecast.")}
_SERIES = {
    "series": Column(
        "varchar",
        "What is forecast: `all`, `channel:` and the channel of the session it happens in, or "
        "`segment:` and the RFM segment in which the buyer is just before the order.",
    )
}
_PERIOD = {
    "period": Column("varchar", "day for a single day, total for all days up to forecast_date."),
    "forecast_date": Column("date", "The day, or the last day of the total."),
    "horizon_days": Column("integer", "Days ahead of the last day that is over."),
}
_BOUNDS = {
    f"{side}_{level}": Column(
        "double",
        f"{side.capitalize()} end of the interval that holds what comes with a chance of "
        f"{level} %; null where too little was scored for it, see why_not.",
    )
    for level in (50, 80, 95)
    for side in ("lower", "upper")
}
_METHOD = {
    "method": Column(
        "varchar",
        "How: weekday_level, the profile of the last 8 weeks' weekdays times a smoothed level; "
        "seasonal_naive, the same weekday of last week; none.",
    ),
    "why_not": Column("varchar", "What is missing for a forecast or an interval; else null."),
}

_FORECAST = {
    **_AS_OF,
    **_SERIES,
    **_PERIOD,
    "forecast": Column("double", "Expected revenue less refunds, in the workspace currency."),
    **_BOUNDS,
    **_METHOD,
}

_ACCURACY = {
    **_AS_OF,
    **_SERIES,
    "method": Column("varchar", "Method that was tried."),
    "is_used": Column("boolean", "Whether forecasts.revenue uses it for the series."),
    "is_baseline": Column("boolean", "Whether it is what every method has to beat."),
    "period": Column("varchar", "day or total."),
    "horizon": Column("varchar", "Days ahead, such as 8-14, or total_30."),
    "evidence": Column(
        "varchar",
        "rolling_origin: as if forecast on each past day with what was known then; published: "
        "forecasts that were published.",
    ),
    "origins": Column("bigint", "Days on which was forecast."),
    "days": Column("bigint", "Forecasts that could be scored."),
    "wape": Column("double", "Sum of absolute errors as a share of what came."),
    "total_error": Column("double", "Error of the sum of all forecasts, as a share of what came."),
    "bias": Column("double", "Mean error, forecast less what came, in the workspace currency."),
    **{
        f"coverage_{level}": Column(
            "double", f"Share of what came that was within the interval of {level} %."
        )
        for level in (50, 80, 95)
    },
    "wape_of_baseline": Column("double", "wape of the baseline on the same."),
    "evaluated_from": Column("date", "First day that was scored."),
    "evaluated_to": Column("date", "Last day that was scored."),
}

TABLES: Tables = {
    REVENUE: Table(
        "Revenue of the days to come, day by day and in total, with intervals that past errors "
        "of the same method on the same series give. Totals have intervals of their own: errors "
        "of days partly cancel out. **Grain:** one row per series, period and horizon.",
        _FORECAST,
    ),
    PAST_REVENUE: Table(
        "The forecasts of revenue that were published on earlier days, as they were. **Grain:** "
        "one row per as_of, series, period and horizon.",
        _FORECAST,
    ),
    ACCURACY: Table(
        "How right forecasts of the last weeks would have been, each made with what was known on "
        "its day, for every method that was tried. **Grain:** one row per series, method and "
        "horizon.",
        _ACCURACY,
    ),
    PAST_ACCURACY: Table(
        "How right the forecasts were that had been published. **Grain:** one row per series, "
        "method and horizon.",
        _ACCURACY,
    ),
    CAMPAIGN_SPEND: Table(
        "What campaigns that spent in the last week will cost and bring if they go on as now. "
        "Conversions and revenue are credited by the headline model of settings. **Grain:** "
        "one row per campaign, horizon and measure.",
        {
            **_AS_OF,
            "campaign_id": Column("varchar", "Campaign; see campaigns.dim_campaigns."),
            "campaign_name": Column("varchar", "Its name."),
            "platform": Column("varchar", "Where it runs."),
            "measure": Column("varchar", "spend, conversions, revenue or roas."),
            "forecast_date": Column("date", "Last day of the total."),
            "horizon_days": Column("integer", "Days ahead that are added up."),
            "forecast": Column(
                "double",
                "Expected total of the days; of roas, expected revenue by expected spend.",
            ),
            **_BOUNDS,
            "method": Column("varchar", "How; of roas, the methods of revenue and of spend."),
            "why_not": _METHOD["why_not"],
        },
    ),
    BUDGET_PACING: Table(
        "Whether campaigns will spend what is planned for the month of as_of. **Grain:** one row "
        "per campaign that has a budget or spent anything in the month.",
        {
            **_AS_OF,
            "campaign_id": Column("varchar", "Campaign; see campaigns.dim_campaigns."),
            "campaign_name": Column("varchar", "Its name."),
            "platform": Column("varchar", "Where it runs."),
            "budget_kind": Column(
                "varchar",
                "daily, for each day of the month it may run; flight, shared out evenly over "
                "its days; null without a budget.",
            ),
            "planned": Column("double", "Budget of the month, in the workspace currency."),
            "spent": Column("double", "Spent in the month up to the last day that is over."),
            "days_left": Column("integer", "Days of the month on which it is still to spend."),
            "forecast_spend": Column("double", "What it is expected to spend on these days."),
            "projected": Column("double", "spent and forecast_spend."),
            "projected_lower": Column("double", "Lower end of its interval of 80 %."),
            "projected_upper": Column("double", "Upper end of it."),
            "difference": Column("double", "projected less planned."),
            "difference_share": Column("double", "difference as a share of planned."),
            "status": Column("varchar", "under, over, on_track, or unknown; see why_not."),
            "why_not": Column("varchar", "What is missing for a status; else null."),
        },
    ),
}
