"""The data of the site: one Parquet file for each query of `reports/sources`, and their list.

Evidence's own step for this leaves out tables without rows, on which every page that reads
them fails, and turns columns of only nulls into numbers. DuckDB writes what was asked for.
"""

import json
from pathlib import Path

import duckdb
from pyarrow import parquet

from orchestration.commands.query import published_connection
from orchestration.reports.folders import QUERIES, SCHEMA
from orchestration.workspace.paths import Workspace

# Evidence shows only what JavaScript has a type for.
_AS_DOUBLE = ("DECIMAL", "HUGEINT", "BIGINT", "UBIGINT", "FLOAT")
_AS_TEXT = ("JSON", "UUID", "INTERVAL")


class SourceError(Exception):
    """A query of `reports/sources` does not fit the published file."""


def export(workspace: Workspace, folder: Path) -> int:
    """Write the site's tables and their manifest below `folder`, and return how many rows.

    Raises:
        UsageError: If nothing is published.
        SourceError: If a source query fails; the message names it.
    """
    rows = 0
    with published_connection(workspace) as published:
        for file in sorted(QUERIES.glob("*.sql")):
            target = folder / SCHEMA / file.stem / f"{file.stem}.parquet"
            target.parent.mkdir(parents=True)
            try:
                rows += _write(published, file.read_text(), target)
            except duckdb.Error as error:
                raise SourceError(f"{file}: {error}") from error
    _write_manifest(folder)
    return rows


def _write(published: duckdb.DuckDBPyConnection, query: str, target: Path) -> int:
    """Write one query's rows as Parquet; the connection itself may write no files."""
    relation = published.sql(query)
    columns = zip(relation.columns, relation.types, strict=True)
    typed = ", ".join(_as_shown(name, str(type_)) for name, type_ in columns)
    table = relation.project(typed).to_arrow_table()
    parquet.write_table(table, target, compression="zstd", store_schema=False)
    return int(table.num_rows)


def _as_shown(name: str, type_: str) -> str:
    """Return a column as a type that pages can show.

    Example:
        >>> _as_shown("spend", "DECIMAL(18,6)")
        'cast("spend" as double) as "spend"'
        >>> _as_shown("date", "DATE")
        '"date"'
    """
    if type_.startswith(_AS_DOUBLE):
        return f'cast("{name}" as double) as "{name}"'
    if type_.startswith(_AS_TEXT) or type_.endswith("[]"):
        return f'cast("{name}" as varchar) as "{name}"'
    return f'"{name}"'


def _write_manifest(folder: Path) -> None:
    files = sorted(folder.glob(f"{SCHEMA}/*/*.parquet"))
    # Evidence looks for these paths from the folder above `static`.
    paths = [str(Path("static/data") / file.relative_to(folder)) for file in files]
    manifest = {"renderedFiles": {SCHEMA: paths}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
