"""JSON files as a relation of one row per document, broken ones included."""

import json
from typing import Any

import duckdb

from orchestration.ingestion.contract import table_named
from orchestration.ingestion.files import Format, LandingFile
from orchestration.ingestion.layouts import Shape, UnreadableFileError, layout_of
from orchestration.ingestion.sql import path_literal, text_literal

# A day of orders in one document is large but no error; DuckDB reserves twice this per thread.
_LARGEST_DOCUMENT_BYTES = 128 * 2**20
_LARGEST_LINE_BYTES = 32 * 2**20

_FORMS = {Shape.LINES: "newline_delimited", Shape.ARRAY: "array", Shape.OBJECTS: "unstructured"}

ACCEPTED_JSON = ".json, .jsonl, .ndjson, each also with .gz"


def documents_of(connection: duckdb.DuckDBPyConnection, file: LandingFile) -> str:
    """Look into a file: one document per line, an array of them, or one after the other.

    Returns:
        SQL for a `from` clause with one column, `json`; null where a line is no JSON.

    Raises:
        UnreadableFileError: If it is not JSON, or compressed and cut off.
        EmptyFileError: If it holds nothing.
    """
    if file.format not in (Format.JSON, Format.JSON_LINES):
        raise UnreadableFileError(f"not a JSON file; accepted are {ACCEPTED_JSON}")
    # The table only matters for the header of CSV files.
    layout = layout_of(connection, table_named("web.events"), file)
    is_lines = layout.shape is Shape.LINES
    options = [
        f"format = '{_FORMS[layout.shape]}'",
        f"maximum_object_size = {_LARGEST_LINE_BYTES if is_lines else _LARGEST_DOCUMENT_BYTES}",
        f"compression = '{'gzip' if layout.is_gzipped else 'uncompressed'}'",
        # One broken line costs one row and not the file.
        *(["ignore_errors = true"] if is_lines else []),
    ]
    return f"read_json_objects({path_literal(file.path)}, {', '.join(options)})"


def text_at(document: str, path: str) -> str:
    """SQL: what stands at a dotted path of a document, as text.

    Args:
        document: SQL expression of a JSON document.
        path: Keys from the outside in; a number is a place in an array.

    Example:
        >>> text_at("json", "context.page.url")
        "json_extract_string(json, '/context/page/url')"
    """
    return f"json_extract_string({document}, {text_literal(pointer(path))})"


def json_at(document: str, path: str) -> str:
    """SQL: what stands at a dotted path of a document, as JSON."""
    return f"nullif(json_extract({document}, {text_literal(pointer(path))}), 'null')"


def pointer(path: str) -> str:
    """A dotted path as a JSON pointer (RFC 6901).

    Example:
        >>> pointer("products.0.a/b")
        '/products/0/a~1b'
    """
    keys = (key.replace("~", "~0").replace("/", "~1") for key in path.split("."))
    return "".join(f"/{key}" for key in keys)


def sql_type(shape: Any) -> str:  # noqa: ANN401 (nested dictionaries, lists and type names)
    """A shape as a DuckDB type.

    Args:
        shape: A type's name, a dictionary of shapes for a struct, or a list of one shape.

    Example:
        >>> sql_type([{"key": "VARCHAR"}])
        'STRUCT("key" VARCHAR)[]'
    """
    if isinstance(shape, dict):
        members = ", ".join(f'"{name}" {sql_type(inner)}' for name, inner in shape.items())
        return f"STRUCT({members})"
    return f"{sql_type(shape[0])}[]" if isinstance(shape, list) else str(shape)


def transformed(document: str, shape: Any) -> str:  # noqa: ANN401 (as above)
    """SQL: a JSON document as a shape; what does not fit is null."""
    return f"json_transform({document}, {text_literal(json.dumps(shape))})"
