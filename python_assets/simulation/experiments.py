"""The A/B test `summer_banner`: assignment, exposure, and its true effect."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    Booleans,
    Floats,
    Integers,
    categories,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.visits import Visits

NAME = "summer_banner"
VARIANTS = ("control", "bright")
# Factor of the bright banner on the purchase hazard of every visit since the exposure.
EFFECT = 1.25
# The test starts on day 59 of 120, 2026-03-01 with the default plan, and is still running.
START_SHARE = 59 / 120
SEEN_IN_BOTH_SHARE = 0.002


@dataclass(frozen=True)
class Experiment:
    """Assignment of visitors.

    Attributes:
        start_day: First day of the test.
        variant: Per visitor number, position in VARIANTS.
        exposed_at: Per visitor number, first exposure in days; infinite without one.
    """

    start_day: int
    variant: Integers
    exposed_at: Floats

    def is_exposed(self, visits: Visits) -> Booleans:
        """Which visits follow (or are) the first exposure of their visitor."""
        return visits.time >= self.exposed_at[visits.visitor]


def run_experiment(plan: ShopPlan, visits: Visits) -> Experiment:
    """Assign every visitor at random; the first visit since the start is the exposure."""
    generator = stream(plan.seed, "experiment")
    start_day = round(plan.days * START_SHARE)
    visitor_count = int(visits.visitor.max()) + 1
    by_time = np.argsort(visits.time, kind="stable")
    by_time = by_time[visits.time[by_time] >= start_day]
    visitor, first = np.unique(visits.visitor[by_time], return_index=True)
    exposed_at = np.full(visitor_count, np.inf)
    exposed_at[visitor] = visits.time[by_time][first]
    return Experiment(start_day, generator.integers(0, 2, visitor_count), exposed_at)


def exposure_table(plan: ShopPlan, experiment: Experiment, visits: Visits) -> pd.DataFrame:
    """Build experiments.exposures, in order of time, with a few units in both variants."""
    generator = stream(plan.seed, "exposures")
    visitor = np.flatnonzero(np.isfinite(experiment.exposed_at))
    # Seen in the other variant at the visitor's last visit: a cache served the wrong page.
    last_visit = np.zeros(len(experiment.exposed_at))
    np.maximum.at(last_visit, visits.visitor, visits.time)
    came_back = visitor[last_visit[visitor] > experiment.exposed_at[visitor]]
    both = generator.permutation(came_back)[: round(len(visitor) * SEEN_IN_BOTH_SHARE)]
    unit = np.concatenate([visitor, both])
    at = np.concatenate([experiment.exposed_at[visitor], last_visit[both]])
    variant = np.concatenate([experiment.variant[visitor], 1 - experiment.variant[both]])
    order = np.argsort(at, kind="stable")
    return pd.DataFrame(
        {
            "experiment": categories([NAME], np.zeros(len(order), dtype=np.int64)),
            "unit_id": numbered("vis_", unit[order], width=8),
            "variant": categories(VARIANTS, variant[order]),
            "exposed_at": moments(plan.first_day, at[order]),
        }
    )


def true_rates(experiment: Experiment, visits: Visits, hazard: Floats) -> dict[str, float]:
    """The conversion rate all exposed visitors would have under each variant, and the effect.

    Args:
        experiment: Assignment of visitors.
        visits: All visits.
        hazard: Purchase hazard of each visit as simulated, variant included.

    Returns:
        Means over exposed visitors of the probability of at least one order since exposure.
    """
    rows = np.flatnonzero(experiment.is_exposed(visits))
    visitor = visits.visitor[rows]
    neutral = hazard[rows] / np.where(experiment.variant[visitor] == 1, EFFECT, 1.0)
    summed = np.bincount(visitor, neutral, minlength=len(experiment.exposed_at))
    summed = summed[np.isfinite(experiment.exposed_at)]
    if not len(summed):
        return {"control_rate": 0.0, "bright_rate": 0.0, "difference": 0.0}
    control = float(-np.expm1(-summed).mean())
    bright = float(-np.expm1(-summed * EFFECT).mean())
    return {"control_rate": control, "bright_rate": bright, "difference": bright - control}
