"""Who is in which segment, decided on the marts once they have passed their gate.

The history of members is what runs have found; a refused run must leave no trace in it.
"""

from collections.abc import Iterator

import dagster as dg
import duckdb

from orchestration.as_of import AsOf
from orchestration.defs.described import asset_specs
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.defs.ingestion.assets import POOL
from orchestration.defs.segments.unknown_members import named_by_hand_are_people
from orchestration.runs.resource import Refresh
from orchestration.segments.building import Built, build_segments
from orchestration.segments.fields import EVENTS, PEOPLE
from orchestration.segments.tables import PUBLISHED
from orchestration.workspace.segments import known_beside


@dg.multi_asset(
    name="segments",
    specs=asset_specs(PUBLISHED, "customers", (PEOPLE, EVENTS)),
    pool=POOL,
)
def segment_assets(refresh: Refresh) -> Iterator[dg.MaterializeResult[None]]:
    """Apply the rules and record who entered and left."""
    run = refresh.run
    with run.step("Segments") as step, run.database() as connection:
        known = known_beside(run.workspace.definitions / "segments.yaml")
        segments = run.definitions.segments
        built = build_segments(
            connection, segments, known, _as_of(connection), run.rebuild_segments
        )
        keep_and_refuse(connection, run, [named_by_hand_are_people(built.unknown)])
        step.rows = built.members
        step.note = _note(len(segments), built)
    for table in PUBLISHED:
        yield dg.MaterializeResult(asset_key=table.split("."))


def _as_of(connection: duckdb.DuckDBPyConnection) -> AsOf:
    """The day and the time zone that the marts were built with."""
    row = connection.execute("select as_of, timezone from workspace.settings").fetchone()
    if row is None:
        raise RuntimeError("workspace.settings is empty: the workspace's assets have not run")
    return AsOf(*row)


def _note(segments: int, built: Built) -> str:
    unknown = f", {len(built.unknown):,} unknown ids" if built.unknown else ""
    changed = f"{built.changed.entered:,} in, {built.changed.left:,} out"
    return f"{segments:,} segments: {changed}{unknown}" if segments else ""
