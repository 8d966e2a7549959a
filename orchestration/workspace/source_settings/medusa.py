"""Settings of `medusa`: a Medusa v2 shop, read from its PostgreSQL."""

from pydantic import Field

from orchestration.workspace.setting_types import VariableName
from orchestration.workspace.source_settings.postgres import DatabaseSettings


class MedusaSettings(DatabaseSettings):
    """A Medusa v2 shop."""

    url_variable: VariableName = Field(
        default="MEDUSA_DATABASE_URL",
        description="Name of the environment variable that holds the URL, such as "
        "postgresql://user:password@host:5432/medusa. The URL never belongs in this file.",
    )
