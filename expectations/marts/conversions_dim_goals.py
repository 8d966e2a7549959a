"""What is expected of `conversions.dim_goals`."""

from expectations.marts.names import CONVERSION_TYPES
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "conversions.dim_goals"

CHECKS = (
    key_is_never_null(TABLE, ("goal",)),
    no_rows_where(
        TABLE,
        name="conversion_type_is_known",
        condition=(
            f"conversion_type is null or conversion_type not in {text_list(CONVERSION_TYPES)}"
        ),
        severity="refuse",
        meaning="Conversions of the goal are missing from every figure that is split by type.",
    ),
)
