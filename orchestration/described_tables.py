"""Published tables that Python writes: what they hold, in SQL and in words, and how they get it."""

from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import pandas as pd
import pyarrow as pa


class Column(NamedTuple):
    """A column of a published table: its type, and its meaning in a sentence."""

    data_type: str
    description: str


class Table(NamedTuple):
    """A published table: its meaning, which ends with the grain, and its columns in order."""

    description: str
    columns: Mapping[str, Column]


# By full name, such as `experiments.results`.
Tables = Mapping[str, Table]


def replace_table(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, frame: pd.DataFrame
) -> None:
    """Replace a table by a frame that has its columns.

    Columns that the frame has beyond them are kept as numbers at the end; NaN becomes null.
    """
    schema, _ = name.split(".")
    connection.execute(f"create schema if not exists {schema}")
    types = {column: meaning.data_type for column, meaning in table.columns.items()}
    types |= {column: "double" for column in frame.columns if column not in types}
    content = pa.Table.from_pandas(frame[list(types)], preserve_index=False)
    connection.register("content", content)
    try:
        columns = ", ".join(
            f'cast("{column}" as {kind}) as "{column}"' for column, kind in types.items()
        )
        connection.execute(f"create or replace table {name} as select {columns} from content")
    finally:
        connection.unregister("content")
