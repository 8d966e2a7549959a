"""What is expected of `journeys.funnel`."""

from expectations.marts.journey_stages import LAST_STAGE, stage_has_its_place, stage_is_known
from expectations.marts.names import CHANNELS, EVERYBODY, WITHOUT_SESSION
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "journeys.funnel"

_CHANNELS = (*CHANNELS, WITHOUT_SESSION, EVERYBODY)

CHECKS = (
    key_is_never_null(TABLE, ("channel", "stage")),
    no_rows_where(
        TABLE,
        name="channel_is_known",
        condition=f"channel not in {text_list(_CHANNELS)}",
        severity="refuse",
        meaning="People were brought by a channel that has no cost and no place in reports.",
    ),
    stage_is_known(TABLE),
    stage_has_its_place(TABLE),
    no_rows_where(
        TABLE,
        name="who_drops_off_was_there",
        condition=(
            "persons is null or persons < 0 or drop_off_persons < 0 or drop_off_persons > persons "
            f"or (drop_off_persons is null) <> (stage_index = {LAST_STAGE})"
        ),
        severity="refuse",
        meaning="More left than were there, or people left after the last stage.",
    ),
    no_rows_where(
        TABLE,
        name="drop_off_rate_is_of_those_there",
        condition=(
            "(drop_off_rate is null) <> (persons = 0 or drop_off_persons is null) "
            f"or abs(drop_off_rate * persons - drop_off_persons) > {ROUNDING} * persons"
        ),
        severity="refuse",
        meaning="Where most people are lost is not where most people leave.",
    ),
    no_rows_where(
        TABLE,
        name="conversion_rate_is_a_share",
        condition="awareness_to_conversion_rate < 0 or awareness_to_conversion_rate > 1",
        severity="refuse",
        meaning="More seem to convert than ever came.",
    ),
)
