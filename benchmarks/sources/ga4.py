"""Make a day of GA4's BigQuery export into events and sessions, and load them.

    python -m benchmarks.sources.ga4 --full

The day is ten million events with ten parameters each as Parquet, and a tenth of them as JSON
Lines; without `--full` a tenth of both. Each step runs in a process of its own, so that its peak
memory is its own.
"""

import argparse
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

import duckdb

from benchmarks.measure import print_table, run
from orchestration.ingestion.contract import table_named
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadRun, prepare
from orchestration.sources.connector import Fetch
from orchestration.sources.ga4_export.connector import Ga4Export
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings

_FULL_ROWS, _SMALL_ROWS = 10_000_000, 1_000_000
_JSON_SHARE = 0.1
_DAY, _NEXT_DAY = "20260101", datetime(2026, 1, 2)

_VALUE = "string_value: {}, int_value: {}, float_value: null::double, double_value: null::double"


def _text(key: str, value: str) -> str:
    return f"{{key: '{key}', value: {{{_VALUE.format(f'({value})::varchar', 'null::bigint')}}}}}"


def _whole(key: str, value: str) -> str:
    return f"{{key: '{key}', value: {{{_VALUE.format('null::varchar', f'({value})::bigint')}}}}}"


_CAME_BY_AD = "step = 0 and session % 3 = 0"
_LINK = "'?utm_source=facebook&utm_medium=cpc&utm_campaign=summer_' || session % 40"

_PARAMS = ", ".join(
    [
        _whole("ga_session_id", "1767225600 + session % 86400"),
        _whole("ga_session_number", "session % 7 + 1"),
        _text(
            "page_location",
            "'https://shop.example/products/' || i * 7919 % 5000 || "
            f"case when {_CAME_BY_AD} then {_LINK} else '' end",
        ),
        _text("page_title", "'Product ' || i * 7919 % 5000"),
        _text(
            "page_referrer",
            "case when step = 0 and session % 4 = 0 then 'https://www.google.com/' "
            "else 'https://shop.example/' end",
        ),
        _whole("engagement_time_msec", "i * 7919 % 20000"),
        _text("session_engaged", "'1'"),
        _whole("engaged_session_event", "1"),
        _text("content_group", "'products'"),
        _whole("entrances", "(step = 0)::int"),
    ]
)

_EVENTS = f"""
select '{_DAY}' as event_date,
    1767225600000000 + (session % 86000) * 1000000 + step * 7000000 as event_timestamp,
    ['page_view', 'scroll', 'user_engagement', 'view_item', 'add_to_cart', 'purchase'][1 + i % 6]
        as event_name,
    [{_PARAMS}] as event_params,
    i as event_bundle_sequence_id,
    null::varchar as user_id,
    session * 7919 % 2000000011 || '.' || 1767000000 + session % 200000 as user_pseudo_id,
    {{category: 'mobile', operating_system: 'Android', language: 'en-us',
        web_info: {{browser: 'Chrome', hostname: 'shop.example'}}}} as device,
    {{continent: 'Europe', country: 'Germany', region: 'Berlin', city: 'Berlin'}} as geo,
    {{name: '(direct)', medium: '(none)', source: '(direct)'}} as traffic_source,
    {{manual_source: case when {_CAME_BY_AD} then 'facebook' end,
        manual_medium: case when {_CAME_BY_AD} then 'cpc' end,
        manual_campaign_name: case when {_CAME_BY_AD} then 'summer_' || session % 40 end,
        gclid: null::varchar}} as collected_traffic_source,
    '1234567890' as stream_id,
    'WEB' as platform,
    case when i % 6 = 5 then {{transaction_id: 'T' || i, purchase_revenue: 12.5::double,
        tax_value: 1.0::double, shipping_value: 0.0::double}} end as ecommerce,
    case when i % 6 = 5 then [{{item_id: 'sku1', item_name: 'Shirt', price: 12.5::double,
        quantity: 1::bigint}}] else [] end as items,
    0::bigint as batch_event_index
from (select i, i // 7 as session, i % 7 as step from range({{rows}}) as numbers(i))
"""

_COPY = {
    "parquet": "format parquet, compression snappy",
    "jsonl": "format json",
}


def main() -> None:
    """Measure both forms and print one table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="ten million events")
    parser.add_argument("--step", nargs=2, metavar=("NAME", "DIRECTORY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        _STEPS[arguments.step[0]](Path(arguments.step[1]))
        return
    rows = _FULL_ROWS if arguments.full else _SMALL_ROWS
    measured = [*_measured("parquet", rows), *_measured("jsonl", int(rows * _JSON_SHARE))]
    print_table(
        "A day of GA4's export",
        ["step", "events", "seconds", "CPU seconds", "events/s", "peak MB", "file MB"],
        measured,
    )


def _measured(form: str, rows: int) -> list[list[object]]:
    found = []
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "exports" / "ga4" / f"events_{_DAY}.{form}"
        file.parent.mkdir(parents=True)
        (Path(directory) / "landing").mkdir()
        with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
            query = _EVENTS.replace("{rows}", str(rows))
            connection.execute(f"copy ({query}) to '{file}' ({_COPY[form]})")
        for step in _STEPS:
            command = [sys.executable, "-m", "benchmarks.sources.ga4", "--step", step, directory]
            cost = run(command)
            speed = int(rows / cost.seconds)
            size = file.stat().st_size / 2**20
            found.append(
                [f"{form}: {step}", rows, cost.seconds, cost.cpu_seconds, speed, cost.peak_mb, size]
            )
    return found


def _transform(directory: Path) -> None:
    fetch = Fetch(Workspace(directory), date(2026, 1, 2), "UTC", _NEXT_DAY)
    Ga4Export(Ga4ExportSettings(), ResourceSettings()).fetch(fetch)


def _load(directory: Path) -> None:
    with duckdb.connect(str(directory / "build.duckdb")) as connection:
        connection.execute(f"set memory_limit = '{ResourceSettings().memory_limit}'")
        load_run = LoadRun("benchmark", _NEXT_DAY, _NEXT_DAY, "salt")
        prepare(connection, load_run)
        for table in ("web.events", "web.sessions"):
            folder = directory / "landing" / table.replace(".", "/")
            load_table(connection, table_named(table), folder, load_run)


_STEPS = {"transform": _transform, "load": _load}

if __name__ == "__main__":
    main()
