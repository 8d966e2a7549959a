"""Who is told when a run fails or is refused."""

from pydantic import Field

from orchestration.workspace.setting_types import Text, VariableName, Whole
from orchestration.workspace.validation import WorkspaceModel


class EmailSettings(WorkspaceModel):
    """Through which server alerts are mailed, and to whom."""

    host: Text = Field(description="The SMTP server, such as smtp.example.com.")
    port: Whole = Field(default=587, ge=1, le=65535, description="Its port.")
    sender: Text = Field(description="The address alerts come from.")
    recipients: tuple[Text, ...] = Field(
        min_length=1, description="The addresses alerts go to, such as [data@example.com]."
    )
    starttls: bool = Field(
        default=True,
        description="Whether the connection is encrypted (STARTTLS). Without, nobody logs in.",
    )
    user_environment_variable: VariableName = Field(
        default="ADPLAN_SMTP_USER",
        description="Name of the environment variable that holds the user; unset to not log in.",
    )
    password_environment_variable: VariableName = Field(
        default="ADPLAN_SMTP_PASSWORD",
        description="Name of the environment variable that holds the password.",
    )


class AlertSettings(WorkspaceModel):
    """Where an alert goes."""

    webhook_environment_variable: VariableName = Field(
        default="ADPLAN_ALERT_WEBHOOK",
        description="Name of the environment variable that holds the URL alerts are posted to; "
        "unset to post none. The URL itself never belongs in this file.",
    )
    email: EmailSettings | None = Field(
        default=None, description="Where alerts are mailed to; null to mail none."
    )
