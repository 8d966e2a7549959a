"""`adplan segment`: which segments there are, and whom rules would fit."""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from orchestration.as_of import AsOf
from orchestration.commands.console import UsageError, out, print_json, print_table
from orchestration.commands.query import published_connection
from orchestration.commands.segment_rules import read_rules
from orchestration.segments.compiling import compile_rules
from orchestration.segments.fields import PEOPLE
from orchestration.segments.tables import SEGMENTS
from orchestration.workspace.paths import Workspace
from orchestration.workspace.segments import Segment, known_beside, load_segments
from orchestration.workspace.settings import load_settings

_PUBLISHED = f"""
select segment, rules, members, manual_members, unknown_manual_members, rebuilt_on, has_new_rules
from {SEGMENTS}
where removed_on is null
"""

# The run whose tables these are is the last one of its own record of runs.
_AS_OF = "select as_of from health.runs where outcome = 'published' order by started_at desc"

_FITTING = f"""
select people.person_id, people.orders, people.revenue
from ({{sql}}) as fitting
inner join {PEOPLE} as people on fitting.person_id = people.person_id
order by people.revenue desc nulls last, people.person_id
limit {{limit}}
"""


class _Published(NamedTuple):
    """What the published tables say of a segment."""

    rules: str | None
    members: int
    manual_members: int
    unknown_manual_members: int
    rebuilt_on: date | None
    has_new_rules: bool


def list_segments(directory: Path, *, as_json: bool) -> None:
    """Print the segments there are, and who was in them when they were last published."""
    workspace = Workspace.open(directory)
    segments = load_segments(workspace.definitions / "segments.yaml")
    published = _published(workspace)
    rows = [_described(segment, published.get(segment.name)) for segment in segments]
    if as_json:
        print_json(rows)
    elif rows:
        shown = [name for name in rows[0] if name not in ("description", "is_built")]
        titles = [name.replace("_", " ") for name in shown]
        print_table("", titles, [[_word(row[name]) for name in shown] for row in rows])
    else:
        out.print("definitions/segments.yaml has no segments yet.", highlight=False)


def _published(workspace: Workspace) -> dict[str, _Published]:
    if not workspace.published_database.exists():
        return {}
    with published_connection(workspace) as connection:
        try:
            rows = connection.execute(_PUBLISHED).fetchall()
        except duckdb.CatalogException:
            # Published by a version that knew no segments: none is built yet.
            return {}
    return {name: _Published(*rest) for name, *rest in rows}


def _described(segment: Segment, published: _Published | None) -> dict[str, object]:
    return {
        "segment": segment.name,
        "description": segment.description,
        "type": segment.type,
        "auto_update": segment.auto_update,
        "members": published and published.members,
        "manual_members": published and published.manual_members,
        "rebuilt_on": published and published.rebuilt_on,
        "is_built": published is not None,
        "state": _state(segment, published),
    }


def _state(segment: Segment, published: _Published | None) -> str:
    """What its owner should know of it."""
    if published is None:
        return "not built yet: the next refresh does"
    states = []
    if not segment.auto_update and segment.rules is not None:
        if published.rebuilt_on is None:
            states.append("rules never applied: `adplan segment rebuild` does")
        elif published.has_new_rules or published.rules != segment.rules_text:
            states.append("rules changed since: `adplan segment rebuild` applies them")
    elif published.rules != segment.rules_text:
        states.append("rules changed since: the next refresh applies them")
    if published.unknown_manual_members:
        states.append(f"{published.unknown_manual_members:,} unknown in manual_members")
    return "; ".join(states) or "built"


def _word(value: object) -> object:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def preview(directory: Path, given: str, limit: int, *, as_json: bool) -> None:
    """Print how many people rules fit by the published tables, and the first few of them."""
    workspace = Workspace.open(directory)
    file = workspace.definitions / "segments.yaml"
    known = known_beside(file)
    rules = read_rules(given, file, known)
    timezone = load_settings(workspace).timezone
    with published_connection(workspace) as connection:
        try:
            as_of = AsOf(_scalar(connection, _AS_OF), timezone)
            compiled = compile_rules({"preview": rules}, known, as_of)
            people = _scalar(connection, f"select count(*) from {PEOPLE}")
            counted = f"select count(*) from ({compiled.sql})"
            fitting = _scalar(connection, counted, compiled.parameters)
            query = _FITTING.format(sql=compiled.sql, limit=limit)
            first = connection.execute(query, compiled.parameters).fetchall()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise UsageError(
                f"The published tables of {workspace.root} are of another version of adplan: "
                f"run `adplan refresh -w {workspace.root}` first ({error})"
            ) from error
    columns = ("person_id", "orders", "revenue")
    share = fitting / people if people else None
    if as_json:
        rows = [dict(zip(columns, row, strict=True)) for row in first]
        counts = {"people": fitting, "of_people": people, "share": share, "as_of": as_of.day}
        print_json({**counts, "first": rows})
        return
    of_all = "" if share is None else f", {share:.1%} of {people:,}"
    noun = "person" if fitting == 1 else "people"
    out.print(f"{fitting:,} {noun}{of_all}, as of {as_of.day}.", highlight=False)
    if first:
        print_table("", columns, first)


def _scalar(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: list[object] | None = None
) -> Any:  # noqa: ANN401 (whatever the query selects)
    row = connection.execute(query, parameters).fetchone()
    return None if row is None else row[0]
