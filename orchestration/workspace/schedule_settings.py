"""When Dagster refreshes by itself, and from which day on a range may be fetched again."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from orchestration.workspace.setting_types import Cron, Number, Whole, day
from orchestration.workspace.validation import WorkspaceModel

_CRON = "Minute, hour, day of month, month and day of week, in the workspace's time zone."

Day = Annotated[date, BeforeValidator(day)]


class HourlySettings(WorkspaceModel):
    """The refresh between two daily ones, for experiments."""

    enabled: bool = Field(default=False, description="Whether Dagster starts it by itself.")
    # Half past, so that it does not wait for the daily refresh at the full hour.
    cron: Cron = Field(default="30 * * * *", description=_CRON)


class WeeklySettings(WorkspaceModel):
    """The refresh that builds everything and fits every model anew."""

    enabled: bool = Field(default=False, description="Whether Dagster starts it by itself.")
    cron: Cron = Field(default="0 4 * * 0", description=_CRON)


class LandedFilesSettings(WorkspaceModel):
    """The refresh that files start by landing."""

    enabled: bool = Field(default=False, description="Whether Dagster watches landing/.")
    quiet_seconds: Whole = Field(
        default=120,
        ge=0,
        description="Seconds in which no file may have changed, so that a copy can end.",
    )
    minimum_minutes: Number = Field(
        default=15, ge=0, description="Minutes between two refreshes that files start."
    )


class ScheduleSettings(WorkspaceModel):
    """When Dagster refreshes the workspace by itself."""

    enabled: bool = Field(
        default=True, description="Whether Dagster starts the daily refresh by itself."
    )
    cron: Cron = Field(default="0 2 * * *", description=f"The daily refresh. {_CRON}")
    hourly: HourlySettings = Field(
        default=HourlySettings(), description="A refresh between two daily ones, for experiments."
    )
    weekly: WeeklySettings = Field(
        default=WeeklySettings(), description="A refresh that builds and fits everything anew."
    )
    landed_files: LandedFilesSettings = Field(
        default=LandedFilesSettings(), description="A refresh that files start by landing."
    )
    backfill_from: Day = Field(
        default=date(2020, 1, 1),
        description="The first day that Dagster's pages offer for fetching again.",
    )
