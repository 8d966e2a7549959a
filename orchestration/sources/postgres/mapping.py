"""Any PostgreSQL: tables and columns as the settings map them."""

import re
from collections.abc import Mapping
from datetime import timedelta

from orchestration.ingestion.contract import table_named
from orchestration.ingestion.sql import identifier
from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.postgres.catalog import (
    Catalog,
    read_catalog,
    require_columns,
    require_tables,
)
from orchestration.sources.postgres.connector import PostgresConnector
from orchestration.sources.postgres.database import Database
from orchestration.sources.postgres.deleted import DELETED
from orchestration.sources.postgres.extract import CHANGED_AT, Extract, Window
from orchestration.sources.postgres.fetching import Reading
from orchestration.sources.postgres.sql import literal, relation
from orchestration.workspace.settings import Settings
from orchestration.workspace.source_settings.postgres import MappedTable, PostgresSettings

_MOMENTS = ("timestamp with time zone", "timestamp without time zone", "date")
# Taken as they are; all else is landed as text, which no type of Arrow makes less exact.
_KEPT = (*_MOMENTS, "boolean", "smallint", "integer", "bigint")


def of(settings: Settings) -> PostgresConnector | None:
    """The connector of the settings, where they name one."""
    chosen = settings.sources.postgres
    if chosen is None:
        return None
    reading = Reading("postgres", timedelta(minutes=chosen.overlap_minutes), chosen.batch_rows)
    return PostgresConnector(
        name="postgres",
        tables=tuple(dict.fromkeys(mapped.table for mapped in chosen.tables)),
        is_required=chosen.required,
        url_variable=chosen.url_variable,
        reading=reading,
        extracts=lambda database: _extracts(database, chosen),
    )


def _extracts(database: Database, chosen: PostgresSettings) -> list[Extract]:
    found: list[Extract] = []
    for mapped in chosen.tables:
        schema, table = mapped.place(chosen.database_schema)
        catalog = read_catalog(database, schema, [table])
        require_tables(catalog, schema, [table])
        require_columns(catalog, table, mapped.columns_read())
        found.append(_extract(mapped, schema, table, catalog))
    return found


def _extract(mapped: MappedTable, schema: str, table: str, catalog: Catalog) -> Extract:
    types = catalog[table]
    for column in filter(None, (mapped.cursor, mapped.deleted_at)):
        if types[column] not in _MOMENTS:
            raise SourceRefusedError(
                f"the column {column} of {table} is of type {types[column]}: a cursor and "
                "deleted_at have to be moments (timestamp or date)"
            )
    changed_at = _changed_at(mapped)
    place = relation(schema, table)
    name = re.sub(r"[^A-Za-z0-9]+", "-", f"{schema}-{table}")
    newest = f"select max({changed_at}) as newest from {place}" if changed_at else None
    return Extract(mapped.table, name, lambda window: _select(mapped, place, types, window), newest)


def _changed_at(mapped: MappedTable) -> str | None:
    """SQL of when a row last changed, as a moment with a timezone."""
    if mapped.cursor is None:
        return None
    columns = [identifier(column) for column in (mapped.cursor, mapped.deleted_at) if column]
    return f"greatest({', '.join(f'{column}::timestamptz' for column in columns)})"


def _select(mapped: MappedTable, place: str, types: Mapping[str, str], window: Window) -> str:
    """The query of a mapped table's rows, in the order of their keys."""
    columns = _columns(mapped, types)
    order = [identifier(mapped.columns[key]) for key in table_named(mapped.table).key]
    conditions = [
        f"{identifier(column)}::text in ({', '.join(map(literal, values))})"
        for column, values in mapped.where.items()
    ]
    if mapped.deleted_at and mapped.table not in DELETED:
        conditions.append(f"{identifier(mapped.deleted_at)} is null")
    if changed_at := _changed_at(mapped):
        columns[CHANGED_AT] = changed_at
        conditions.append(window.condition(changed_at))
    listed = ", ".join(f"{sql} as {identifier(name)}" for name, sql in columns.items())
    where = " and ".join(conditions) or "true"
    return f"select {listed} from {place} where {where} order by {', '.join(order)}"


def _columns(mapped: MappedTable, types: Mapping[str, str]) -> dict[str, str]:
    """SQL by column of the contract."""
    columns = {target: _kept(source, types) for target, source in mapped.columns.items()}
    newest_by = table_named(mapped.table).newest_by
    if newest_by and mapped.cursor:
        # Of two rows of a key the one that changed last wins: a deletion is a change.
        columns[newest_by] = str(_changed_at(mapped))
    if mapped.deleted_at:
        deleted_at = f"{identifier(mapped.deleted_at)}::timestamptz"
        for target, said in DELETED.get(mapped.table, {}).items():
            before = columns.get(target, "null")
            after = said.format(deleted_at=deleted_at)
            columns[target] = f"case when {deleted_at} is null then {before} else {after} end"
    return columns


def _kept(column: str, types: Mapping[str, str]) -> str:
    return identifier(column) if types[column] in _KEPT else f"{identifier(column)}::text"
