"""A Medusa shop of a million orders, from PostgreSQL to landed Parquet: seconds and memory.

    python -m benchmarks.sources.postgres [--full]

Beside it, what psql takes to write the same rows as CSV, which is what a person would do.
"""

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import print_table, run
from benchmarks.sources.server import Server, server
from orchestration.sources.connector import Fetch
from orchestration.sources.medusa.shop import extracts
from orchestration.sources.postgres.database import database
from orchestration.sources.postgres.extract import EVERYTHING
from orchestration.sources.registry import KINDS
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings

_SMALL, _FULL = 200_000, 1_000_000
_VARIABLE = "MEDUSA_DATABASE_URL"


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="a million orders")
    parser.add_argument("--fetch", nargs=2, metavar=("WORKSPACE", "URL"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fetch:
        _fetch(Path(arguments.fetch[0]), arguments.fetch[1])
        return
    orders = _FULL if arguments.full else _SMALL
    with server() as running, tempfile.TemporaryDirectory() as temporary:
        running.make_shop("shop", orders)
        _measure(running, Path(temporary), orders)


def _measure(running: Server, folder: Path, orders: int) -> None:
    (folder / "adplan.yaml").write_text("sources: {medusa: {}}\n", encoding="utf-8")
    url = running.url("shop")
    command = [sys.executable, "-m", "benchmarks.sources.postgres", "--fetch", str(folder), url]
    copied = run(["psql", "-q", "-d", url, *_copies(url, folder)])
    first, second = run(command), run(command)
    rows = [
        (what, measured.seconds, measured.seconds / copied.seconds, round(measured.peak_mb))
        for what, measured in (
            ("psql \\copy of the same queries", copied),
            ("first fetch", first),
            ("next fetch", second),
        )
    ]
    print_table(
        f"A Medusa shop of {orders:,} orders",
        ("", "seconds", "x of psql", "peak MB of the reader"),
        rows,
    )


def _copies(url: str, folder: Path) -> list[str]:
    with database({_VARIABLE: url}, _VARIABLE) as opened:
        queries = [extract.select(EVERYTHING) for extract in extracts(opened, "public")]
    files = []
    for place, query in enumerate(queries):
        # A backslash command is of one line.
        lines = [line for line in query.splitlines() if not line.strip().startswith("--")]
        file = folder / f"{place}.sql"
        file.write_text(
            "set jit = off; set work_mem = '64MB';\n"
            f"\\copy ({' '.join(' '.join(lines).split())}) to '{folder}/{place}.csv' csv\n"
        )
        files += ["-f", str(file)]
    return files


def _fetch(folder: Path, url: str) -> None:
    workspace = Workspace.open(folder)
    connector = KINDS["medusa"].of(load_settings(workspace))
    if connector is None:
        raise SystemExit("no source is set up")
    now = datetime.now(UTC).replace(tzinfo=None)
    connector.fetch(Fetch(workspace, now.date(), "UTC", now, environment={_VARIABLE: url}))


if __name__ == "__main__":
    main()
