"""Fetching extracts: which window, which files, and how far that got.

Files are named by the cursor they were read from. A fetch that did not get to note how far it got
reads from the same cursor again, and replaces its files.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.sources.connector import Fetch, Probe
from orchestration.sources.landed_files import read_state, write_state
from orchestration.sources.postgres.database import Database
from orchestration.sources.postgres.extract import CHANGED_AT, EVERYTHING, Extract, Window
from orchestration.sources.postgres.staging import staging

_PROBED_ROWS = 3
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST_MICROSECONDS = (datetime(9000, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Reading:
    """How a connector reads.

    Attributes:
        connector: Its name.
        overlap: How far behind the cursor rows are read again: transactions end later than the
            moments they write.
        batch_rows: Rows in a file.
        look: Called with each extract's batches, to tell of what is odd in them.
    """

    connector: str
    overlap: timedelta
    batch_rows: int
    look: Callable[[Extract, pa.Table], int] = lambda _extract, _rows: 0


@dataclass(frozen=True)
class _Plan:
    """What to read, and the name of its files.

    Attributes:
        window: Rows that are asked for.
        name: Of the window, in file names.
        replaces_all: Whether it makes all other files of the extract superfluous.
        moves_cursor: Whether the next fetch goes on from here.
    """

    window: Window
    name: str
    replaces_all: bool = False
    moves_cursor: bool = True


def fetch_extract(database: Database, extract: Extract, fetch: Fetch, reading: Reading) -> int:
    """Read what an extract is asked for, lay it, note how far it got, and return the rows."""
    state = read_state(fetch.workspace, reading.connector)
    key = f"{extract.table}/{extract.name}"
    query = hashlib.sha256(extract.select(EVERYTHING).encode()).hexdigest()[:16]
    plan = _plan(extract, state.get(key, {}), query, fetch, reading.overlap)
    rows, odd, newest = 0, 0, None
    with staging(fetch.workspace, extract.table, reading.connector) as files:
        for part, batch in enumerate(
            database.tables(extract.select(plan.window), reading.batch_rows)
        ):
            rows, odd = rows + batch.num_rows, odd + reading.look(extract, batch)
            newest = _latest(newest, batch)
            landed = batch.drop_columns([CHANGED_AT]) if extract.newest else batch
            files.add(f"{extract.name}.{plan.name}.{part:05d}", landed)
            fetch.report(f"{extract.table}: {rows:,} rows")
        files.publish(lambda name: _is_replaced(name, extract, plan))
    if odd:
        fetch.warn(extract.table, odd, "totals that are not what their parts add up to")
    if plan.moves_cursor:
        cursor = _cursor(state.get(key, {}), newest, plan, database)
        write_state(
            fetch.workspace, reading.connector, {**state, key: {"cursor": cursor, "query": query}}
        )
    return rows


def probe_extract(database: Database, extract: Extract) -> Probe:
    """Read the rows that changed last, a few."""
    newest = database.rows(extract.newest)[0]["newest"] if extract.newest else None
    query = extract.select(Window(since=newest) if newest else EVERYTHING)
    found = database.rows(f"select * from ({query}) as rows limit {_PROBED_ROWS}")
    rows = tuple({name: row[name] for name in row if name != CHANGED_AT} for row in found)
    naive = newest.astimezone(UTC).replace(tzinfo=None) if newest else None
    return Probe(extract.table, rows, naive)


def _plan(
    extract: Extract, state: dict[str, Any], query: str, fetch: Fetch, overlap: timedelta
) -> _Plan:
    if extract.newest and not fetch.everything and (fetch.first or fetch.last):
        return _days(fetch)
    cursor = state.get("cursor")
    # Another query (a column was added, a setting changed) makes other rows of all.
    if fetch.everything or not extract.newest or not cursor or state.get("query") != query:
        return _Plan(EVERYTHING, "all", replaces_all=True)
    since = datetime.fromisoformat(cursor)
    return _Plan(Window(since - overlap), f"since-{since:%Y%m%dT%H%M%S%fZ}")


def _days(fetch: Fetch) -> _Plan:
    first, last = fetch.first or date.min, fetch.last or fetch.today
    since = _midnight(first, fetch.timezone) if fetch.first else None
    window = Window(since, _midnight(last + timedelta(days=1), fetch.timezone))
    return _Plan(window, f"days-{first}-{last}", moves_cursor=False)


def _midnight(day: date, timezone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(timezone)).astimezone(UTC)


def _is_replaced(name: str, extract: Extract, plan: _Plan) -> bool:
    source, _, rest = name.partition(".")
    return source == extract.name and (plan.replaces_all or rest.startswith(f"{plan.name}."))


def _latest(newest: datetime | None, batch: pa.Table) -> datetime | None:
    if CHANGED_AT not in batch.column_names:
        return None
    # As a number, because infinity is a moment there but not in Python.
    here = pc.max(batch[CHANGED_AT].cast(pa.int64())).as_py()
    if here is None:
        return newest
    reached = _EPOCH + timedelta(microseconds=min(here, _LATEST_MICROSECONDS))
    return reached if newest is None else max(newest, reached)


def _cursor(
    state: dict[str, Any], newest: datetime | None, plan: _Plan, database: Database
) -> str | None:
    """How far everything has been read; never beyond the server's own clock."""
    now = database.rows("select now() as now")[0]["now"]
    known = None if plan.replaces_all else state.get("cursor")
    reached = [min(newest, now)] if newest else []
    if known:
        reached.append(datetime.fromisoformat(known))
    return max(reached).astimezone(UTC).isoformat() if reached else None
