"""What is expected of `journeys.paths`."""

from expectations.marts.names import PATH_TYPES
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "journeys.paths"

CHECKS = (
    key_is_never_null(TABLE, ("path_type", "path")),
    no_rows_where(
        TABLE,
        name="path_type_is_known",
        condition=f"path_type not in {text_list(PATH_TYPES)}",
        severity="refuse",
        meaning="Nobody can tell what the steps of the path are.",
    ),
    no_rows_where(
        TABLE,
        name="converters_are_some_of_the_persons",
        condition=(
            "persons is null or persons < 1 or converters is null "
            "or converters < 0 or converters > persons"
        ),
        severity="refuse",
        meaning="More bought on the path than took it.",
    ),
    no_rows_where(
        TABLE,
        name="conversion_rate_is_converters_by_persons",
        condition=(
            "conversion_rate is null "
            f"or abs(conversion_rate * persons - converters) > {ROUNDING} * persons"
        ),
        severity="refuse",
        meaning="Paths are compared by rates that are not theirs.",
    ),
    no_rows_where(
        TABLE,
        name="share_of_persons_is_a_share",
        condition=(
            f"share_of_persons is null or share_of_persons < 0 or share_of_persons > 1 + {ROUNDING}"
        ),
        severity="refuse",
        meaning="More people took the path than there are.",
    ),
)
