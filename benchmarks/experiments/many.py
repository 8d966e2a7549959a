"""Decide many experiments in a process of its own: `python -m ...many EXPERIMENTS`.

Prints the seconds of `decide` alone and of reading, deciding and writing, and how many winners
there are.
"""

import sys
import time

import duckdb
import numpy as np
import pandas as pd

from orchestration.experiments.deciding import rules, write_results
from orchestration.workspace.experiment_settings import ExperimentSettings
from python_assets.experiments.arrays import Floats
from python_assets.experiments.deciding import decide

ARMS = ("control", "a", "b", "c")
METRICS = {"conversion_rate": "proportion", "revenue": "mean", "ctr": "ratio"}
DAYS = 30
_UNITS_PER_DAY = 200
_SUMS = ("numerator", "denominator", "covariate")

# What `write_results` reads. Sums of days are whole parts of those of arms.
_TABLES = """
create schema experiments;
create schema workspace;
create table experiments.dim_experiments as
select * replace ('revenue, ctr' as guardrail_metrics), 'units' as source,
    timestamp '2026-03-01' as started_at, timestamp '2026-03-31' as measured_until
from experiments;
create table workspace.experiment_metrics as
select distinct experiment, metric, metric_kind, is_lower_better from arms;
create table workspace.experiment_variants as
select distinct experiment, variant, is_control, split, variant_index from arms;
create table experiments.fct_arms as
select
    experiment, metric, metric_kind, variant, dimension, dimension_value, source,
    cast(units / {days} as bigint) as units, {sums}, winsorised_at,
    date '2026-03-01' + cast(day as integer) as date
from arms cross join range({days}) as days(day)
"""


def main(experiments: str) -> None:
    """Decide, and print what it took."""
    asked, arms = aggregates(int(experiments))
    settings = ExperimentSettings()
    started = time.perf_counter()
    results = decide(asked, arms, rules(settings))
    print(f"decide {time.perf_counter() - started:.2f}")
    with duckdb.connect() as connection:
        sums = [name for name in arms if name.startswith(_SUMS) or name.startswith("raw_")]
        divided = ", ".join(f"{name} / {DAYS} as {name}" for name in sums)
        connection.register("experiments", asked)
        connection.register("arms", arms)
        connection.execute(_TABLES.format(days=DAYS, sums=divided))
        started = time.perf_counter()
        write_results(connection, settings)
        print(f"write_results {time.perf_counter() - started:.2f}")
    print(f"rows {len(results)}")
    print(f"winners {results['winner'].notna().sum()}")


def aggregates(experiments: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Experiments of four arms and three metrics, as `decide` takes them; the same every time."""
    names = [f"experiment_{number:04}" for number in range(experiments)]
    asked = pd.DataFrame(
        {
            "experiment": names,
            "status": "running",
            "primary_metric": "conversion_rate",
            "guardrail_metrics": [["revenue", "ctr"]] * experiments,
            "confidence_level": 0.95,
            "target_sample_size": 20_000.0,
            "minimum_effect": 0.1,
            "days_running": float(DAYS),
            "excluded_units": 0.0,
            "unknown_variant_units": 0.0,
        }
    )
    random = np.random.default_rng(1)
    units = DAYS * random.poisson(_UNITS_PER_DAY, (experiments, len(ARMS))).astype(np.float64)
    sums = (_conversions(random, units), _revenue(random, units), _clicks(random, units))
    frames = [
        _frame(names, units, metric, of_metric)
        for metric, of_metric in zip(METRICS, sums, strict=True)
    ]
    return asked, pd.concat(frames, ignore_index=True)


def _conversions(random: np.random.Generator, units: Floats) -> dict[str, Floats]:
    # Of every ten arms one is better.
    rates = np.where(random.random(units.shape) < 0.1, 0.12, 0.1)  # noqa: PLR2004
    converted = random.binomial(units.astype(int), rates).astype(np.float64)
    return {
        "numerator": converted,
        "numerator_squares": converted,
        "numerator_covariate": converted,
    }


def _revenue(random: np.random.Generator, units: Floats) -> dict[str, Floats]:
    revenue = 5 * units + random.normal(0, 15 * units**0.5)
    squares = (15**2 + 5**2) * units
    return {
        "numerator": revenue,
        "numerator_squares": squares,
        "numerator_covariate": squares / 2,
        "covariate": 5 * units,
        "covariate_squares": squares,
    }


def _clicks(random: np.random.Generator, units: Floats) -> dict[str, Floats]:
    impressions = 4 * units + random.normal(0, 3 * units**0.5)
    clicks = 0.05 * impressions + random.normal(0, 0.5 * units**0.5)
    return {
        "numerator": clicks,
        "numerator_squares": 0.3 * units,
        "denominator": impressions,
        "denominator_squares": (3**2 + 4**2) * units,
        "numerator_denominator": 0.05 * (3**2 + 4**2) * units,
    }


def _frame(names: list[str], units: Floats, metric: str, sums: dict[str, Floats]) -> pd.DataFrame:
    numerator = sums["numerator"]
    defaults = {
        "units": units,
        "denominator": units,
        "denominator_squares": units,
        "numerator_denominator": numerator,
        "covariate": units / 10,
        "covariate_squares": units / 10,
        "numerator_covariate": numerator / 10,
        "denominator_covariate": units / 10,
        "raw_numerator": numerator,
        "raw_numerator_squares": sums["numerator_squares"],
    }
    columns = {name: values.reshape(-1) for name, values in {**defaults, **sums}.items()}
    frame = pd.DataFrame(
        {
            "experiment": np.repeat(names, len(ARMS)),
            "variant": np.tile(ARMS, len(names)),
            "variant_index": np.tile(np.arange(len(ARMS)), len(names)),
            **columns,
        }
    )
    return frame.assign(
        metric=metric,
        metric_kind=METRICS[metric],
        dimension="all",
        dimension_value="all",
        is_control=frame["variant"] == ARMS[0],
        split=1 / len(ARMS),
        source="units",
        is_lower_better=False,
        winsorised_at=np.nan,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
