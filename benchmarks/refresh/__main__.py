"""Measure refreshes: the demo by step, one with nothing new, and a large one beside a script.

    python -m benchmarks.refresh [--full] [--keep FOLDER]

Small: a demo of 30 days and 100,000 generated rows. Full: the demo of `adplan simulate` and
0.5 and 5 million rows. Wall time suffers when others use the machine; CPU time hardly does.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Measured, console, median_of, print_table, run
from benchmarks.refresh.compare import compared_figures
from benchmarks.refresh.data import write_workspace
from benchmarks.refresh.steps import node_times

_ADPLAN = str(Path(sys.executable).with_name("adplan"))
_SLOWEST = 10
_BYTES_PER_MB = 1e6

_DEMO_SMALL = ("--days", "30", "--orders-per-day", "20")
_ROWS_SMALL = (100_000,)
_ROWS_FULL = (500_000, 5_000_000)


def main() -> None:
    """Run all three measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="the demo and five million rows")
    parser.add_argument("--rows", type=int, nargs="+", help="generated rows, instead of those")
    parser.add_argument("--no-demo", action="store_true", help="only the generated rows")
    parser.add_argument("--repeat", type=int, default=1, help="times; the median is shown")
    parser.add_argument("--keep", type=Path, help="folder for the workspaces, kept afterwards")
    arguments = parser.parse_args()
    rows = arguments.rows or (_ROWS_FULL if arguments.full else _ROWS_SMALL)
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        if not arguments.no_demo:
            _demo(folder / "demo", () if arguments.full else _DEMO_SMALL)
        for count in rows:
            _against_script(folder / f"rows_{count}", count, arguments.repeat)


def _demo(workspace: Path, size: tuple[str, ...]) -> None:
    """Where the time of a refresh goes, cold and with nothing new."""
    run([_ADPLAN, "simulate", str(workspace), *size])
    # dbt parses the project once per version of it; that is not what a refresh costs.
    _refresh_in_steps(workspace)
    shutil.rmtree(workspace / "warehouse")
    cold, report = _refresh_in_steps(workspace)
    total = sum(part["seconds"] for part in report["parts"])
    print_table(
        f"Demo, cold: {cold.seconds:.1f} s wall, {cold.cpu_seconds:.1f} s CPU, "
        f"{cold.peak_mb:,.0f} MB",
        ("part", "rows", "seconds", "share"),
        [
            (part["name"], part["rows"], part["seconds"], f"{part['seconds'] / total:.0%}")
            for part in report["parts"]
        ],
    )
    _print_nodes(workspace)
    # By the command, which ends before it imports Dagster when there is nothing to do.
    again = run([_ADPLAN, "refresh", "-w", str(workspace)])
    forced = run([_ADPLAN, "refresh", "-w", str(workspace), "--full-refresh"])
    print_table(
        "Demo, refreshed again",
        ("refresh", "seconds", "CPU seconds", "peak MB", "of cold"),
        [
            ("cold", *cold[:3], 1.0),
            ("nothing new", *again[:3], again.seconds / cold.seconds),
            ("--full-refresh", *forced[:3], forced.seconds / cold.seconds),
        ],
    )


def _refresh_in_steps(workspace: Path) -> tuple[Measured, dict]:
    began_at = ("--began-at", str(time.time()))
    module = "benchmarks.refresh.steps"
    measured = run([sys.executable, "-m", module, str(workspace), *began_at])
    return measured, json.loads(measured.output.splitlines()[-1])


def _print_nodes(workspace: Path) -> None:
    nodes = node_times(workspace)
    print_table(
        "dbt nodes by kind (two run at a time)",
        ("kind", "nodes", "seconds", "compiling", "running", "neither", "median"),
        [
            _kind_row(kind, [node for node in nodes if node.kind == kind])
            for kind in ("seed", "model", "test")
        ],
    )
    print_table(
        "The ten slowest dbt nodes",
        ("node", "kind", "seconds", "of which running"),
        [
            (node.name, node.kind, node.seconds, node.execute_seconds)
            for node in sorted(nodes, key=lambda node: -node.seconds)[:_SLOWEST]
        ],
    )


def _kind_row(kind: str, nodes: list) -> tuple[object, ...]:
    seconds = sorted(node.seconds for node in nodes)
    compiling = sum(node.compile_seconds for node in nodes)
    running = sum(node.execute_seconds for node in nodes)
    median = seconds[len(seconds) // 2] if seconds else None
    return (
        kind,
        len(nodes),
        sum(seconds),
        compiling,
        running,
        sum(seconds) - compiling - running,
        median,
    )


def _against_script(workspace: Path, rows: int, times: int) -> None:
    """A refresh of generated rows beside the hand-written script on the same files."""
    size = write_workspace(workspace, rows)
    module = "benchmarks.refresh.handwritten"
    script = median_of(times, lambda: run([sys.executable, "-m", module, str(workspace)]))
    refresh = median_of(times, lambda: _cold_refresh(workspace))
    landed = _landed(workspace)
    print_table(
        f"{landed:,} landed rows, {size / _BYTES_PER_MB:,.0f} MB of CSV, cold",
        ("what", "seconds", "rows/s", "CPU seconds", "peak MB", "x wall", "x CPU", "x memory"),
        [
            (
                name,
                one.seconds,
                int(landed / one.seconds),
                one.cpu_seconds,
                int(one.peak_mb),
                one.seconds / script.seconds,
                one.cpu_seconds / script.cpu_seconds,
                one.peak_mb / script.peak_mb,
            )
            for name, one in {"hand-written script": script, "adplan refresh": refresh}.items()
        ],
    )
    print_table(
        "Do they agree?", ("figure", "adplan", "script", "equal"), compared_figures(workspace)
    )
    _print_script_parts(script)
    console.print("The steps of adplan refresh")
    console.print(refresh.messages, markup=False, highlight=False)
    _print_nodes(workspace)


def _cold_refresh(workspace: Path) -> Measured:
    """Refresh as if for the first time; what the script wrote stays for the comparison."""
    for file in (workspace / "warehouse").glob("*dplan.duckdb*"):
        file.unlink()
    (workspace / "warehouse" / "build.duckdb").unlink(missing_ok=True)
    return run([_ADPLAN, "refresh", "-w", str(workspace)])


def _landed(workspace: Path) -> int:
    status = run([_ADPLAN, "status", "-w", str(workspace), "--json"]).output
    return sum(int(table["rows_read"]) for table in json.loads(status)["row_accounting"])


def _print_script_parts(script: Measured) -> None:
    parts = json.loads(script.output.splitlines()[-1])
    slowest = sorted(parts.items(), key=lambda part: -part[1])[:_SLOWEST]
    print_table("The script's ten slowest statements", ("statement", "seconds"), slowest)


if __name__ == "__main__":
    main()
