"""Which fields a rule may name: the columns of customers.dim_people, and counts of events.

The columns come from the description of the table, so that a new column is a field at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from orchestration.workspace.errors import DefinitionsError, closest_first
from orchestration.workspace.validation import KeyProblem
from orchestration.workspace.yaml_file import read_yaml

PEOPLE = "customers.dim_people"
EVENTS = "journeys.fct_journey_events"

EVENT_COUNT = "event_count"
PATTERNS_FIELD = "behaviours"

# The other names that fields go by.
ALIASES = {
    "total_orders": "orders",
    "total_spent": "revenue",
    "avg_order_value": "average_order_value",
    "behaviour": PATTERNS_FIELD,
    "behaviors": PATTERNS_FIELD,
    "behavior": PATTERNS_FIELD,
    "engagement": "engagement_score",
    "nps": "nps_score",
    "rfm": "rfm_segment",
}

PATTERNS = (
    "HIGH_SPENDER",
    "FREQUENT_SHOPPER",
    "WEEKEND_SHOPPER",
    "CATEGORY_FOCUSED",
    "LOCATION_CLUSTERED",
    "NEW_SHOPPER",
    "INACTIVE",
    "SEASONAL_SPENDER",
)

# Journeys name these by themselves; web events go by the names of stages.csv.
FIXED_EVENT_TYPES = (
    "session",
    "ad_click",
    "form_submit",
    "lead_capture",
    "purchase",
    "feedback",
    "support",
    "social_engage",
    "email_open",
    "email_click",
    "message_open",
    "message_click",
    "campaign_delivered",
    "user_unsubscribed",
)

_DESCRIPTION = (
    Path(__file__).parents[2] / "dbt_project" / "models" / "marts" / "customers" / "dim_people.yml"
)


class FieldKind(StrEnum):
    """What a field's values are, in the words of messages."""

    NUMBER = "a number"
    TEXT = "text"
    DATE = "a date"
    # Compared by the day it falls on in the workspace's time zone.
    MOMENT = "a time, compared by its date"
    FLAG = "true or false"
    PATTERNS = "a set of patterns"


_KINDS = {
    "bigint": FieldKind.NUMBER,
    "int": FieldKind.NUMBER,
    "integer": FieldKind.NUMBER,
    "double": FieldKind.NUMBER,
    "float": FieldKind.NUMBER,
    "decimal": FieldKind.NUMBER,
    "string": FieldKind.TEXT,
    "date": FieldKind.DATE,
    "timestamp": FieldKind.MOMENT,
    "boolean": FieldKind.FLAG,
}

Fields = Mapping[str, FieldKind]


@dataclass(frozen=True)
class Known:
    """What rules can speak of.

    Attributes:
        fields: The columns of customers.dim_people.
        event_types: The events of journeys; None where stages.csv does not tell.
    """

    fields: Fields
    event_types: tuple[str, ...] | None

    def column_of(self, field: str) -> str | None:
        """Return the column that a field's name stands for, or None if there is none."""
        name = field if field in self.fields else ALIASES.get(field, field)
        return name if name in self.fields else None


@cache
def person_fields() -> Fields:
    """Return the columns of customers.dim_people with what their values are.

    Raises:
        DefinitionsError: If the description of the table cannot be read.
        ValueError: If a column has a type that no rule can compare.
    """
    content: Any = read_yaml(_DESCRIPTION, DefinitionsError)
    columns = content["models"][0]["columns"]
    return {column["name"]: _kind(column["name"], column["data_type"]) for column in columns}


def _kind(name: str, data_type: str) -> FieldKind:
    if name == PATTERNS_FIELD:
        return FieldKind.PATTERNS
    kind = _KINDS.get(data_type.partition("(")[0])
    if kind is None:
        known = ", ".join(_KINDS)
        raise ValueError(f"{_DESCRIPTION}: {name} is {data_type}; a rule can compare {known}")
    return kind


def unknown_field(field: str, known: Known) -> KeyProblem:
    """Describe a field that does not exist, naming those that do, the closest first."""
    aliases = [alias for alias, column in ALIASES.items() if column in known.fields]
    names = [EVENT_COUNT, *aliases, *known.fields]
    accepted = f"{EVENT_COUNT} and the fields of {PEOPLE}, closest first: "
    return KeyProblem(
        "field", field, accepted + ", ".join(closest_first(field, names)), what="unknown field"
    )
