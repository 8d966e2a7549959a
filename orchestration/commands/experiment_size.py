"""`adplan experiment size`: how many units a new experiment takes, and how many days."""

import math
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.as_of import AsOf
from orchestration.commands.console import UsageError, out, print_json
from orchestration.commands.query import published_connection
from orchestration.workspace.errors import WorkspaceError, show
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings
from python_assets.experiments.sample_size import (
    duration,
    mean_sample_size,
    proportion_sample_size,
)

METRICS = ("conversion_rate", "mean")

# Four of each weekday, and recent enough to be what comes next.
TRAFFIC_DAYS = 28

# The run whose tables these are is the last one of its own record of runs.
_AS_OF = "select as_of from health.runs where outcome = 'published' order by started_at desc"

# An experiment counts a visitor once, however often they come: distinct over all of the days.
_VISITORS = """
select
    count(distinct visitor_id) filter (where touched_at >= $start) as visitors,
    min(touched_at) as first_touched_at
from attribution.fct_touchpoints
where touched_at < $end and visitor_id is not null
"""


@dataclass(frozen=True)
class SizeOptions:
    """What `adplan experiment size` was given.

    Attributes:
        metric: conversion_rate, or mean (of leads or money per unit).
        baseline: What control has: a rate, or a mean; needed for rates and relative effects.
        effect: What is to be found, as a difference, or as a share of the baseline.
        is_relative: Whether the effect is a share of the baseline.
        standard_deviation: Of a mean's units.
        confidence_level: One minus the false positives accepted, over all comparisons.
        power: Chance of finding the effect.
        arms: Arms with control.
        traffic: Units a day; None for the shop's own.
    """

    metric: str
    baseline: float | None
    effect: float
    is_relative: bool
    standard_deviation: float | None
    confidence_level: float
    power: float
    arms: int
    traffic: float | None


class _Traffic(NamedTuple):
    """Units that come to an experiment a day; None with why, where it is not known."""

    units_per_day: float | None
    source: str


def run(directory: Path, options: SizeOptions, *, as_json: bool) -> None:
    """Print the sample size and the days it takes to come."""
    difference = _difference(options)
    per_arm = _per_arm(options, difference)
    total = per_arm * options.arms
    traffic = _traffic(directory, options.traffic)
    daily = traffic.units_per_day or 0.0
    days = duration(total, daily, whole_weeks=False)
    whole_weeks = duration(total, daily)
    if as_json:
        record = {
            **asdict(options),
            "difference": difference,
            "sample_size_per_arm": per_arm,
            "sample_size": total,
            "units_per_day": traffic.units_per_day,
            "traffic_source": traffic.source,
            "days": days,
            "days_in_whole_weeks": whole_weeks,
        }
        print_json(record)
        return
    lines = [f"{per_arm:,} units per arm, {total:,} in total: {_found(options, difference)}"]
    if whole_weeks is None:
        lines.append(f"How many days is not known: {traffic.source}.")
    else:
        lines.append(
            f"{whole_weeks} days, in whole weeks ({days} days at {daily:,.1f} units a day: "
            f"{traffic.source})."
        )
    out.print("\n".join(lines), highlight=False, markup=False, soft_wrap=True)


def _difference(options: SizeOptions) -> float:
    """The effect as a difference, once all that it depends on is there."""
    _refuse_impossible(options)
    baseline = options.baseline
    if baseline is None and (options.is_relative or options.metric == "conversion_rate"):
        raise UsageError("--baseline: missing; accepted is what control has, such as 0.2")
    difference = options.effect * (baseline or 0.0) if options.is_relative else options.effect
    if not difference:
        raise UsageError("--effect: no difference is never found; accepted is one that is not 0")
    if options.metric == "conversion_rate" and baseline is not None:
        _refuse_other_than_rates(baseline, baseline + difference)
    return difference


