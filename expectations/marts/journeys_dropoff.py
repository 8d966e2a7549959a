"""What is expected of `journeys.dropoff`."""

from expectations.marts.journey_stages import stage_has_its_place, stage_is_known
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "journeys.dropoff"

CHECKS = (
    key_is_never_null(TABLE, ("stage", "last_event_type")),
    stage_is_known(TABLE),
    stage_has_its_place(TABLE),
    no_rows_where(
        TABLE,
        name="stalled_are_some_of_the_persons",
        condition=(
            "persons is null or persons < 1 or stalled_persons is null "
            "or stalled_persons < 0 or stalled_persons > persons"
        ),
        severity="refuse",
        meaning="More stalled than ever came so far.",
    ),
    no_rows_where(
        TABLE,
        name="share_of_stage_is_a_share",
        condition=(
            f"share_of_stage is null or share_of_stage < 0 or share_of_stage > 1 + {ROUNDING}"
        ),
        severity="refuse",
        meaning="More stopped here than stopped at the stage.",
    ),
    no_rows_where(
        TABLE,
        name="days_since_last_event_is_not_negative",
        condition="median_days_since_last_event is null or median_days_since_last_event < 0",
        severity="warn",
        meaning="The run's day lies before what people last did.",
    ),
)
