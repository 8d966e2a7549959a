"""Which fields a goal may name: the columns of its source and paths into its JSON columns."""

import re
from typing import Literal

from orchestration.ingestion.contract import Kind, table_named
from orchestration.workspace.errors import closest_first
from orchestration.workspace.validation import KeyProblem

GoalSource = Literal["event", "form", "lead", "order"]

TABLE_OF_SOURCE: dict[GoalSource, str] = {
    "event": "web.events",
    "form": "crm.form_submissions",
    "lead": "meta_ads.leads",
    "order": "commerce.orders",
}

# JSON columns and how the part after their dot is called in messages.
PATHS_OF_SOURCE: dict[GoalSource, dict[str, str]] = {
    "event": {"properties": "<path>", "context": "<path>"},
    "form": {"fields": "<path>"},
    "lead": {"field_data": "<name>"},
    "order": {},
}

NUMERIC_KINDS = frozenset({Kind.AMOUNT, Kind.COUNT, Kind.NUMBER})

# Operators of JSON paths, which would make a name match more than itself.
_PATH_OPERATORS = re.compile(r"[\x00-\x1f\"'*\[\]\\]")


def kind_of_field(source: GoalSource, field: str) -> Kind | None:
    """Return what a field means.

    Args:
        source: What the goal is on.
        field: A column, or a path into a JSON column such as `properties.percent`.

    Returns:
        The column's kind; `Kind.JSON` for a path, whose values may be anything; None if there
        is no such field.
    """
    columns = table_named(TABLE_OF_SOURCE[source]).columns
    if field in columns:
        return columns[field]
    column, _, path = field.partition(".")
    return Kind.JSON if column in PATHS_OF_SOURCE[source] and _is_path(path) else None


def unknown_field(source: GoalSource, key: str, field: str) -> KeyProblem:
    """Describe a field that does not exist, naming those that do, the closest first."""
    fields = [*table_named(TABLE_OF_SOURCE[source]).columns, *_paths(source)]
    accepted = f"the fields of {TABLE_OF_SOURCE[source]}, closest first: "
    accepted += ", ".join(closest_first(field, fields))
    return KeyProblem(key, field, accepted, what="unknown field")


def value_problem(source: GoalSource, field: str) -> KeyProblem | None:
    """Check that a goal's value field exists and holds numbers.

    Returns:
        What is wrong with it, or None.
    """
    columns = table_named(TABLE_OF_SOURCE[source]).columns
    kind = kind_of_field(source, field)
    if kind in NUMERIC_KINDS or (kind is Kind.JSON and field not in columns):
        return None
    numeric = [name for name, kind_there in columns.items() if kind_there in NUMERIC_KINDS]
    names = closest_first(field, numeric) + _paths(source)
    accepted = f"a number, or a numeric field of {TABLE_OF_SOURCE[source]}: " + ", ".join(names)
    what = "unknown field" if kind is None else "not a numeric field"
    return KeyProblem("", field, accepted, what=what)


def _paths(source: GoalSource) -> list[str]:
    return [f"{column}.{part}" for column, part in PATHS_OF_SOURCE[source].items()]


def _is_path(path: str) -> bool:
    return all(part.strip() for part in path.split(".")) and not _PATH_OPERATORS.search(path)
