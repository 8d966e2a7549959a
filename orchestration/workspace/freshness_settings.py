"""How old the newest of each raw table may be."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from orchestration.workspace.setting_types import Number, RawTable
from orchestration.workspace.validation import WorkspaceModel

Hours = Annotated[Number, Field(gt=0)]


class FreshnessSettings(WorkspaceModel):
    """From what age on a table is stale."""

    targets: Mapping[RawTable, Hours] = Field(
        default={},
        description="Hours by raw table, such as {commerce.orders: 26}: a check warns of a table "
        "whose newest row is older at the end of the run's day.",
    )


def freshness_rows(settings: FreshnessSettings) -> list[dict[str, object]]:
    """The rows of `workspace.freshness_targets`."""
    return [
        {"source_table": table, "target_hours": float(hours)}
        for table, hours in settings.targets.items()
    ]
