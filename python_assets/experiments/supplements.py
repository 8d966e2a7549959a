"""What is told beside the comparison that decides: power, CUPED, values without winsorising."""

from dataclasses import replace

import numpy as np
import pandas as pd

from python_assets.experiments.arrays import Booleans, Floats, quotient
from python_assets.experiments.cuped import adjusted_means, adjusted_ratios
from python_assets.experiments.estimates import (
    Value,
    critical_value,
    difference,
    interval,
    p_value,
)
from python_assets.experiments.means import mean
from python_assets.experiments.pairing import Pairs
from python_assets.experiments.power import (
    minimum_detectable_effect,
    power,
    proportion_minimum_detectable_lift,
    proportion_power,
)


def power_columns(pairs: Pairs, numbers: pd.DataFrame, wanted_power: float) -> dict[str, Floats]:
    """Power at the sizes there are, of one look: of the test that sample sizes are made for.

    Args:
        pairs: What is compared.
        numbers: Of `compare`.
        wanted_power: At which the minimum detectable lift is told.

    Returns:
        achieved_power: to find the minimum effect of the experiment. minimum_detectable_lift:
        relative, above 0 whatever the direction of the metric.
    """
    is_proportion = pairs.kinds.is_proportion
    level, effect = (
        pairs.rows[name].to_numpy(np.float64) for name in ("confidence_level", "minimum_effect")
    )
    error = _positive(numbers["standard_error"].to_numpy())
    base = np.where(np.isnan(error), np.nan, _positive(numbers["control_value"].to_numpy()))
    rate = np.where(is_proportion, base, np.nan)
    sign = np.where(pairs.is_lower_better, -1.0, 1.0)
    sizes = numbers["control_units"].to_numpy(), numbers["treatment_units"].to_numpy()
    aim = np.clip(rate * (1 + sign * effect), 0, 1)
    critical = critical_value(level, numbers["degrees_of_freedom"].to_numpy())
    # A fall of a rate is a rise of its complement, by as many percentage points.
    rising = np.where(pairs.is_lower_better, 1 - rate, rate)
    rise = proportion_minimum_detectable_lift(rising, *sizes, level, wanted_power)
    of_proportion = rise * quotient(rising, rate)
    of_others = quotient(minimum_detectable_effect(error, critical, wanted_power), base)
    return {
        "achieved_power": np.where(
            is_proportion,
            proportion_power(rate, aim, *sizes, level),
            power(base * effect, error, critical),
        ),
        "minimum_detectable_lift": np.where(is_proportion, of_proportion, of_others),
    }


def cuped_columns(pairs: Pairs, is_compared: Booleans) -> dict[str, Floats]:
    """The same difference without the noise of a covariate; a proportion counts as a mean.

    Args:
        pairs: What is compared.
        is_compared: Rows whose difference has a p value; the others have none here either.
    """
    means, ratios = (adjust(*pairs.moments) for adjust in (adjusted_means, adjusted_ratios))
    is_ratio = pairs.kinds.is_ratio
    control, treatment = (
        Value(*(np.where(is_ratio, *of_both) for of_both in zip(of_ratio, of_mean, strict=True)))
        for of_ratio, of_mean in zip(ratios[:2], means[:2], strict=True)
    )
    estimate = difference(control, treatment)
    bounds = interval(estimate, pairs.rows["confidence_level"].to_numpy(np.float64))
    columns = {
        "cuped_difference": estimate.value,
        "cuped_lower": bounds.lower,
        "cuped_upper": bounds.upper,
        "cuped_p_value": p_value(estimate),
        "variance_reduction": np.where(
            is_ratio, ratios.variance_reduction, means.variance_reduction
        ),
    }
    return {name: np.where(is_compared, column, np.nan) for name, column in columns.items()}


def raw_columns(pairs: Pairs, numbers: pd.DataFrame) -> dict[str, Floats]:
    """What it would be without winsorising: the same numbers where nothing was cut off.

    Of a ratio that was winsorised there is no p value: the products of what was cut off with the
    denominators are not among the sums.
    """
    cap = np.fmax(
        pairs.number("control", "winsorised_at"), pairs.number("treatment", "winsorised_at")
    )
    is_cut, is_ratio = ~np.isnan(cap), pairs.kinds.is_ratio
    control, treatment = (_raw_value(pairs, side) for side in ("control", "treatment"))
    welch = p_value(difference(control, treatment))
    p = np.where(is_cut, np.where(is_ratio, np.nan, welch), numbers["p_value"])
    columns = {
        "raw_control_value": np.where(is_cut, control.value, numbers["control_value"]),
        "raw_treatment_value": np.where(is_cut, treatment.value, numbers["treatment_value"]),
        "raw_p_value": np.where(np.isnan(numbers["p_value"]), np.nan, p),
        "winsorised_at": cap,
    }
    raw_difference = columns["raw_treatment_value"] - columns["raw_control_value"]
    return {**columns, "raw_difference": raw_difference}


def _raw_value(pairs: Pairs, side: str) -> Value:
    """Value of an arm by its sums as they came; the variance is that of a mean."""
    arm = pairs.moments[0 if side == "control" else 1]
    total, squares = (
        pairs.number(side, name) for name in ("raw_numerator", "raw_numerator_squares")
    )
    raw = mean(replace(arm, numerator=total, numerator_squares=squares))
    of_ratio = quotient(total, arm.denominator)
    return raw._replace(value=np.where(pairs.kinds.is_ratio, of_ratio, raw.value))


def _positive(values: Floats) -> Floats:
    return np.where(values > 0, values, np.nan)
