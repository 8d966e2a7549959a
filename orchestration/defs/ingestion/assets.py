"""Every raw table as an asset, loaded source by source from the workspace's landing folder."""

from collections.abc import Iterator
from dataclasses import asdict

import dagster as dg

from orchestration.defs.sources.assets import source_key
from orchestration.ingestion.contract import SOURCES, TABLES, Table
from orchestration.ingestion.load import load_table
from orchestration.runs.resource import Refresh
from orchestration.sources.registry import KINDS

POOL = "warehouse"


def _table_spec(table: Table) -> dg.AssetSpec:
    return dg.AssetSpec(
        [table.source, table.name],
        group_name=table.source,
        kinds={"duckdb"},
        description=f"Files of landing/{table.source}/{table.name}, typed and free of duplicates.",
        deps=[source_key(name) for name, kind in KINDS.items() if table.full_name in kind.tables],
        skippable=True,
    )


def _source_assets(source: str) -> dg.AssetsDefinition:
    tables = [table for table in TABLES if table.source == source]

    @dg.multi_asset(
        name=f"ingest_{source}",
        specs=[_table_spec(table) for table in tables],
        can_subset=True,
        pool=POOL,
    )
    def ingest(
        context: dg.AssetExecutionContext, refresh: Refresh
    ) -> Iterator[dg.MaterializeResult[None]]:
        run = refresh.run
        selected = context.op_execution_context.selected_asset_keys
        with run.database() as connection:
            for table in tables:
                if dg.AssetKey([table.source, table.name]) not in selected:
                    continue
                with run.step(f"Ingest {table.full_name}") as step:
                    folder = run.workspace.landing / table.source / table.name
                    counts = load_table(
                        connection, table, folder, run.load_run, reload=run.full_refresh
                    )
                    step.rows = counts.rows_read
                    step.note = _note(counts.rows_quarantined, counts.rows_duplicate)
                run.rows_read += counts.rows_read
                yield dg.MaterializeResult(
                    asset_key=[table.source, table.name],
                    metadata=asdict(counts),
                )

    return ingest


def _note(rows_quarantined: int, rows_duplicate: int) -> str:
    parts = (
        f"{rows_quarantined:,} quarantined" if rows_quarantined else "",
        f"{rows_duplicate:,} duplicate" if rows_duplicate else "",
    )
    return ", ".join(part for part in parts if part)


ingestion_assets = [_source_assets(source) for source in SOURCES]
