"""Judge simulated experiments in a process of its own: `python -m ...calibration REPETITIONS`.

Prints the figures, each as a line of JSON.
"""

import json
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.experiments.figures import Figure
from benchmarks.experiments.published import (
    ALPHA,
    LEVEL,
    excludes,
    has_winner,
    per_denominator,
    published,
    relative,
)
from benchmarks.experiments.simulated import Clicks, Conversion, Metric, Rates, Revenue, joined
from python_assets.experiments.arrays import Booleans, Floats
from python_assets.experiments.moments import Moments

DAYS = 60
_POWER = 0.8
_AT_ONCE = 100

# What is measured, on how many in a hundred it rests, and by how much treatment is better where
# it is: so that some 8,000 units per arm are what the sample size is computed to be.
SCENARIOS: dict[str, tuple[Metric, float, float]] = {
    "conversion rate 1 %": (Conversion(), 0.01, 0.5),
    "conversion rate 10 %": (Conversion(), 0.1, 0.15),
    "revenue, 2 % buy": (Revenue(), 0.02, 0.5),
    "revenue, 10 % buy": (Revenue(), 0.1, 0.25),
    "winsorised revenue, 2 %": (Revenue(0.99), 0.02, 0.5),
    "winsorised revenue, 10 %": (Revenue(0.99), 0.1, 0.25),
    "CTR 2 %, by user": (Clicks(), 0.02, 0.25),
    "CTR 10 %, by user": (Clicks(), 0.1, 0.1),
}


class Experiments(NamedTuple):
    """Repetitions of an experiment.

    Attributes:
        metric: What was measured.
        rates: True rates of control and treatment.
        control: Sums by repetition and day.
        treatment: Likewise.
        results: What would be published by repetition and day.
    """

    metric: Metric
    rates: Rates
    control: Moments
    treatment: Moments
    results: dict[str, Floats]


class Count(NamedTuple):
    """In which repetitions something came about; the rest as in `Figure`."""

    name: str
    is_hit: Booleans
    nominal: float
    allows: str = "exact"
    is_ours: bool = True


def main(repetitions: str) -> None:
    """Print the figures of all scenarios."""
    for scenario in SCENARIOS:
        for has_effect in (False, True):
            for figure in _figures(scenario, int(repetitions), has_effect=has_effect):
                print(json.dumps(figure), flush=True)


def _figures(scenario: str, repetitions: int, *, has_effect: bool) -> Iterator[Figure]:
    experiments = _simulated(scenario, repetitions, has_effect=has_effect)
    counts = {"coverage": _coverage(experiments)}
    if has_effect:
        counts["power"] = _power(experiments)
    else:
        counts["false positives"] = [*_false_positives(experiments), *_naive(experiments)]
    for table, counted in counts.items():
        for name, is_hit, *rest in counted:
            hits = int(np.count_nonzero(is_hit))
            yield Figure(table, scenario, has_effect, name, hits, repetitions, *rest)


def _simulated(scenario: str, repetitions: int, *, has_effect: bool) -> Experiments:
    metric, base, lift = SCENARIOS[scenario]
    wanted = base, base * (1 + lift)
    rates = wanted if has_effect else (base, base)
    random = np.random.default_rng((list(SCENARIOS).index(scenario), has_effect))
    size = int(np.ceil(metric.sample_size(wanted)))
    # As evenly over the days as whole units can be.
    units = np.diff(np.rint(np.linspace(0, size, DAYS + 1)).astype(int)).tolist()
    parts = [
        metric.draw(random, rates, units, min(_AT_ONCE, repetitions - done))
        for done in range(0, repetitions, _AT_ONCE)
    ]
    control, treatment = (joined(arm) for arm in zip(*parts, strict=True))
    results = published(control, treatment, metric.kind)
    return Experiments(metric, rates, control, treatment, results)


def _false_positives(experiments: Experiments) -> list[Count]:
    results = experiments.results
    always = (results["always_valid_p_value"] < ALPHA).any(axis=1)
    return [
        Count("p value, fixed horizon", results["p_value"][:, -1] < ALPHA, ALPHA),
        Count("CUPED p value, fixed horizon", results["cuped_p_value"][:, -1] < ALPHA, ALPHA),
        Count("always-valid p value, 60 daily peeks", always, ALPHA, "less"),
        *(
            Count(
                f"winner on any of 60 days, target reached on day {day}",
                has_winner(results, day).any(axis=1),
                ALPHA,
                "less",
            )
            for day in (DAYS, DAYS // 2)
        ),
    ]


def _naive(experiments: Experiments) -> list[Count]:
    """What is done elsewhere."""
    _, _, control, treatment, results = experiments
    kind = experiments.metric.kind
    lift, p = (figure[:, -1] for figure in relative(control, treatment, kind))
    peeking = (results["p_value"] < ALPHA).any(axis=1)
    counts = [
        Count("naive: p value, 60 daily peeks", peeking, ALPHA, "less", is_ours=False),
        *(
            Count(f"naive: delta-method lift, false {name}", is_side, ALPHA / 2, is_ours=False)
            for name, is_side in (
                ("losers", (p < ALPHA) & (lift < 0)),
                ("winners", (p < ALPHA) & (lift > 0)),
            )
        ),
    ]
    if kind == "ratio":
        is_hit = per_denominator(control, treatment)[:, -1] < ALPHA
        counts.append(Count("naive: z test of impressions", is_hit, ALPHA, is_ours=False))
    return counts


def _coverage(experiments: Experiments) -> list[Count]:
    """Of each interval that is published, by the names that it has there."""
    metric, results = experiments.metric, experiments.results
    control, treatment = (metric.value(rate) for rate in experiments.rates)
    difference, lift = treatment - control, treatment / control - 1
    fixed = {
        "difference": ("fixed", difference),
        "lift": ("lift", lift),
        "CUPED difference": ("cuped", difference),
    }
    always = {
        "difference, always-valid, all 60 days": ("always_valid", difference),
        "lift, always-valid, all 60 days": ("always_valid_lift", lift),
    }
    return [
        *(
            Count(name, ~excludes(results, column, truth)[:, -1], LEVEL)
            for name, (column, truth) in fixed.items()
        ),
        *(
            Count(name, ~excludes(results, column, truth).any(axis=1), LEVEL, "more")
            for name, (column, truth) in always.items()
        ),
    ]


def _power(experiments: Experiments) -> list[Count]:
    results = experiments.results
    last = {name: column[:, -1] for name, column in results.items()}
    is_found = (last["p_value"] < ALPHA) & (last["difference"] > 0)
    by_cuped = (last["cuped_p_value"] < ALPHA) & (last["cuped_difference"] > 0)
    has_ever = has_winner(results, DAYS).any(axis=1)
    return [
        Count("p value, fixed horizon", is_found, _POWER),
        Count("CUPED p value, fixed horizon", by_cuped, _POWER, "more"),
        Count("winner on any of 60 days", has_ever, _POWER, "more"),
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
