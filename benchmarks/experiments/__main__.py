"""Measure experiments: whether numbers can be trusted, and what aggregates and decisions cost.

    python -m benchmarks.experiments [--full]

Small: 500 simulated experiments per row, 1 million exposures. Full: 2,000 and 20 million. In both
1,000 experiments of four arms and three metrics are decided.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.experiments.build import MODELS
from benchmarks.experiments.data import EXPERIMENTS, Size, write_lab
from benchmarks.experiments.figures import Figure
from benchmarks.measure import Measured, console, print_table, run
from orchestration.defs.dbt.compiled import CATALOG, compile_models

_SMALL = Size(exposures=1_000_000, conversions=100_000, visits=250_000)
_FULL = Size(exposures=20_000_000, conversions=2_000_000, visits=5_000_000)
_SMALL_REPETITIONS, _FULL_REPETITIONS = 500, 2_000
_DECIDED = 1_000
_ONE_BY_ONE = 50


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="at the sizes the README quotes")
    arguments = parser.parse_args()
    _calibration(_FULL_REPETITIONS if arguments.full else _SMALL_REPETITIONS)
    _decisions()
    with tempfile.TemporaryDirectory() as temporary:
        _aggregates(Path(temporary), _FULL if arguments.full else _SMALL)


def _calibration(repetitions: int) -> None:
    measured = run(_python("calibration", repetitions))
    figures = [Figure(*json.loads(line)) for line in measured.output.splitlines()]
    for table in dict.fromkeys(figure.table for figure in figures):
        print_table(
            f"{table.capitalize()}, % of {repetitions:,} simulated experiments",
            ("experiment", "effect", "of", "%", "from", "to", "nominal", "low", "high", "within"),
            [_row(figure) for figure in figures if figure.table == table],
        )
    ours = [figure for figure in figures if figure.is_ours]
    outside = sum(not figure.is_within for figure in ours)
    console.print(
        f"Calibration: {measured.seconds:.0f} s, peak {measured.peak_mb:,.0f} MB. `from` and `to` "
        "are where the true rate is, 99 % sure; `low` and `high` the 99 % band of nominal, of "
        "which one side is open where less (false positives) or more (coverage, power) is no "
        f"harm. {outside} of {len(ours)} figures of adplan are outside; one in a hundred would be "
        "by chance."
    )


def _row(figure: Figure) -> list[object]:
    low, high = figure.band
    shares = (figure.rate, *figure.interval, figure.nominal)
    band = (None if figure.allows == "less" else low, None if figure.allows == "more" else high)
    return [
        figure.scenario,
        "yes" if figure.has_effect else "none",
        figure.name,
        *(100 * share for share in shares),
        *(None if share is None else 100 * share for share in band),
        "yes" if figure.is_within else "NO",
    ]


def _decisions() -> None:
    many = run(_python("many", _DECIDED))
    ours = _numbers(many)
    alone = run(_python("one_by_one", _ONE_BY_ONE, _DECIDED))
    theirs = _numbers(alone)
    times = _DECIDED / _ONE_BY_ONE
    extrapolated = {
        f"scipy and statsmodels one by one, from {_ONE_BY_ONE}": theirs["seconds"] * times,
        "the same with multipletests": (theirs["seconds"] + theirs["multipletests"]) * times,
    }
    print_table(
        f"{_DECIDED:,} experiments, 4 arms, 3 metrics: {ours['winners']:.0f} winners",
        ("how", "seconds", "x", "peak MB"),
        [
            ["decide, from sums of arms", ours["decide"], 1.0, round(many.peak_mb)],
            [
                "read sums of 30 days, decide, write",
                ours["write_results"],
                ours["write_results"] / ours["decide"],
                round(many.peak_mb),
            ],
            *(
                [name, seconds, seconds / ours["decide"], round(alone.peak_mb)]
                for name, seconds in extrapolated.items()
            ),
        ],
    )
    names = ("p_value", "adjusted_p_value", "srm_p_value")
    apart = ", ".join(f"{name} {theirs[name]:.0e}" for name in names)
    console.print(f"Largest differences between the two: {apart}")


def _aggregates(folder: Path, size: Size) -> None:
    file = folder / f"{CATALOG}.duckdb"
    write_lab(folder / "workspace", file, size)
    compile_models(MODELS, folder / "target")
    built = run(_python("build", file, folder / "target"))
    by_hand = run(_python("by_hand", file))
    seconds, theirs = _numbers(built), _numbers(by_hand)
    total = sum(seconds.values())
    print_table(
        f"{size.exposures:,} exposures of {EXPERIMENTS} experiments, {size.conversions:,} "
        f"conversions: {total:.1f} s, CPU {built.cpu_seconds:.0f} s, peak {built.peak_mb:,.0f} MB",
        ("model", "seconds"),
        sorted(seconds.items(), key=lambda item: -item[1]),
    )
    print_table(
        "The same sums by one query, without dimensions, clicks, winsorising, covariates",
        ("seconds", "models, x", "peak MB", "arms with other units", "conversions, apart"),
        [
            [
                theirs["seconds"],
                total / theirs["seconds"],
                round(by_hand.peak_mb),
                int(theirs["arms_with_other_units"]),
                f"{theirs['most_other_conversions']:.1%}",
            ]
        ],
    )


def _python(module: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.experiments.{module}", *map(str, arguments)]


def _numbers(measured: Measured) -> dict[str, float]:
    return {
        name: float(value)
        for name, value in (line.split() for line in measured.output.splitlines())
    }


if __name__ == "__main__":
    main()
