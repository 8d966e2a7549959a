"""Writes landing/README.md: which folder takes which table."""

from orchestration.ingestion.contract import TABLES, Table

_INTRODUCTION = """\
# Where files go

Drop files into the folder of their table, in subfolders if you like (`2026-03-01/...`):
`.csv`, `.csv.gz`, `.json`, `.jsonl` or `.parquet`. The columns below must be there; other
columns of the table are read where they exist, and unknown ones are kept aside. Times are UTC
unless they carry an offset. Loading the same file twice changes nothing.

| folder | required columns |
|---|---|
"""


def landing_readme() -> str:
    """Return the page, with one line per table of the raw contract."""
    lines = [
        f"| `{table.source}/{table.name}/` | {', '.join(_required_columns(table))} |\n"
        for table in TABLES
    ]
    return _INTRODUCTION + "".join(lines)


def _required_columns(table: Table) -> list[str]:
    """The key, and when it happened where a row without it is useless."""
    clock = [table.happened_at] if table.is_fact and table.happened_at else []
    return list(dict.fromkeys([*table.key, *clock]))
