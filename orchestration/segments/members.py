"""Who should be in which segment on the run's day: by its rules, or named by hand."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import duckdb

from orchestration.as_of import AsOf
from orchestration.segments.compiling import Compiled, compile_rules
from orchestration.segments.fields import PEOPLE, Known
from orchestration.segments.tables import MEMBERS, REBUILDS, REBUILT_MEMBERS, SEGMENTS
from orchestration.workspace.segments import Segment

_FOUND_BY_HAND = f"""
create or replace temp table found_by_hand as
select distinct
    named.segment,
    named.member,
    coalesce(people.person_id, customers.person_id) as person_id
from (
    select
        unnest(cast($1 as varchar[])) as segment,
        unnest(cast($2 as varchar[])) as member
) as named
left join {PEOPLE} as people on named.member = people.person_id
left join {PEOPLE} as customers on named.member = customers.customer_id
"""

# A segment that stops updating itself keeps the members it had on that day.
_FROZEN = f"""
from {SEGMENTS} as segments
where
    segments.is_auto_update
    and segments.rebuilt_on is not null
    and segments.removed_on is null
    and list_contains($1, segments.segment)
"""
_FREEZE = f"""
insert into {REBUILDS}
select segment, least(rebuilt_on, $2), rules {_FROZEN}
"""
_FREEZE_MEMBERS = f"""
insert into {REBUILT_MEMBERS}
select members.segment, least(segments.rebuilt_on, $2), members.person_id
from {MEMBERS} as members
inner join (select * {_FROZEN}) as segments on members.segment = segments.segment
where
    members.added_reason = 'rule'
    and members.valid_from <= $2
    and (members.valid_to is null or members.valid_to > $2)
"""

# Besides what the rules of segments that update themselves say, which is `by_rule`.
_WANTED = f"""
    select distinct segment, person_id, 'manual' as added_reason
    from found_by_hand
    where person_id is not null

    union all

    select segment, person_id, 'rule' as added_reason
    from (
        select segment, person_id from by_rule

        union all

        select members.segment, members.person_id
        from {REBUILT_MEMBERS} as members
        semi join (select segment, max(rebuilt_on) as rebuilt_on from {REBUILDS} group by segment)
            as latest
            on members.segment = latest.segment and members.rebuilt_on = latest.rebuilt_on
        semi join {PEOPLE} as people on members.person_id = people.person_id
    ) as by_rules
    anti join found_by_hand as manual
        on by_rules.segment = manual.segment and by_rules.person_id = manual.person_id
"""


class UnknownMember(NamedTuple):
    """An id that somebody put into a segment by hand, and that is nobody's."""

    segment: str
    member: str


def freeze(connection: duckdb.DuckDBPyConnection, segments: Sequence[Segment], as_of: AsOf) -> None:
    """Remember the members of segments that updated themselves until now and no longer do."""
    static = [segment.name for segment in _with_memory(segments)]
    # The members first: what they are joined with is still as the last run left it.
    connection.execute(_FREEZE_MEMBERS, [static, as_of.day])
    connection.execute(_FREEZE, [static, as_of.day])


def _with_memory(segments: Sequence[Segment]) -> list[Segment]:
    """Those of whose rules only a command can say whom they fit."""
    return [one for one in segments if one.rules is not None and not one.auto_update]


def wanted_members(by_rule: Compiled) -> Compiled:
    """Return the query of who should be in which segment: segment, person_id, added_reason.

    Args:
        by_rule: The query of whom the rules of segments that update themselves fit.
    """
    return Compiled(f"with by_rule as ({by_rule.sql})\n{_WANTED}", by_rule.parameters)


def find_named(
    connection: duckdb.DuckDBPyConnection, segments: Sequence[Segment]
) -> list[UnknownMember]:
    """Look the people up who are in a segment by hand, and return the ids that are nobody's."""
    named = [(segment.name, member) for segment in segments for member in segment.manual_members]
    names, members = [name for name, _ in named], [member for _, member in named]
    connection.execute(_FOUND_BY_HAND, [names, members])
    unknown = connection.execute(
        "select segment, member from found_by_hand where person_id is null order by all"
    ).fetchall()
    return [UnknownMember(*row) for row in unknown]


def rebuild_static(
    connection: duckdb.DuckDBPyConnection,
    segments: Sequence[Segment],
    rebuild: Collection[str],
    known: Known,
    as_of: AsOf,
) -> None:
    """Apply the rules of segments that do not update themselves, and remember what they say.

    Args:
        connection: The build database, with the people and their events.
        segments: The segments as they are defined.
        rebuild: Names of those whose rules are applied; the memory of the others is kept.
        known: What rules can speak of.
        as_of: The day to look from; what is remembered of later days is forgotten.
    """
    static = _with_memory(segments)
    rebuilt = [segment for segment in static if segment.name in rebuild]
    for table in (REBUILDS, REBUILT_MEMBERS):
        connection.execute(
            f"delete from {table} where rebuilt_on > $1 or not list_contains($2, segment) "
            "or (rebuilt_on = $1 and list_contains($3, segment))",
            [as_of.day, [one.name for one in static], [one.name for one in rebuilt]],
        )
    for segment in rebuilt:
        connection.execute(
            f"insert into {REBUILDS} values ($1, $2, $3)",
            [segment.name, as_of.day, segment.rules_text],
        )
    rules = {one.name: one.rules for one in rebuilt if one.rules is not None}
    compiled = compile_rules(rules, known, as_of)
    day = f"${len(compiled.parameters) + 1}"
    connection.execute(
        f"insert into {REBUILT_MEMBERS} select segment, {day}, person_id from ({compiled.sql})",
        [*compiled.parameters, as_of.day],
    )
