"""Who is in which segment, decided on the marts once they have passed their gate.

The history of members is what runs have found; a refused run must leave no trace in it.
"""

from collections.abc import Iterator

import dagster as dg

from orchestration.defs.described import asset_specs
from orchestration.defs.gates.outcome import keep_and_refuse
from orchestration.defs.ingestion.assets import POOL
from orchestration.defs.segments.unknown_members import named_by_hand_are_people
from orchestration.runs.resource import Refresh
from orchestration.segments.building import Built, build_segments
from orchestration.segments.fields import EVENTS, PEOPLE
from orchestration.segments.tables import PUBLISHED
from orchestration.workspace.segments import known_beside
from orchestration.workspace_tables import built_as_of


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
            connection, segments, known, built_as_of(connection), run.rebuild_segments
        )
        keep_and_refuse(connection, run, [named_by_hand_are_people(built.unknown)])
        step.rows = built.members
        step.note = _note(len(segments), built)
    for table in PUBLISHED:
        yield dg.MaterializeResult(asset_key=table.split("."))


def _note(segments: int, built: Built) -> str:
    unknown = f", {len(built.unknown):,} unknown ids" if built.unknown else ""
    changed = f"{built.changed.entered:,} in, {built.changed.left:,} out"
    return f"{segments:,} segments: {changed}{unknown}" if segments else ""
