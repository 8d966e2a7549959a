"""Whose segments may have changed since the last run.

Most people are today where they were yesterday. Comparing everybody row by row would take more
time and far more memory than deciding about them; so what is compared first is a string of bits
per person, one for each segment, and rows only for those of whom a bit differs.
"""

from collections.abc import Sequence

import duckdb

from orchestration.as_of import AsOf
from orchestration.segments.compiling import Compiled, decide
from orchestration.segments.fields import Known
from orchestration.segments.tables import MEMBERS, REBUILT_MEMBERS
from orchestration.workspace.segments import Segment

# Those who are named by hand or are in a segment that does not update itself, now or before, are
# few; they are always compared.
_TOUCHED = f"""
create or replace temp table touched as
with decided as (
    select
        person_id,
        hits,
        list_aggregate(hits, 'bitstring_agg', 1, {{segments}}) as bits
    from ({{decided}})
),

numbered as (
    select unnest({{names}}) as segment, generate_subscripts({{names}}, 1) as position
),

before as (
    select
        members.person_id,
        bitstring_agg(cast(numbered.position as integer), 1, {{segments}}) as bits,
        bool_or(members.added_reason = 'manual' or numbered.segment is null) as is_always
    from {MEMBERS} as members
    left join numbered on members.segment = numbered.segment
    where members.valid_to is null
    group by members.person_id
),

now as (
    select person_id from found_by_hand where person_id is not null

    union

    select person_id from {REBUILT_MEMBERS}
)

select
    coalesce(decided.person_id, before.person_id, now.person_id) as person_id,
    array_to_string(decided.hits, ',') as hits
from decided
full join before on decided.person_id = before.person_id
full join now on coalesce(decided.person_id, before.person_id) = now.person_id
where
    decided.bits is distinct from before.bits
    or before.is_always
    or now.person_id is not null
"""

# Of those people, whom the rules fit.
_BY_RULE = """
    select cast($1 as varchar[])[cast(hit as integer)] as segment, person_id
    from (select person_id, unnest(string_split(hits, ',')) as hit from touched where hits <> '')
"""


def find_touched(
    connection: duckdb.DuckDBPyConnection, segments: Sequence[Segment], known: Known, as_of: AsOf
) -> Compiled:
    """Apply the rules of the segments that update themselves, and keep who has to be compared.

    Args:
        connection: The build database; `found_by_hand` has who is named by hand.
        segments: The segments as they are defined.
        known: What rules can speak of.
        as_of: The day to look from.

    Returns:
        The query of whom the rules fit, segment and person_id, among the people in `touched`.
    """
    rules = {
        segment.name: segment.rules
        for segment in segments
        if segment.auto_update and segment.rules is not None
    }
    decided = decide(rules, known, as_of)
    names = f"cast(${len(decided.parameters) + 1} as varchar[])"
    query = _TOUCHED.format(decided=decided.sql, names=names, segments=max(len(rules), 1))
    connection.execute(query, [*decided.parameters, list(rules)])
    return Compiled(_BY_RULE, [list(rules)])
