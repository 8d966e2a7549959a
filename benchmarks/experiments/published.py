"""What results would publish of simulated experiments on every day, and other ways to judge them.

The numbers come from the functions that make `experiments.results`, all repetitions and days as
rows of one table.
"""

from dataclasses import fields

import numpy as np
import pandas as pd

from python_assets.experiments.arrays import Booleans, Floats
from python_assets.experiments.comparing import compare
from python_assets.experiments.estimates import p_value, relative_difference
from python_assets.experiments.kinds import Kinds
from python_assets.experiments.moments import Moments
from python_assets.experiments.pairing import Pairs
from python_assets.experiments.proportions import pooled_z_test
from python_assets.experiments.rules import Rules
from python_assets.experiments.supplements import cuped_columns

LEVEL = 0.95
ALPHA = 1 - LEVEL
_RULES = Rules()


def published(control: Moments, treatment: Moments, kind: str) -> dict[str, Floats]:
    """Columns of the results, repetitions x days each.

    Intervals of lifts are there twice: `lift_` at a fixed horizon, `always_valid_lift_` not so.
    """
    shape = control.units.shape
    arms = [_frame(arm, kind) for arm in (control, treatment)]
    target = np.full(control.units.size, np.nan)
    rows = pd.DataFrame({"confidence_level": LEVEL, "target_sample_size": target})
    pairs = Pairs(rows, *arms)
    fixed, always = (
        compare(pairs, np.full(len(rows), is_fixed), _RULES) for is_fixed in (True, False)
    )
    columns = {
        **fixed,
        **{f"always_valid_{name}": always[name] for name in ("lift_lower", "lift_upper")},
        **cuped_columns(pairs, fixed["p_value"].notna().to_numpy()),
    }
    return {name: np.asarray(column).reshape(shape) for name, column in columns.items()}


def has_winner(results: dict[str, Floats], target_day: int) -> Booleans:
    """Whether the better arm would be named, by repetition and day.

    As `verdicts` has it, for two arms that are split as planned: the always-valid interval and p
    value decide before the target sample is reached, those of one look from then on.

    Args:
        results: Of `published`.
        target_day: Day on which the target is reached, from 1.
    """
    days = np.arange(1, results["p_value"].shape[1] + 1)
    is_sure = results["p_value"] < ALPHA
    always = is_sure & excludes(results, "always_valid") & (results["always_valid_p_value"] < ALPHA)
    fixed = is_sure & excludes(results, "fixed")
    rests_on_few = results["fewest_effective_units"] < _RULES.minimum_conversions
    can_decide = (days >= _RULES.minimum_days) & ~rests_on_few
    return np.asarray(can_decide & np.where(days >= target_day, fixed, always))


def excludes(results: dict[str, Floats], name: str, truth: float = 0.0) -> Booleans:
    """Whether a published interval leaves the truth out; none that is not published does."""
    lower, upper = (results[f"{name}_{side}"] for side in ("lower", "upper"))
    return np.asarray((lower > truth) | (upper < truth))


def per_denominator(control: Moments, treatment: Moments) -> Floats:
    """P values of the z test that takes every impression for independent."""
    sums = control.numerator, control.denominator, treatment.numerator, treatment.denominator
    return p_value(pooled_z_test(*sums))


def relative(control: Moments, treatment: Moments, kind: str) -> tuple[Floats, Floats]:
    """Lifts and their p values by the delta method."""
    of_kind = np.full(control.units.shape, kind)
    kinds = Kinds(of_kind == "proportion", of_kind == "ratio")
    lift = relative_difference(kinds.value(control), kinds.value(treatment))
    return lift.value, p_value(lift)


def _frame(arm: Moments, kind: str) -> pd.DataFrame:
    sums = {field.name: getattr(arm, field.name).reshape(-1) for field in fields(Moments)}
    return pd.DataFrame(sums).assign(metric_kind=kind, is_lower_better=False)
