"""Measure attribution: rules, data-driven models, one more day, and distance from the truth.

    python -m benchmarks.attribution [--full] [--peer PACKAGE=INTERPRETER ...]

Small: 2 million sessions, 100,000 paths, histories of 30 and 120 days. Full: 20 million sessions
with 400,000 orders in thirty days, a million distinct paths, histories of 30 and 365 days, and
the shop of `adplan simulate`.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.attribution import daily, truth
from benchmarks.attribution.data import write_shop
from benchmarks.attribution.data_driven import random_paths
from benchmarks.attribution.rules import ADPLAN_MODELS
from benchmarks.measure import median_of, print_table, run
from orchestration.defs.dbt.compiled import CATALOG, compile_models

_ADPLAN = str(Path(sys.executable).with_name("adplan"))
_HERE = Path(__file__).parent
_PEER_PATHS = 10_000
_DAYS = 30

_SMALL = {"sessions": 2_000_000, "paths": 100_000, "history": 120}
_FULL = {"sessions": 20_000_000, "paths": 1_000_000, "history": 365}
_SMALL_SHOP = ("--days", "60", "--orders-per-day", "40")
_SESSIONS_PER_ORDER = 50


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="at the sizes the README quotes")
    parser.add_argument("--repeat", type=int, default=3, help="times; the median is shown")
    parser.add_argument(
        "--peer",
        action="append",
        default=[],
        metavar="PACKAGE=INTERPRETER",
        help="ChannelAttribution or mam, and a Python that has it",
    )
    arguments = parser.parse_args()
    size = _FULL if arguments.full else _SMALL
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _truth(folder / "shop", () if arguments.full else _SMALL_SHOP)
        _rules(folder, size["sessions"], arguments.repeat)
        _data_driven(folder, size["paths"], arguments.peer)
        _daily(folder, size["history"])


def _truth(shop: Path, size: tuple[str, ...]) -> None:
    print_table(
        "Share of orders credited to channels that did not bring them (simulated shop)",
        ("model", "distance from true effects"),
        [[model, round(distance, 3)] for model, distance in truth.distances(_ADPLAN, shop, size)],
    )


def _rules(folder: Path, sessions: int, repeat: int) -> None:
    orders = sessions // _SESSIONS_PER_ORDER
    file = folder / f"{CATALOG}.duckdb"
    write_shop(file, sessions, orders, _DAYS)
    sql = compile_models(ADPLAN_MODELS, folder / "target")
    command = [sys.executable, "-m", "benchmarks.attribution.rules"]
    sides = {
        side: median_of(repeat, lambda side=side: run([*command, side, str(file), str(sql)]))  # type: ignore[misc]
        for side in ("handwritten", "adplan")
    }
    plain = sides["handwritten"]
    seconds = {side: _statement_seconds(one.output) for side, one in sides.items()}
    print_table(
        f"Six rules, {sessions:,} sessions and {orders:,} orders in {_DAYS} days",
        ("side", "SQL seconds", "x", "peak MB", "x memory"),
        [
            [
                side,
                sum(seconds[side].values()),
                sum(seconds[side].values()) / sum(seconds["handwritten"].values()),
                round(one.peak_mb),
                one.peak_mb / plain.peak_mb,
            ]
            for side, one in sides.items()
        ],
    )
    print_table("Its statements", ("statement", "seconds"), list(seconds["adplan"].items()))


def _statement_seconds(output: str) -> dict[str, float]:
    return {name: float(value) for name, value in (line.split() for line in output.splitlines())}


def _data_driven(folder: Path, count: int, peers: list[str]) -> None:
    rows = []
    for paths in (_PEER_PATHS, count):
        file = folder / f"paths_{paths}.parquet"
        pq.write_table(random_paths(paths), file)
        ours = run([sys.executable, "-m", "benchmarks.attribution.data_driven", str(file)])
        rows += [["adplan", paths, *line] for line in _lines(ours.output)]
    for peer in peers:
        package, interpreter = peer.split("=", 1)
        file = folder / f"paths_{_PEER_PATHS}.parquet"
        theirs = run([interpreter, str(_HERE / "peers.py"), package, str(file)])
        rows += [[package, _PEER_PATHS, *line] for line in _lines(theirs.output)]
    print_table("Data-driven models, 20 channels", ("by", "paths", "what", "seconds"), rows)


def _lines(output: str) -> list[tuple[str, float]]:
    pairs = (line.split(maxsplit=1) for line in output.splitlines())
    return [(what, float(seconds)) for seconds, what in pairs]


def _daily(folder: Path, longest: int) -> None:
    measured = [daily.measure(folder / f"days_{days}", days) for days in (_DAYS, longest)]
    first = measured[0].one_more_day
    print_table(
        f"One more day ({daily.SESSIONS_PER_DAY:,} sessions, {daily.BUYERS_PER_DAY} orders)",
        ("days", "all at once, s", "one more day, s", "CPU, s", "x", "x CPU", "days rewritten"),
        [
            [
                one.days,
                one.whole.seconds,
                one.one_more_day.seconds,
                one.one_more_day.cpu_seconds,
                one.one_more_day.seconds / first.seconds,
                one.one_more_day.cpu_seconds / first.cpu_seconds,
                one.days_rewritten,
            ]
            for one in measured
        ],
    )


if __name__ == "__main__":
    main()
