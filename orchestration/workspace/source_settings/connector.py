"""What the settings of every connector have in common."""

from pydantic import Field

from orchestration.workspace.validation import WorkspaceModel


class ConnectorSettings(WorkspaceModel):
    """A source that adplan fetches from."""

    required: bool = Field(
        default=True,
        description="Whether a run fails when it cannot be read; else the run goes on with what "
        "landed before, and a check says so.",
    )
