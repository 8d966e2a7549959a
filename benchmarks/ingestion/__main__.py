"""Load web events with all rules, and read the same files plainly, in one run.

    python -m benchmarks.ingestion --rows 10000000

Each variant runs in a process of its own, so that its peak memory is its own. The plain read
is the least anyone could do: `create table as select *`, without types, keys or quarantine.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.ingestion.contract import table_named
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadRun, prepare

_MEMORY_LIMIT = "4GB"

# CSV and JSON are larger on disk than Parquet; a third of the rows tells as much.
_TEXT_SHARE = 0.3

_PLAIN_READS = {
    "parquet": "read_parquet('{}')",
    "csv": "read_csv('{}')",
    "jsonl": "read_json('{}', format = 'newline_delimited')",
}

_COPY_OPTIONS = {"parquet": "format parquet", "csv": "format csv", "jsonl": "format json"}

_EVENTS = """
select
    'evt_' || lpad(i::varchar, 12, '0') as event_id,
    ['page_view', 'click', 'add_to_cart', 'purchase', 'scroll_depth'][1 + (hash(i) % 5)::integer]
        as event_type,
    timestamp '2025-01-01' + to_milliseconds(i * 900) as "timestamp",
    'v_' || hash(i // 7) % 2000000 as visitor_id,
    case when i % 4 = 0 then (hash(i // 7) % 500000)::varchar end as user_id,
    's_' || i // 6 as session_id,
    'https://shop.example/products/' || hash(i) % 5000 || '?variant=' || i % 97 as page_url,
    case when i % 3 = 0 then 'https://www.google.com/' end as referrer,
    case when i % 5 = 0 then 'facebook' end as utm_source,
    case when i % 5 = 0 then 'cpc' end as utm_medium,
    case when i % 5 = 0 then 'summer_' || i % 40 end as utm_campaign,
    null::varchar as utm_content,
    null::varchar as utm_term,
    case when i % 50 = 0 then 'fb.1.' || hash(i) end as click_id,
    case when i % 25 = 0 then (hash(i) % 20000 / 100)::decimal(12, 2) end as "value",
    case when i % 25 = 0 then 'USD' end as currency,
    case when i % 25 = 0 then 'order_' || i end as order_id,
    '{{"percent":' || i % 100 || ',"button":"buy"}}' as properties,
    '{{"device":"mobile","os":"ios"}}' as context
from range({rows}) as numbers(i)
"""


def main() -> None:
    """Run every variant and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--variant", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.variant:
        _measure(*arguments.variant)
        return
    with tempfile.TemporaryDirectory() as directory:
        _compare(Path(directory), arguments.rows)


def _compare(directory: Path, rows: int) -> None:
    print(f"{'variant':<16}{'rows':>12}{'seconds':>10}{'rows/s':>14}{'peak MB':>10}{'ratio':>8}")
    for form in _COPY_OPTIONS:
        rows_of_form = rows if form == "parquet" else int(rows * _TEXT_SHARE)
        file = directory / form / f"events.{form}"
        _generate(file, form, rows_of_form)
        plain_seconds = None
        for variant in ("plain", "load_table"):
            seconds, peak_mb = _run_apart(variant, file)
            plain_seconds = plain_seconds or seconds
            print(
                f"{form + ' ' + variant:<16}{rows_of_form:>12,}{seconds:>10.2f}"
                f"{rows_of_form / seconds:>14,.0f}{peak_mb:>10,.0f}{seconds / plain_seconds:>8.2f}"
            )
        file.unlink()


def _generate(file: Path, form: str, rows: int) -> None:
    file.parent.mkdir()
    query = _EVENTS.format(rows=rows)
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to '{file}' ({_COPY_OPTIONS[form]})")


def _run_apart(variant: str, file: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.ingestion", "--variant", variant, str(file)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak_mb = json.loads(result.stdout)
    return seconds, peak_mb


def _measure(variant: str, file: str) -> None:
    """Run one variant into a new database file and print its seconds and peak megabytes."""
    path = Path(file)
    with tempfile.TemporaryDirectory() as directory:
        connection = duckdb.connect(str(Path(directory) / "build.duckdb"))
        connection.execute(f"set memory_limit = '{_MEMORY_LIMIT}'")
        started = time.perf_counter()
        if variant == "plain":
            source = _PLAIN_READS[path.suffix.removeprefix(".")].format(path)
            connection.execute(f"create table events as select * from {source}")
        else:
            run = LoadRun("benchmark", datetime(2026, 1, 1), datetime(2026, 1, 1), "salt")
            prepare(connection, run)
            load_table(connection, table_named("web.events"), path.parent, run)
        connection.close()
        seconds = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak_mb]))


if __name__ == "__main__":
    main()
