"""What the server says it has: tables with their columns, and whether they may be read."""

from collections.abc import Iterable, Mapping

from orchestration.sources.connector import SourceRefusedError
from orchestration.sources.postgres.database import Database
from orchestration.sources.postgres.sql import literal
from orchestration.workspace.errors import closest_first

# By table, its columns with their types, such as `timestamp with time zone`.
Catalog = Mapping[str, Mapping[str, str]]


def read_catalog(database: Database, schema: str, tables: Iterable[str]) -> Catalog:
    """Return those of the tables, views included, that are there.

    Raises:
        SourceRefusedError: If one of them may not be read.
    """
    names = ", ".join(literal(table) for table in tables)
    found = database.rows(
        f"""
        select
            relations.relname::text as name,
            columns.attname::text as column_name,
            format_type(columns.atttypid, null) as type,
            case when has_schema_privilege(schemas.oid, 'usage')
                then has_column_privilege(relations.oid, columns.attnum, 'select') else false
            end as is_readable
        from pg_catalog.pg_class as relations
        join pg_catalog.pg_namespace as schemas on schemas.oid = relations.relnamespace
        join pg_catalog.pg_attribute as columns on columns.attrelid = relations.oid
        where schemas.nspname = {literal(schema)}
            and relations.relname in ({names})
            and relations.relkind in ('r', 'p', 'v', 'm', 'f')
            and columns.attnum > 0 and not columns.attisdropped
        order by 1, columns.attnum
        """
    )
    catalog: dict[str, dict[str, str]] = {}
    for row in found:
        readable = catalog.setdefault(row["name"], {})
        if row["is_readable"]:
            readable[row["column_name"]] = row["type"]
    _refuse_unreadable(schema, catalog)
    return catalog


def require_tables(catalog: Catalog, schema: str, tables: Iterable[str]) -> None:
    """Refuse to go on without tables.

    Raises:
        SourceRefusedError: If one is missing.
    """
    missing = [table for table in tables if table not in catalog]
    if missing:
        raise SourceRefusedError(
            f"the database has no table {', '.join(missing)} in its schema {schema}: check the "
            "database, and the names in adplan.yaml"
        )


def require_columns(catalog: Catalog, table: str, columns: Iterable[str]) -> None:
    """Refuse to go on without columns.

    Raises:
        SourceRefusedError: If the table has none of that name, or it may not be read.
    """
    for column in columns:
        if column not in catalog[table]:
            nearest = ", ".join(closest_first(column, list(catalog[table]))[:5])
            raise SourceRefusedError(
                f"the table {table} has no column {column} that may be read; closest: {nearest}"
            )


def _refuse_unreadable(schema: str, catalog: Catalog) -> None:
    closed = [f"{schema}.{table}" for table, columns in catalog.items() if not columns]
    if closed:
        raise SourceRefusedError(
            f"permission denied to read {', '.join(closed)}: grant select on the tables, and usage "
            f"on the schema, to the user of the connection"
        )
