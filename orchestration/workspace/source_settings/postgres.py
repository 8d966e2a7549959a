"""Settings of `postgres`: a database, and which of its columns are which of the contract."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from orchestration.ingestion.contract import table_named
from orchestration.workspace.setting_types import RawTable, Text, VariableName, Whole
from orchestration.workspace.source_settings.connector import ConnectorSettings
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel


def _values(given: object) -> object:
    """One value or several, as a list of what PostgreSQL writes them as."""
    several = given if isinstance(given, list | tuple) else [given]
    return [str(value).lower() if isinstance(value, bool) else value for value in several]


Values = Annotated[tuple[str, ...], BeforeValidator(_values), Field(min_length=1)]


class DatabaseSettings(ConnectorSettings):
    """What the settings of every PostgreSQL have in common."""

    url_variable: VariableName = Field(
        description="Name of the environment variable that holds the URL, such as "
        "postgresql://user:password@host:5432/database. The URL never belongs in this file.",
    )
    database_schema: Text = Field(
        default="public", description="Schema of the database that the tables are in."
    )
    overlap_minutes: Whole = Field(
        default=60,
        ge=0,
        description="Minutes before the newest row read that are read again, for transactions "
        "that end later than the moments they write.",
    )
    batch_rows: Whole = Field(
        default=200_000, ge=1000, description="Rows in one landed file, and in memory."
    )


class MappedTable(WorkspaceModel):
    """A table or view of the database, and what it is in the raw contract."""

    table: RawTable = Field(description="Raw table that its rows are, such as commerce.orders.")
    source_table: Text = Field(
        description="Table or view of the database, as name or schema.name. A join is a view."
    )
    columns: dict[Text, Text] = Field(
        description="Columns of the raw contract, each with the column of the database it is."
    )
    cursor: Text | None = Field(
        default=None,
        description="Column of the database that says when a row last changed; without it all "
        "rows are read each time.",
    )
    deleted_at: Text | None = Field(
        default=None, description="Column of the database that says when a row was deleted."
    )
    where: dict[Text, Values] = Field(
        default={},
        description="Columns of the database, each with the value or values a row must have.",
    )

    @model_validator(mode="after")
    def _columns_are_of_the_contract(self) -> Self:
        contract = table_named(self.table)
        wanted = [*contract.key, *([contract.happened_at] if contract.is_fact else [])]
        problems = [
            KeyProblem(
                f"columns.{name}", source, f"columns of {self.table}: {_list(contract.columns)}"
            )
            for name, source in self.columns.items()
            if name not in contract.columns
        ]
        problems += [
            KeyProblem("columns", None, f"the column of the database that {name} is", f"no {name}")
            for name in wanted
            if name not in self.columns
        ]
        if self.deleted_at and not self.cursor:
            problems.append(
                KeyProblem("deleted_at", self.deleted_at, "a cursor beside it, to see deletions by")
            )
        if problems:
            raise InvalidKeys(problems)
        return self

    def place(self, schema: str) -> tuple[str, str]:
        """Return schema and name of the table, the former unless it says its own."""
        before, dot, name = self.source_table.partition(".")
        return (before, name) if dot else (schema, before)

    def columns_read(self) -> list[str]:
        """Return all columns of the database that are asked for."""
        single = [column for column in (self.cursor, self.deleted_at) if column]
        return [*self.columns.values(), *single, *self.where]


class PostgresSettings(DatabaseSettings):
    """Any PostgreSQL."""

    url_variable: VariableName = Field(
        default="POSTGRES_DATABASE_URL",
        description="Name of the environment variable that holds the URL, such as "
        "postgresql://user:password@host:5432/database. The URL never belongs in this file.",
    )
    tables: tuple[MappedTable, ...] = Field(
        min_length=1, description="What is read, and what it is in the raw contract."
    )

    @model_validator(mode="after")
    def _nothing_is_read_twice(self) -> Self:
        seen: dict[tuple[str, str, str], int] = {}
        problems = []
        for place, mapped in enumerate(self.tables, 1):
            key = (mapped.table, *mapped.place(self.database_schema))
            if key in seen:
                accepted = (
                    f"each pair of table and source_table once; it is tables[{seen[key]}] too"
                )
                problems.append(KeyProblem(f"tables[{place}]", mapped.source_table, accepted))
            seen[key] = place
        if problems:
            raise InvalidKeys(problems)
        return self


def _list(columns: Mapping[str, object]) -> str:
    return ", ".join(columns)
