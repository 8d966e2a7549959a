"""Whose segments may have changed since the last run.

Most people are today where they were yesterday. Comparing everybody row by row would take more
time and far more memory than deciding about them; so a text per person is compared first, of the
segments whose rules fit, and rows only for those whose text differs.
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
    select person_id, array_to_string(hits, ',') as hits from ({{decided}})
),

numbered as (
    select unnest({{names}}) as segment, generate_subscripts({{names}}, 1) as position
),

before as (
    select members.person_id, array_to_string(list_sort(list(numbered.position)), ',') as hits
    from {MEMBERS} as members
    inner join numbered on members.segment = numbered.segment
    where members.valid_to is null and members.added_reason = 'rule'
    group by members.person_id
),

always as (
    select person_id from found_by_hand where person_id is not null

    union

    select person_id from {REBUILT_MEMBERS}

    union

    select person_id
    from {MEMBERS}
    where
        valid_to is null
        and (added_reason = 'manual' or segment not in (select segment from numbered))
)

select
    coalesce(decided.person_id, before.person_id, always.person_id) as person_id,
    decided.hits
from decided
full join before on decided.person_id = before.person_id
full join always on coalesce(decided.person_id, before.person_id) = always.person_id
where coalesce(decided.hits, '') <> coalesce(before.hits, '') or always.person_id is not null
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
    query = _TOUCHED.format(decided=decided.sql, names=names)
    connection.execute(query, [*decided.parameters, list(rules)])
    return Compiled(_BY_RULE, [list(rules)])
