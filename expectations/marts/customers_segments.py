"""What is expected of `customers.segments`."""

from expectations.marts.names import SEGMENT_TYPES
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.segments"

CHECKS = (
    key_is_never_null(TABLE, ("segment",)),
    no_rows_where(
        TABLE,
        name="type_is_known",
        condition=f"type is null or type not in {text_list(SEGMENT_TYPES)}",
        severity="warn",
        meaning="Nobody can see what the segment is about.",
    ),
    no_rows_where(
        TABLE,
        name="named_by_hand_are_some_of_the_members",
        condition=(
            "members is null or manual_members is null "
            "or manual_members < 0 or manual_members > members or unknown_manual_members < 0"
        ),
        severity="refuse",
        meaning="The segment has another size than it says.",
    ),
    no_rows_where(
        TABLE,
        name="without_rules_all_are_named_by_hand",
        condition="rules is null and removed_on is null and members <> manual_members",
        severity="warn",
        meaning="People are in the segment whom no rule and nobody put there.",
    ),
    no_rows_where(
        TABLE,
        name="is_empty_once_it_is_removed",
        condition="removed_on is not null and members <> 0",
        severity="refuse",
        meaning="A segment that is no more is still sent to.",
    ),
)
