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

# Who is wanted, among the people in `touched`, is a query of its own in place of `{wanted}`.
_CHANGES = f"""
create or replace temp table changes as
with wanted as ({{wanted}}),

open as (
    select segment, person_id, added_reason
    from {MEMBERS}
    semi join touched on {MEMBERS}.person_id = touched.person_id
    where valid_to is null
)

select
    coalesce(wanted.segment, open.segment) as segment,
    coalesce(wanted.person_id, open.person_id) as person_id,
    open.added_reason as reason_before,
    wanted.added_reason as reason_now
from wanted
full join open on wanted.segment = open.segment and wanted.person_id = open.person_id
where wanted.added_reason is distinct from open.added_reason
"""

_LEAVE = f"""
update {MEMBERS} as members
set valid_to = $1
from changes
where
    changes.reason_before is not null
    and members.valid_to is null
    and members.segment = changes.segment
    and members.person_id = changes.person_id
"""

_ENTER = f"""
insert into {MEMBERS} by name
select segment, person_id, reason_now as added_reason, $1 as valid_from
from changes
where reason_now is not null
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
    """Compare who should be a member with who is, and record the difference as of a day."""
    connection.execute(_CHANGES.format(wanted=wanted.sql), wanted.parameters)
    connection.execute(_LEAVE, [day])
    connection.execute(_ENTER, [day])
    counted = connection.execute(
        "select count(reason_now), count(reason_before) from changes"
    ).fetchone()
    return Changed(*counted) if counted else Changed(0, 0)
