"""Experiments as rows for SQL, with what an experiment leaves open filled in from the settings."""

from datetime import UTC, datetime
from typing import NamedTuple

from orchestration.workspace.experiment_settings import ExperimentSettings
from orchestration.workspace.experiments import Experiment

Rows = list[dict[str, object]]


class MetricTraits(NamedTuple):
    """What is particular to a metric.

    Attributes:
        of_units: What it is of exposed units: proportion, mean, or ratio of two sums.
        of_ad_days: What it is of the days of ad sets.
        is_lower_better: Whether a fall is a success.
    """

    of_units: str
    of_ad_days: str
    is_lower_better: bool = False


METRICS = {
    "conversion_rate": MetricTraits("proportion", "ratio"),
    "ctr": MetricTraits("ratio", "ratio"),
    "cpc": MetricTraits("ratio", "ratio", is_lower_better=True),
    "roas": MetricTraits("ratio", "ratio"),
    "leads": MetricTraits("mean", "mean"),
    "revenue": MetricTraits("mean", "mean"),
}


def experiment_rows(experiments: tuple[Experiment, ...], settings: ExperimentSettings) -> Rows:
    """One row per experiment, drafts included; times in UTC without a timezone."""
    return [
        {
            "experiment": experiment.name,
            "experiment_index": index,
            "description": experiment.description,
            "experiment_type": experiment.type,
            "status": experiment.status,
            "source": _source(experiment),
            "unit": experiment.unit,
            "goal": experiment.goal,
            "confidence_level": experiment.confidence_level,
            "target_sample_size": experiment.target_sample_size,
            "minimum_effect": experiment.minimum_effect,
            "conversion_window_days": experiment.conversion_window_days
            or settings.conversion_window_days,
            "covariate_days": settings.covariate_days,
            "winsorising_quantile": settings.winsorising_quantile,
            "impression_events": _joined(settings.impression_events),
            "click_events": _joined(settings.click_events),
            "started_at": _utc(experiment.started_at),
            "paused_at": _utc(experiment.paused_at),
            "ended_at": _utc(experiment.ended_at),
        }
        for index, experiment in enumerate(experiments, start=1)
    ]


def variant_rows(experiments: tuple[Experiment, ...]) -> Rows:
    """One row per experiment and variant."""
    return [
        {
            "experiment": experiment.name,
            "variant": variant.name,
            "variant_index": index,
            "split": variant.split,
            "is_control": variant.is_control,
        }
        for experiment in experiments
        for index, variant in enumerate(experiment.variants, start=1)
    ]


def ad_set_rows(experiments: tuple[Experiment, ...]) -> Rows:
    """One row per ad set that is (a part of) an arm."""
    return [
        {"experiment": experiment.name, "variant": variant.name, "ad_set_id": ad_set}
        for experiment in experiments
        for variant in experiment.variants
        for ad_set in variant.ad_sets
    ]


def metric_rows(experiments: tuple[Experiment, ...]) -> Rows:
    """One row per experiment and metric: the primary one, then the guardrails."""
    return [
        {
            "experiment": experiment.name,
            "metric": metric,
            "metric_role": "primary" if metric == experiment.primary_metric else "guardrail",
            "metric_kind": _kind(experiment, metric),
            "is_lower_better": METRICS[metric].is_lower_better,
        }
        for experiment in experiments
        for metric in dict.fromkeys((experiment.primary_metric, *experiment.guardrail_metrics))
    ]


def dimension_rows(experiments: tuple[Experiment, ...]) -> Rows:
    """One row per experiment and dimension that its results are also split by."""
    return [
        {"experiment": experiment.name, "dimension": dimension}
        for experiment in experiments
        for dimension in dict.fromkeys(experiment.dimensions)
    ]


def _source(experiment: Experiment) -> str:
    """What its arms are made of: exposed units, or the days of the ad sets it names."""
    names_ad_sets = any(variant.ad_sets for variant in experiment.variants)
    return "ad_days" if names_ad_sets else "units"


def _kind(experiment: Experiment, metric: str) -> str:
    traits = METRICS[metric]
    return traits.of_units if _source(experiment) == "units" else traits.of_ad_days


def _joined(event_types: tuple[str, ...]) -> str:
    return ",".join(sorted({event_type.lower() for event_type in event_types}))


def _utc(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC).replace(tzinfo=None)