def _refuse_impossible(options: SizeOptions) -> None:
    if options.metric not in METRICS:
        accepted = " and ".join(METRICS)
        raise UsageError(f"--metric: given {show(options.metric)}; accepted are {accepted}")
    deviation = options.standard_deviation
    if options.metric == "mean" and deviation is None:
        raise UsageError("--standard-deviation: missing; accepted is that of a unit's value")
    if options.metric != "mean" and deviation is not None:
        raise UsageError("--standard-deviation: accepted with --metric mean only")
    for name, given, low, high in (
        ("--confidence", options.confidence_level, 0.5, 1.0),
        ("--power", options.power, 0.5, 1.0),
        ("--standard-deviation", deviation, 0.0, math.inf),
        ("--traffic", options.traffic, 0.0, math.inf),
        ("--effect", options.effect, -math.inf, math.inf),
    ):
        if given is not None and not low < given < high:
            end = "" if high == math.inf else f" and less than {high:g}"
            raise UsageError(f"{name}: given {given}; accepted is a number more than {low:g}{end}")


def _refuse_other_than_rates(control: float, treatment: float) -> None:
    for name, rate in (("--baseline", control), ("--effect", treatment)):
        if not 0 < rate < 1:
            raise UsageError(
                f"{name}: it makes a rate of {rate:g}; accepted are rates between 0 and 1"
            )


def _per_arm(options: SizeOptions, difference: float) -> int:
    level, power, arms = options.confidence_level, options.power, options.arms
    if options.metric == "mean":
        effect_size = difference / (options.standard_deviation or math.nan)
        units = mean_sample_size(effect_size, confidence_level=level, power=power, arms=arms)
    else:
        control = options.baseline or math.nan
        units = proportion_sample_size(
            control, control + difference, confidence_level=level, power=power, arms=arms
        )
    if not math.isfinite(units):
        raise UsageError(
            f"--effect: {difference:g} is too small to be found by any number of units"
        )
    return math.ceil(units)


def _traffic(directory: Path, given: float | None) -> _Traffic:
    """What comes a day: as given, or the shop's visitors by its published tables."""
    if given is not None:
        return _Traffic(given, "as given")
    try:
        workspace = Workspace.open(directory)
        timezone = load_settings(workspace).timezone
        with published_connection(workspace) as connection:
            return _published_traffic(connection, timezone)
    except (WorkspaceError, UsageError) as error:
        return _Traffic(None, f"{str(error).rstrip('.')}; or give --traffic")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        return _Traffic(None, f"the published tables have no visitors ({error}); give --traffic")


def _published_traffic(connection: duckdb.DuckDBPyConnection, timezone: str) -> _Traffic:
    row = connection.execute(_AS_OF).fetchone()
    if row is None:
        return _Traffic(None, "no run has been published yet; give --traffic")
    day: date = row[0]
    end = AsOf(day, timezone).end
    start = AsOf(day - timedelta(days=TRAFFIC_DAYS), timezone).end
    found = connection.execute(_VISITORS, {"start": start, "end": end}).fetchone()
    visitors, first = found or (0, None)
    if not visitors:
        return _Traffic(
            None, f"no visitor came in the {TRAFFIC_DAYS} days to {day}; give --traffic"
        )
    days = min(TRAFFIC_DAYS, math.ceil((end - first) / timedelta(days=1)))
    source = f"{visitors:,} distinct visitors in the {days} days to {day}"
    return _Traffic(visitors / days, source)


def _found(options: SizeOptions, difference: float) -> str:
    """What is found with so many units, and how surely."""
    if options.baseline is None:
        change = f"a difference of {difference:g}"
    else:
        treatment = options.baseline + difference
        change = f"{options.metric} {options.baseline:g} against {treatment:g}"
        if options.baseline:
            change += f" ({difference / options.baseline:+.1%})"
    shared = "" if options.arms == 2 else f", shared by {options.arms - 1} comparisons"  # noqa: PLR2004
    return (
        f"{change} is found with power {options.power:g} "
        f"at confidence {options.confidence_level:g}{shared}."
    )
