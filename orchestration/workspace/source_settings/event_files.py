"""Settings of JSON event files."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from orchestration.ingestion.contract import table_named
from orchestration.workspace.errors import closest_first
from orchestration.workspace.setting_types import Text
from orchestration.workspace.source_settings.connector import ConnectorSettings
from orchestration.workspace.validation import InvalidKeys, KeyProblem

Style = Literal["segment", "rudderstack", "snowplow", "custom"]

# What a custom mapping cannot do without: an event is of a type and happened at a moment.
_NEEDED = ("event_type", "timestamp")

_PATH = re.compile(r"[^.\s]+(\.[^.\s]+)*")


def _columns() -> tuple[str, ...]:
    return tuple(table_named("web.events").columns)


def _mapping(mapping: Mapping[str, str]) -> Mapping[str, str]:
    problems = [
        KeyProblem(
            column,
            path,
            "a column of web.events, closest first: "
            + ", ".join(closest_first(column, _columns())),
            "unknown column",
        )
        for column, path in mapping.items()
        if column not in _columns()
    ]
    problems += [
        KeyProblem(column, path, "keys joined by dots, such as context.page.url")
        for column, path in mapping.items()
        if column in _columns() and not _PATH.fullmatch(path)
    ]
    if problems:
        raise InvalidKeys(problems)
    return mapping


class EventFilesSettings(ConnectorSettings):
    """Files of JSON events at one place."""

    path: Text = Field(
        description="Folder of the files, or a pattern such as exports/segment/**/*.jsonl.gz; "
        "relative to the workspace."
    )
    style: Style = Field(
        description="Whose events they are: segment, rudderstack, snowplow or custom."
    )
    mapping: Annotated[dict[str, Text], AfterValidator(_mapping)] = Field(
        default={},
        description="Where a column of web.events stands in an event, such as "
        "{order_id: properties.order.number}; over what the style says. "
        "{properties: '*'} takes all that no other column takes.",
    )
    event_types: dict[str, Text] = Field(
        default={},
        description="Names of the raw contract by the files' names of events, such as "
        "{Signed Up: form_submit}; over those that are built in.",
    )

    @model_validator(mode="after")
    def _says_enough(self) -> "EventFilesSettings":
        missing = [column for column in _NEEDED if column not in self.mapping]
        if self.style == "custom" and missing:
            raise InvalidKeys(
                KeyProblem(
                    f"mapping.{column}",
                    None,
                    "where it stands in an event, such as payload.name: style custom knows nothing",
                    "missing key",
                )
                for column in missing
            )
        return self
