"""A run's work on segments: who is in them, since when, and how many they are."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import duckdb

from orchestration.as_of import AsOf
from orchestration.segments.fields import Known
from orchestration.segments.history import Changed, forget, record
from orchestration.segments.members import (
    UnknownMember,
    find_named,
    freeze,
    rebuild_static,
    wanted_members,
)
from orchestration.segments.tables import MEMBERS, REBUILDS, SEGMENTS, prepare_tables
from orchestration.segments.touched import find_touched
from orchestration.workspace.segments import Segment

_DEFINED = """
create or replace temp table defined (
    segment varchar, description varchar, type varchar, rules varchar, is_auto_update boolean
)
"""

# A segment that is gone stays for the sake of the rows of its members, and for them only.
_KEEP_REMOVED = f"""
delete from {SEGMENTS}
where
    segment in (select segment from defined)
    or segment not in (select distinct segment from {MEMBERS});
update {SEGMENTS}
set
    members = 0,
    manual_members = 0,
    unknown_manual_members = 0,
    has_new_rules = false,
    removed_on = least(removed_on, $1)
"""

_DESCRIBE = f"""
insert into {SEGMENTS} by name
with counted as (
    select
        segment,
        count(*) as members,
        count(*) filter (where added_reason = 'manual') as manual_members
    from {MEMBERS}
    where valid_to is null
    group by segment
),

unknown as (
    select segment, count(*) as unknown_manual_members
    from found_by_hand
    where person_id is null
    group by segment
),

rebuilt as (
    select segment, max(rebuilt_on) as rebuilt_on, max_by(rules, rebuilt_on) as rules
    from {REBUILDS}
    group by segment
)

select
    defined.*,
    coalesce(counted.members, 0) as members,
    coalesce(counted.manual_members, 0) as manual_members,
    coalesce(unknown.unknown_manual_members, 0) as unknown_manual_members,
    case
        when not defined.is_auto_update then rebuilt.rebuilt_on
        when defined.rules is not null then $1
    end as rebuilt_on,
    rebuilt.segment is not null and rebuilt.rules is distinct from defined.rules as has_new_rules
from defined
left join counted on defined.segment = counted.segment
left join unknown on defined.segment = unknown.segment
left join rebuilt on defined.segment = rebuilt.segment
"""


class Built(NamedTuple):
    """What a run did.

    Attributes:
        members: Rows of people who are in a segment on the run's day.
        changed: How many entered and left.
        unknown: Ids named by hand that are nobody's.
    """

    members: int
    changed: Changed
    unknown: list[UnknownMember]


def build_segments(
    connection: duckdb.DuckDBPyConnection,
    segments: Sequence[Segment],
    known: Known,
    as_of: AsOf,
    rebuild: Collection[str] = (),
) -> Built:
    """Write customers.segments and customers.segment_members, both or neither.

    Args:
        connection: The build database, with the people and their events.
        segments: The segments as they are defined.
        known: What rules can speak of.
        as_of: The day to look from.
        rebuild: Names of segments whose rules are applied although they do not update themselves.

    Returns:
        What was done.
    """
    # The rows are in no order, and without one all cores write them.
    connection.execute("set preserve_insertion_order = false")
    with _transaction(connection):
        prepare_tables(connection)
        freeze(connection, segments, as_of)
        forget(connection, as_of.day)
        rebuild_static(connection, segments, rebuild, known, as_of)
        unknown = find_named(connection, segments)
        by_rule = find_touched(connection, segments, known, as_of)
        changed = record(connection, wanted_members(by_rule), as_of.day)
        _describe(connection, segments, as_of)
        counted = connection.execute(f"select coalesce(sum(members), 0) from {SEGMENTS}").fetchone()
    return Built(int(counted[0]) if counted else 0, changed, unknown)


def _describe(
    connection: duckdb.DuckDBPyConnection, segments: Sequence[Segment], as_of: AsOf
) -> None:
    connection.execute(_DEFINED)
    rows = [
        [
            segment.name,
            segment.description,
            segment.type,
            segment.rules_text,
            segment.auto_update,
        ]
        for segment in segments
    ]
    if rows:
        connection.executemany("insert into defined values (?, ?, ?, ?, ?)", rows)
    connection.execute(_KEEP_REMOVED, [as_of.day])
    connection.execute(_DESCRIBE, [as_of.day])


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
