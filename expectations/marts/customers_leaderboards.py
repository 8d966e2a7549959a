"""What is expected of `customers.leaderboards`."""

from expectations.marts.names import LEADERBOARDS
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.leaderboards"

CHECKS = (
    key_is_never_null(TABLE, ("leaderboard", "place")),
    no_rows_where(
        TABLE,
        name="leaderboard_is_known",
        condition=f"leaderboard not in {text_list(LEADERBOARDS)}",
        severity="refuse",
        meaning="Nobody can tell what the list is ranked by.",
    ),
    no_rows_where(
        TABLE,
        name="person_is_known",
        condition="person_id is null",
        severity="refuse",
        meaning="A place of the list is nobody's.",
    ),
)
