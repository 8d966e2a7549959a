"""The numbers of results: values, differences, lifts, intervals and p values of all rows."""

import numpy as np
import pandas as pd

from python_assets.experiments import sequential
from python_assets.experiments.arrays import Booleans, Floats, quotient, root
from python_assets.experiments.estimates import (
    Estimate,
    Interval,
    Value,
    as_lift,
    critical_value,
    difference,
    interval,
    log_ratio,
    p_value,
)
from python_assets.experiments.kinds import Kinds
from python_assets.experiments.means import effective_units
from python_assets.experiments.moments import Moments
from python_assets.experiments.pairing import Pairs
from python_assets.experiments.proportions import (
    newcombe_interval,
    pooled_z_test,
    scarcer_outcome,
)
from python_assets.experiments.rules import Rules

# Units of both arms, confidence level, tuning units: what an always-valid interval depends on.
Sequence = tuple[Floats, Floats, Floats]


def compare(pairs: Pairs, is_fixed_horizon: Booleans, rules: Rules) -> pd.DataFrame:
    """Compare every variant with its control.

    Args:
        pairs: What is compared.
        is_fixed_horizon: Whether the fixed-horizon interval decides; the always-valid one if not.
        rules: Tuning of always-valid intervals, power, minimum conversions.

    Returns:
        Columns of numbers of the results; `nan` where there is nothing to tell. fewest_outcomes
        and fewest_effective_units are of the thinner arm.
    """
    kinds, level = pairs.kinds, pairs.rows["confidence_level"].to_numpy(np.float64)
    control, treatment = pairs.moments
    values = kinds.value(control), kinds.value(treatment)
    fewest = np.fmin(*(scarcer_outcome(arm.numerator, arm.units) for arm in pairs.moments))
    is_enough = ~kinds.is_proportion | (fewest >= rules.minimum_conversions)
    estimate = _known(difference(*values), is_enough)
    sequence = control.units + treatment.units, level, _tuning_units(pairs, rules)
    logged = _known(log_ratio(*values), is_enough)
    return pd.DataFrame(
        {
            "control_value": values[0].value,
            "treatment_value": values[1].value,
            "difference": estimate.value,
            "lift": _lift(values),
            **_differences(pairs, estimate, sequence, is_fixed_horizon),
            **_lifts(logged, sequence, is_fixed_horizon),
            "control_units": np.nan_to_num(control.units),
            "treatment_units": np.nan_to_num(treatment.units),
            "standard_error": estimate.standard_error,
            "degrees_of_freedom": estimate.degrees_of_freedom,
            "treatment_error": root(values[1].variance),
            "fewest_outcomes": np.where(kinds.is_proportion, fewest, np.nan),
            "fewest_effective_units": _fewest_effective(control, treatment, kinds),
            "critical": np.where(
                is_fixed_horizon, critical_value(level), sequential.critical_value(*sequence)
            ),
        }
    )


def _differences(
    pairs: Pairs, estimate: Estimate, sequence: Sequence, is_fixed_horizon: Booleans
) -> dict[str, Floats]:
    """Intervals and p values of the difference, of one look and always valid."""
    fixed = _fixed_interval(pairs, estimate)
    always = sequential.confidence_sequence(estimate, *sequence)
    return {
        **_bounds("difference", _either(is_fixed_horizon, fixed, always)),
        **_bounds("fixed", fixed),
        **_bounds("always_valid", always),
        "p_value": _p_value(pairs, estimate),
        "always_valid_p_value": sequential.always_valid_p_value(estimate, *sequence),
    }


def _lifts(logged: Estimate, sequence: Sequence, is_fixed_horizon: Booleans) -> dict[str, Floats]:
    """Interval of the lift, of the kind that decides."""
    fixed = interval(logged, sequence[1])
    always = sequential.confidence_sequence(logged, *sequence)
    return _bounds("lift", as_lift(_either(is_fixed_horizon, fixed, always)))


def _known(estimate: Estimate, is_known: Booleans) -> Estimate:
    return estimate._replace(standard_error=np.where(is_known, estimate.standard_error, np.nan))


def _either(is_first: Booleans, first: Interval, second: Interval) -> Interval:
    return Interval(
        np.where(is_first, first.lower, second.lower), np.where(is_first, first.upper, second.upper)
    )


def _bounds(name: str, bounds: Interval) -> dict[str, Floats]:
    return {f"{name}_lower": bounds.lower, f"{name}_upper": bounds.upper}


def _fixed_interval(pairs: Pairs, estimate: Estimate) -> Interval:
    control, treatment = pairs.moments
    level = pairs.rows["confidence_level"].to_numpy(np.float64)
    score = newcombe_interval(
        control.numerator, control.units, treatment.numerator, treatment.units, level
    )
    uses_score = pairs.kinds.is_proportion & (estimate.standard_error > 0)
    return _either(uses_score, score, interval(estimate, level))


def _p_value(pairs: Pairs, estimate: Estimate) -> Floats:
    control, treatment = pairs.moments
    pooled = pooled_z_test(control.numerator, control.units, treatment.numerator, treatment.units)
    pooled = _known(pooled, estimate.standard_error > 0)
    return np.where(pairs.kinds.is_proportion, p_value(pooled), p_value(estimate))


def _lift(values: tuple[Value, Value]) -> Floats:
    """Relative lift; nothing where control is 0 or below, of which nothing is a share."""
    base = np.where(values[0].value > 0, values[0].value, np.nan)
    return quotient(values[1].value, base) - 1


def _tuning_units(pairs: Pairs, rules: Rules) -> Floats:
    if rules.always_valid_tuning_units is not None:
        return np.full(len(pairs.rows), rules.always_valid_tuning_units)
    target = pairs.rows["target_sample_size"].to_numpy(np.float64)
    return np.where(target > 0, target, sequential.DEFAULT_TUNING_UNITS)


def _fewest_effective(control: Moments, treatment: Moments, kinds: Kinds) -> Floats:
    """Effective units of the thinner arm, of numerators or, in ratios, denominators."""
    arms = (control, treatment)
    above = [effective_units(arm.numerator, arm.numerator_squares) for arm in arms]
    below = [effective_units(arm.denominator, arm.denominator_squares) for arm in arms]
    fewest = np.fmin(*above)
    fewest = np.where(kinds.is_ratio, np.fmin(fewest, np.fmin(*below)), fewest)
    return np.where(kinds.is_proportion, np.nan, fewest)
