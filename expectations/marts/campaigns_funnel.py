"""What is expected of `campaigns.funnel`."""

from expectations.marts.names import CAMPAIGN_STEPS, FUNNEL_WINDOWS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.funnel"

_PLACES = " ".join(f"when '{step}' then {place}" for place, step in enumerate(CAMPAIGN_STEPS, 1))

CHECKS = (
    key_is_never_null(TABLE, ("window_name", "campaign_id", "step")),
    no_rows_where(
        TABLE,
        name="window_is_known",
        condition=f"window_name not in {text_list(FUNNEL_WINDOWS)}",
        severity="refuse",
        meaning="Steps are of days that no report offers.",
    ),
    no_rows_where(
        TABLE,
        name="step_has_its_place",
        condition=f"step_index is distinct from case step {_PLACES} end",
        severity="refuse",
        meaning="Steps are out of order, so that losses are between others than they seem.",
    ),
    no_rows_where(
        TABLE,
        name="count_is_not_negative",
        condition="count < 0",
        severity="refuse",
        meaning="A step is counted too low.",
    ),
    no_rows_where(
        TABLE,
        name="drop_off_is_a_share",
        condition=(
            "drop_off < 0 or drop_off > 1 "
            f"or (drop_off is not null and (count is null or step = '{CAMPAIGN_STEPS[0]}'))"
        ),
        severity="refuse",
        meaning="More left than were there, or people left before the first step.",
    ),
    no_rows_where(
        TABLE,
        name="rate_is_of_a_count",
        condition="rate_of_first < 0 or (rate_of_first is not null and count is null)",
        severity="refuse",
        meaning="There is a rate of what nobody knows.",
    ),
)
