"""Rows as JSON objects in text, by column and not by row."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from python_assets.simulation.dirt import text_of

_LARGE = pa.large_string()
# In this order: a backslash put in by a later replacement must not be doubled.
_ESCAPES = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"))


def json_text(rows: pa.Table, json_columns: Sequence[str] = ()) -> pa.ChunkedArray:
    """Write each row as a JSON object.

    Args:
        rows: Columns of text, numbers, flags, times or dictionaries of text.
        json_columns: Text columns that already hold JSON and go in as they are.

    Returns:
        One JSON text per row; nulls are written as null.

    Examples:
        >>> rows = pa.table({"id": ["a"], "n": [1], "actions": ['[{"value":"2"}]']})
        >>> json_text(rows, ["actions"])[0].as_py()
        '{"id":"a","n":1,"actions":[{"value":"2"}]}'
    """
    parts: list[pa.ChunkedArray | pa.Scalar] = []
    for position, name in enumerate(rows.column_names):
        before = "{" if position == 0 else ","
        parts.append(pa.scalar(f'{before}"{name}":', _LARGE))
        parts.append(_value_text(rows[name], is_json=name in json_columns))
    parts.append(pa.scalar("}", _LARGE))
    return pc.binary_join_element_wise(*parts, pa.scalar("", _LARGE))


def _value_text(column: pa.ChunkedArray, *, is_json: bool) -> pa.ChunkedArray:
    kind = column.type
    is_bare = is_json or pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    text = text_of(column)
    if not (is_bare or pa.types.is_floating(kind)):
        for plain, escaped in _ESCAPES:
            text = pc.replace_substring(text, plain, escaped)
        quote = pa.scalar('"', _LARGE)
        text = pc.binary_join_element_wise(quote, text, quote, pa.scalar("", _LARGE))
    return pc.fill_null(text, pa.scalar("null", _LARGE))
