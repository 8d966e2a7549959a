"""Names and values as SQL text, safe whatever they contain."""

from collections.abc import Iterable
from pathlib import Path


def identifier(name: str) -> str:
    """Return `name` as a SQL identifier.

    >>> print(identifier('six" screen'))
    "six"" screen"
    """
    return '"' + name.replace('"', '""') + '"'


def text_literal(value: str) -> str:
    """Return `value` as a SQL string.

    >>> text_literal("it's")
    "'it''s'"
    """
    return "'" + value.replace("'", "''") + "'"


def path_literal(path: Path) -> str:
    """Return `path` as a SQL string that DuckDB takes literally, not as a glob pattern."""
    escaped = str(path.absolute())
    for character in "[*?":
        escaped = escaped.replace(character, f"[{character}]")
    return text_literal(escaped)


def list_literal(items: Iterable[str]) -> str:
    """Return SQL expressions as a SQL list."""
    return "[" + ", ".join(items) + "]"
