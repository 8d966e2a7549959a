"""The whole section."""

from pydantic import Field

from orchestration.workspace.setting_types import Number, RawTable
from orchestration.workspace.source_settings.medusa import MedusaSettings
from orchestration.workspace.source_settings.postgres import PostgresSettings
from orchestration.workspace.validation import WorkspaceModel


class SourceSettings(WorkspaceModel):
    """What must have landed before a refresh may build, and what is fetched before."""

    required: tuple[RawTable, ...] = Field(
        default=(), description="Raw tables that must have rows, such as commerce.orders."
    )
    max_quarantined_share: Number = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Share of a table's landed rows in quarantine above which nothing is built.",
    )
    medusa: MedusaSettings | None = Field(
        default=None, description="A Medusa v2 shop on PostgreSQL; null where there is none."
    )
    postgres: PostgresSettings | None = Field(
        default=None, description="Any PostgreSQL, by tables and columns; null where there is none."
    )
