"""What is expected of `customers.segment_members`."""

from expectations.marts.names import ADDED_REASONS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.segment_members"

CHECKS = (
    key_is_never_null(TABLE, ("segment", "person_id", "valid_from")),
    no_rows_where(
        TABLE,
        name="added_reason_is_known",
        condition=f"added_reason is null or added_reason not in {text_list(ADDED_REASONS)}",
        severity="refuse",
        meaning="Nobody can tell whether a rule or somebody put the person there.",
    ),
    # Who enters and leaves on one day was in it on no day, and has no row.
    no_rows_where(
        TABLE,
        name="leaves_after_entering",
        condition="valid_to <= valid_from",
        severity="refuse",
        meaning="The person is in the segment on no day, and is counted in its history.",
    ),
)
