"""What is expected of `attribution.resolution_stats`."""

from expectations.marts.names import RESOLUTION_METHODS, UNRESOLVED_REASONS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "attribution.resolution_stats"

CHECKS = (
    # Without its reason: what found its campaign has none.
    key_is_never_null(TABLE, ("resolution_method",)),
    no_rows_where(
        TABLE,
        name="resolution_method_is_known",
        condition=f"resolution_method not in {text_list(RESOLUTION_METHODS)}",
        severity="warn",
        meaning="The match rate does not know whether to count the touches.",
    ),
    no_rows_where(
        TABLE,
        name="reason_is_known_if_it_is_unresolved",
        condition=(
            "(resolution_method = 'unresolved') <> (unresolved_reason is not null) "
            f"or unresolved_reason not in {text_list(UNRESOLVED_REASONS)}"
        ),
        severity="warn",
        meaning="Nobody can see what to do about touches that found no campaign.",
    ),
    no_rows_where(
        TABLE,
        name="shares_are_shares",
        condition=(
            "share_of_touches is null or share_of_touches < 0 or share_of_touches > 1 "
            "or share_of_tagged_touches < 0 or share_of_tagged_touches > 1"
        ),
        severity="warn",
        meaning="The match rate is above 100 % or below nothing.",
    ),
    no_rows_where(
        TABLE,
        name="average_confidence_is_a_share",
        condition="average_confidence < 0 or average_confidence > 1",
        severity="warn",
        meaning="A confidence outside 0 to 1 cannot be compared with a threshold.",
    ),
)
