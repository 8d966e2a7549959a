"""The forecasts section of `adplan.yaml`."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from orchestration.workspace.setting_types import Number, Whole
from orchestration.workspace.validation import WorkspaceModel

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

# The columns of forecasts.revenue that analysts rely on; a workspace may ask for more.
PUBLISHED_LEVELS = (0.5, 0.8, 0.95)


def _country(code: str) -> str:
    # Takes long to import, and few workspaces name a country.
    from holidays import list_supported_countries  # noqa: PLC0415

    wanted = code.strip().upper()
    if wanted not in list_supported_countries():
        raise ValueError("an ISO 3166 country code such as DE or US, whose holidays are known")
    return wanted


class ForecastSettings(WorkspaceModel):
    """How far ahead is forecast, and on which days the shop is open."""

    horizon_days: Whole = Field(
        default=30, ge=1, le=180, description="Days ahead that are forecast one by one."
    )
    totals_days: tuple[Whole, ...] = Field(
        default=(7, 30),
        min_length=1,
        description="Days ahead whose total is forecast with an interval of its own.",
    )
    levels: tuple[Number, ...] = Field(
        default=PUBLISHED_LEVELS,
        description="Chances that intervals hold what comes; 0.5, 0.8 and 0.95 always are.",
    )
    evaluation_weeks: Whole = Field(
        default=12,
        ge=2,
        le=52,
        description="Weeks of the past on which forecasts are tried each run.",
    )
    history_days: Whole = Field(
        default=730, ge=62, description="Days of the past that forecasts are made from."
    )
    closed_weekdays: tuple[Weekday, ...] = Field(
        default=(), description="Weekdays on which nothing is sold, such as [sunday]."
    )
    closed_dates: tuple[date, ...] = Field(
        default=(), description="Days on which nothing is sold, past and to come."
    )
    holiday_country: Annotated[str, AfterValidator(_country)] | None = Field(
        default=None,
        description="Country on whose public holidays nothing is sold, such as GB; null for none.",
    )
    holiday_subdivision: str | None = Field(
        default=None, description="State or region of that country, such as BY; null for none."
    )
    pacing_tolerance: Number = Field(
        default=0.05,
        ge=0,
        description="Share of its budget by which a campaign may miss it and still be on track.",
    )

    @field_validator("levels")
    @classmethod
    def _with_the_published(cls, levels: tuple[float, ...]) -> tuple[float, ...]:
        if not all(0 < level < 1 for level in levels):
            raise ValueError("numbers between 0 and 1, such as 0.9")
        return tuple(sorted({*levels, *PUBLISHED_LEVELS}))

    @field_validator("totals_days")
    @classmethod
    def _of_days_ahead(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if min(days) < 1:
            raise ValueError("numbers of days of at least 1")
        return tuple(sorted(set(days)))
