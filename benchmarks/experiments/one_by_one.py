"""The same comparisons one by one, with scipy and statsmodels: `python -m ...one_by_one N OF`.

Compares N of so many experiments, prints the seconds, those in `multipletests` (which has Python
collect its garbage at every call) apart, and the largest difference of a p value from `decide`.
"""

import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from benchmarks.experiments.many import METRICS, aggregates
from python_assets.experiments.deciding import Rules, decide

Row = Any


def main(compared: str, experiments: str) -> None:
    """Compare, and print what it took."""
    asked, arms = aggregates(int(experiments))
    asked = asked.head(int(compared))
    arms = arms[arms["experiment"].isin(asked["experiment"])].reset_index(drop=True)
    started = time.perf_counter()
    table = pd.DataFrame(
        row for _, of_experiment in arms.groupby("experiment") for row in _experiment(of_experiment)
    )
    compared_in = time.perf_counter() - started
    adjusted_in = _adjust(table)
    print(f"seconds {compared_in:.3f}")
    print(f"multipletests {adjusted_in:.3f}")
    results = decide(asked, arms, Rules())
    both = results.merge(table, on=["experiment", "metric", "variant"], suffixes=("", "_other"))
    for name in ("p_value", "adjusted_p_value", "srm_p_value"):
        apart = np.abs(both[name] - both[f"{name}_other"]).max()
        print(f"{name} {apart:.1e}")


def _experiment(arms: pd.DataFrame) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    units = arms.loc[arms["metric"] == "conversion_rate", "units"]
    srm = stats.chisquare(units).pvalue
    for metric, kind in METRICS.items():
        control, *treatments = arms[arms["metric"] == metric].itertuples()
        compared = [_COMPARE[kind](control, treatment) for treatment in treatments]
        for treatment, (p, *bounds) in zip(treatments, compared, strict=True):
            rows.append(
                {
                    "experiment": treatment.experiment,
                    "metric": metric,
                    "variant": treatment.variant,
                    "p_value": p,
                    "bounds": bounds,
                    "srm_p_value": srm,
                    "detectable": NormalIndPower().solve_power(
                        nobs1=control.units, ratio=treatment.units / control.units,
                        alpha=0.05, power=0.8,
                    ),
                }
            )  # fmt: skip
    return rows


def _adjust(table: pd.DataFrame) -> float:
    """Add p values by Holm's method; return the seconds."""
    families = [
        family["p_value"] for _, family in table.groupby(["experiment", "metric"], sort=False)
    ]
    started = time.perf_counter()
    adjusted = [multipletests(family, method="holm")[1] for family in families]
    seconds = time.perf_counter() - started
    table.loc[np.concatenate([family.index for family in families]), "adjusted_p_value"] = (
        np.concatenate(adjusted)
    )
    return seconds


def _proportion(control: Row, treatment: Row) -> tuple[float, float, float]:
    successes = np.array([treatment.numerator, control.numerator])
    units = np.array([treatment.units, control.units])
    low, high = confint_proportions_2indep(
        successes[0], units[0], successes[1], units[1], compare="diff", method="newcomb"
    )
    return float(proportions_ztest(successes, units)[1]), float(low), float(high)


def _mean(control: Row, treatment: Row) -> tuple[float, float, float]:
    moments = [
        (arm.numerator / arm.units, _variance(arm, "numerator") ** 0.5, arm.units)
        for arm in (treatment, control)
    ]
    welch = stats.ttest_ind_from_stats(*moments[0], *moments[1], equal_var=False)
    low, high = _interval(
        moments[0][0] - moments[1][0], sum(spread**2 / units for _, spread, units in moments)
    )
    return float(welch.pvalue), low, high


def _ratio(control: Row, treatment: Row) -> tuple[float, float, float]:
    values, variances = [], []
    for arm in (control, treatment):
        ratio, n = arm.numerator / arm.denominator, arm.units
        product = arm.numerator_denominator - arm.numerator * arm.denominator / n
        linear = (
            _variance(arm, "numerator")
            - 2 * ratio * product / (n - 1)
            + ratio**2 * _variance(arm, "denominator")
        )
        values.append(ratio)
        variances.append(linear / n / (arm.denominator / n) ** 2)
    weights = [
        v**2 / (arm.units - 1) for v, arm in zip(variances, (control, treatment), strict=True)
    ]
    difference, variance = values[1] - values[0], sum(variances)
    p = 2 * stats.t.sf(abs(difference) / variance**0.5, variance**2 / sum(weights))
    return float(p), *_interval(difference, variance)


_COMPARE = {"proportion": _proportion, "mean": _mean, "ratio": _ratio}


def _variance(arm: Row, name: str) -> float:
    total, squares = getattr(arm, name), getattr(arm, f"{name}_squares")
    return float((squares - total**2 / arm.units) / (arm.units - 1))


def _interval(difference: float, variance: float) -> tuple[float, float]:
    low, high = stats.norm.interval(0.95, loc=difference, scale=variance**0.5)
    return float(low), float(high)


if __name__ == "__main__":
    main(*sys.argv[1:])
