"""What is expected of `forecasts.budget_pacing`."""

from expectations.marts.names import BUDGET_KINDS, PACING_STATUSES
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "forecasts.budget_pacing"

_MONEY = ("planned", "spent", "forecast_spend", "projected_lower", "projected_upper")
_SLACK = f"{ROUNDING} * greatest(1, abs(projected), abs(planned))"

CHECKS = (
    key_is_never_null(TABLE, ("as_of", "campaign_id")),
    no_rows_where(
        TABLE,
        name="budget_kind_is_known",
        condition=(
            f"budget_kind not in {text_list(BUDGET_KINDS)} or (budget_kind is null and planned > 0)"
        ),
        severity="refuse",
        meaning="Nobody can tell what the budget is for, or there is one without a kind.",
    ),
    no_rows_where(
        TABLE,
        name="money_is_not_negative",
        condition="spent is null or "
        + " or ".join(f"{name} < 0 or not isfinite({name})" for name in _MONEY),
        severity="refuse",
        meaning="A budget looks less used than it is.",
    ),
    no_rows_where(
        TABLE,
        name="days_left_are_of_the_month",
        condition=(
            "days_left is null or days_left < 0 "
            "or days_left > date_diff('day', as_of, last_day(as_of)) + 1 "
            "or (days_left = 0 and forecast_spend is distinct from 0)"
        ),
        severity="refuse",
        meaning="Spend of another month is projected, or spend on no day.",
    ),
    no_rows_where(
        TABLE,
        name="projected_is_spent_and_forecast",
        condition=(
            "(projected is null) <> (forecast_spend is null) "
            f"or abs(projected - (spent + forecast_spend)) > {_SLACK}"
        ),
        severity="refuse",
        meaning="The month ends with other spend than was spent and is expected.",
    ),
    no_rows_where(
        TABLE,
        name="interval_holds_the_projection",
        condition=(
            "(projected_lower is null) <> (projected_upper is null) "
            "or (projected is null and projected_lower is not null) "
            f"or projected_lower > projected + {_SLACK} or projected_upper < projected - {_SLACK} "
            f"or projected_lower < spent - {_SLACK}"
        ),
        severity="refuse",
        meaning="The month may end with less than is already spent, or not where it is expected.",
    ),
    no_rows_where(
        TABLE,
        name="difference_is_projected_less_planned",
        condition=(
            "(difference is null) <> (projected is null or planned is null) "
            f"or abs(difference - (projected - planned)) > {_SLACK} "
            "or (difference_share is not null) "
            "<> coalesce(difference is not null and planned > 0, false) "
            f"or abs(difference_share * planned - difference) > {_SLACK}"
        ),
        severity="refuse",
        meaning="A campaign misses its budget by something else than is told.",
    ),
    no_rows_where(
        TABLE,
        name="status_follows_the_difference",
        condition=(
            f"status is null or status not in {text_list(PACING_STATUSES)} "
            "or (status = 'unknown') <> (difference is null) "
            "or (status = 'unknown') <> (coalesce(why_not, '') <> '') "
            "or (status = 'over' and difference <= 0) or (status = 'under' and difference >= 0)"
        ),
        severity="refuse",
        meaning="A campaign is said to be under its budget and is over it, or nobody can tell.",
    ),
)
