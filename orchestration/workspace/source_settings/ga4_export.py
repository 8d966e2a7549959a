"""Settings of Google Analytics 4's BigQuery export."""

from pydantic import Field

from orchestration.workspace.setting_types import Text
from orchestration.workspace.source_settings.connector import ConnectorSettings


class Ga4ExportSettings(ConnectorSettings):
    """Files of GA4's BigQuery export, one or more a day."""

    path: Text = Field(
        default="exports/ga4",
        description="Folder of the files, or a pattern such as exports/ga4/events_*.parquet; "
        "relative to the workspace.",
    )
    orders: bool = Field(
        default=False,
        description="Whether purchases also land as commerce.orders, for shops whose orders land "
        "from nowhere else.",
    )
    last_click: bool = Field(
        default=True,
        description="Whether a session whose own events name no campaign takes that of GA4's "
        "session_traffic_source_last_click. GA4's reports do; they so carry an earlier campaign "
        "over to direct visits.",
    )
    event_types: dict[str, Text] = Field(
        default={},
        description="Names of the raw contract by GA4's names of events, such as "
        "{sign_up: form_submit}; over those that are built in.",
    )
