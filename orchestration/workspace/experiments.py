"""Loads experiments.yaml: what was tried, between which variants, and what decides it."""

from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationInfo, field_validator, model_validator

from orchestration.workspace.setting_types import Number, Text, Whole
from orchestration.workspace.validation import InvalidKeys, KeyProblem, WorkspaceModel
from orchestration.workspace.yaml_items import load_items

ExperimentMetric = Literal["conversion_rate", "ctr", "cpc", "roas", "leads", "revenue"]

# All of them are known before the first exposure, so that no variant can have changed them.
ExperimentDimension = Literal["country", "device", "channel", "landing_page", "customer_type"]

# Three arms of 0.333 are meant to be thirds.
SPLIT_TOLERANCE = 0.0011


class Variant(WorkspaceModel):
    """One arm of an experiment."""

    name: Text = Field(description="as it lands in experiments.exposures")
    split: Number = Field(gt=0, le=1, description="its share of the units, such as 0.5")
    is_control: bool = Field(default=False, description="whether the others are compared with it")
    ad_sets: tuple[Text, ...] = Field(
        default=(), description="ids of the Meta ad sets that are this arm, instead of exposures"
    )


class Experiment(WorkspaceModel):
    """One experiment."""

    name: Text = Field(description="as it lands in experiments.exposures")
    description: str = Field(default="", description="what is tried and why")
    type: Literal["ad_creative", "landing_page", "audience", "budget", "bidding"] = Field(
        description="what differs between the variants"
    )
    status: Literal["draft", "running", "paused", "completed"] = Field(
        default="draft", description="drafts are not analysed"
    )
    primary_metric: ExperimentMetric = Field(
        default="conversion_rate", description="the metric that decides"
    )
    guardrail_metrics: tuple[ExperimentMetric, ...] = Field(
        default=(), description="metrics that must not get worse"
    )
    goal: str | None = Field(
        default=None, description="the goal that is converted to; without one, every purchase goal"
    )
    unit: Literal["visitor", "customer"] = Field(
        default="visitor", description="what is assigned to a variant"
    )
    dimensions: tuple[ExperimentDimension, ...] = Field(
        default=(), description="what results are also split by, as it was before exposure"
    )
    variants: tuple[Variant, ...] = Field(
        default=(), description="two or more, one of them the control; without, no result"
    )
    confidence_level: Number = Field(
        default=0.95, ge=0.5, lt=1, description="one minus the false positives accepted"
    )
    target_sample_size: Whole | None = Field(
        default=None, ge=1, description="units over all variants after which it may be decided"
    )
    minimum_effect: Number = Field(
        default=0.1, gt=0, description="relative lift worth finding, such as 0.1 for a tenth"
    )
    conversion_window_days: Whole | None = Field(
        default=None, ge=1, description="days after exposure that count; else as in the settings"
    )
    started_at: datetime | None = Field(default=None, description="a date, or a time in UTC")
    paused_at: datetime | None = Field(
        default=None, description="a date, which is its beginning, or a time in UTC"
    )
    ended_at: datetime | None = Field(
        default=None, description="a date, which is its last whole day, or a time in UTC"
    )

    @field_validator("started_at", "paused_at", "ended_at", mode="before")
    @classmethod
    def _to_utc(cls, value: object, info: ValidationInfo) -> datetime:
        """A bare date is a day of the workspace; a time is UTC unless it carries an offset."""
        read = date_or_time(value)
        if isinstance(read, datetime):
            return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
        timezone = (info.context or {}).get("timezone", UTC)
        clock = time.max if info.field_name == "ended_at" else time.min
        return datetime.combine(read, clock, tzinfo=timezone).astimezone(UTC)

    @model_validator(mode="after")
    def _can_be_analysed(self) -> "Experiment":
        problems = _variant_problems(self) + _ad_set_problems(self) + _date_problems(self)
        if problems:
            raise InvalidKeys(problems)
        return self

    @property
    def control(self) -> Variant | None:
        """The variant the others are compared with; without one nothing can be compared."""
        return next((variant for variant in self.variants if variant.is_control), None)


def date_or_time(value: object) -> date:
    """Read a date or a time, as YAML has read it or as ISO text.

    Raises:
        ValueError: If it is neither; the message says what is accepted.
    """
    if isinstance(value, date):
        return value
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(str(value))
        except ValueError:
            continue
    raise ValueError("a date such as 2026-03-01, or a time such as 2026-03-01T09:00:00Z")


def _variant_problems(experiment: Experiment) -> list[KeyProblem]:
    """What is wrong with the variants.

    Too few of them, or no control, is not: such an experiment has a result that says so, and
    does not stop the run of the others.
    """
    variants = experiment.variants
    names = [variant.name for variant in variants]
    controls = [variant.name for variant in variants if variant.is_control]
    problems = []
    if len(set(names)) < len(names):
        problems.append(KeyProblem("variants", names, "a name of its own for each variant"))
    total = sum(variant.split for variant in variants)
    if variants and abs(total - 1) > SPLIT_TOLERANCE:
        given = [variant.split for variant in variants]
        accepted = f"splits that sum to 1; these sum to {total:g}"
        problems.append(KeyProblem("variants", given, accepted))
    if len(controls) > 1:
        accepted = "exactly one variant with is_control: true"
        problems.append(KeyProblem("variants", controls, accepted, what="control"))
    return problems


def _ad_set_problems(experiment: Experiment) -> list[KeyProblem]:
    """What keeps ad sets from being the arms: some variants without, or one ad set twice."""
    given = {variant.name: list(variant.ad_sets) for variant in experiment.variants}
    counts = Counter(ad_set for ad_sets in given.values() for ad_set in ad_sets)
    problems = []
    if counts and not all(given.values()):
        without = [name for name, ad_sets in given.items() if not ad_sets]
        accepted = "ad_sets for every variant, or for none"
        problems.append(KeyProblem("variants", without, accepted, what="variants without ad_sets"))
    repeated = [ad_set for ad_set, count in counts.items() if count > 1]
    if repeated:
        problems.append(KeyProblem("variants", repeated, "each ad set once, in one variant"))
    return problems


def _date_problems(experiment: Experiment) -> list[KeyProblem]:
    """What is wrong with the period."""
    start, pause, end = experiment.started_at, experiment.paused_at, experiment.ended_at
    if start is None:
        if experiment.status == "draft":
            return []
        accepted = "a date, since only a draft has not started"
        return [KeyProblem("started_at", None, accepted, what="missing key")]
    problems = []
    if pause is not None and pause < start:
        accepted = f"a date not before started_at ({start.isoformat()})"
        problems.append(KeyProblem("paused_at", pause.isoformat(), accepted))
    if end is not None and end <= start:
        accepted = f"a date after started_at ({start.isoformat()})"
        problems.append(KeyProblem("ended_at", end.isoformat(), accepted))
    return problems


def load_experiments(path: Path, timezone: str = "UTC") -> tuple[Experiment, ...]:
    """Read `experiments.yaml`.

    Args:
        path: The file; it may be missing.
        timezone: The workspace's time zone, in which bare dates begin and end.

    Returns:
        The experiments in their order, with times in UTC.

    Raises:
        DefinitionsError: If the file or an experiment is wrong; it lists every problem.
    """
    context = {"timezone": ZoneInfo(timezone)}
    return load_items(path, "experiments", Experiment, context) or ()
