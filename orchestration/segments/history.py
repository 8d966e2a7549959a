"""Members day by day: what changed since the last run becomes rows with their first day.

The history is what runs have found, and no run can find it anew; so the tables are changed and
never rebuilt, by full refreshes neither. A run for a day forgets what was recorded of that day and
of later ones: running it again gives the same table, and going back in time gives the table of
then.
"""

from datetime import date
from typing import NamedTuple

import duckdb

from orchestration.segments.compiling import Compiled
from orchestration.segments.tables import MEMBERS

# Of the people who are compared.
_OPEN = f"""
create or replace temp table open as
select members.segment, members.person_id, members.added_reason
from {MEMBERS} as members
semi join touched on members.person_id = touched.person_id
where members.valid_to is null
"""

# Who is wanted is a query of its own in place of `{wanted}`.
_LEAVE = f"""
update {MEMBERS} as members
set valid_to = ${{day}}
from (
    with wanted as ({{wanted}})

    select open.segment, open.person_id
    from open
    anti join wanted
        on
            open.segment = wanted.segment
            and open.person_id = wanted.person_id
            and open.added_reason = wanted.added_reason
) as gone
where
    members.valid_to is null
    and members.segment = gone.segment
    and members.person_id = gone.person_id
"""

_ENTER = f"""
insert into {MEMBERS} by name
with wanted as ({{wanted}})

select segment, person_id, added_reason, ${{day}} as valid_from
from wanted
anti join open
    on
        wanted.segment = open.segment
        and wanted.person_id = open.person_id
        and wanted.added_reason = open.added_reason
"""


class Changed(NamedTuple):
    """How many rows a run opened and closed, those of people who only changed reason included."""

    entered: int
    left: int


def forget(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    """Take back what was recorded of a day and of later ones."""
    connection.execute(f"delete from {MEMBERS} where valid_from >= $1", [day])
    connection.execute(f"update {MEMBERS} set valid_to = null where valid_to >= $1", [day])


def record(connection: duckdb.DuckDBPyConnection, wanted: Compiled, day: date) -> Changed:
    """Compare who should be a member with who is, and record the difference as of a day.

    Args:
        connection: The build database; `touched` has the people to compare.
        wanted: The query of who should be in which segment, of those people.
        day: The first day of what is recorded.

    Returns:
        How much changed.
    """
    place = len(wanted.parameters) + 1
    parameters = [*wanted.parameters, day]
    left = 0
    # In a first run nobody can leave, and all who are wanted need not be looked for.
    if _changed_rows(connection, _OPEN, []):
        left = _changed_rows(connection, _LEAVE.format(wanted=wanted.sql, day=place), parameters)
    entered = _changed_rows(connection, _ENTER.format(wanted=wanted.sql, day=place), parameters)
    return Changed(entered, left)


def _changed_rows(
    connection: duckdb.DuckDBPyConnection, statement: str, parameters: list[object]
) -> int:
    """Run a statement and return how many rows it wrote."""
    written = connection.execute(statement, parameters).fetchone()
    return int(written[0]) if written else 0
