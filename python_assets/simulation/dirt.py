"""Dirt on purpose, as the last step: duplicates, late rows and bad rows at known rates.

Bad rows are added, never made of good ones: each is a copy of a good row with a new key and
one mistake. So the clean totals stay exactly known, and every bad row has one reason.
"""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from python_assets.simulation import layout
from python_assets.simulation.actions import decimal_text
from python_assets.simulation.arrays import Integers, stream
from python_assets.simulation.layout import LAYOUTS, Layout
from python_assets.simulation.plan import ShopPlan

DUPLICATE_RATE = 0.004
LATE_RATE = 0.005
BAD_RATE = 0.0003
REEXPORT_RATE = 0.03
# Meta restates a day two days later: not late by the 24-hour rule, since days are stamped 0:00.
REEXPORT_DELAY_DAYS = 2
LATEST_DELAY_DAYS = 5
STALE_BY = np.timedelta64(2, "h")
LANDED_ON = "landed_on"
NOT_A_TIME = "2026-02-31 25:61:00"
NOT_A_CURRENCY = "??"
NOT_JSON = '{"percent": [7'


@dataclass(frozen=True)
class SoiledTable:
    """What lands of one table.

    Attributes:
        rows: Readable rows, duplicates included, in the order they land.
        landed_on: Per row, the day (0 for the first) of the file it lands in.
        broken: Bad rows, every column as text, with the day in the column `landed_on`.
        duplicates: Number of rows that repeat the key of another.
        late: Number of rows that are late by the rule of `count_late`.
        bad: Number of bad rows by reason code.
    """

    rows: pd.DataFrame
    landed_on: Integers
    broken: pd.DataFrame
    duplicates: int
    late: int
    bad: dict[str, int]


def soil(plan: ShopPlan, name: str, clean: pd.DataFrame, days: Integers | None) -> SoiledTable:
    """Add the dirt of one table. The clean frame is consumed, to hold one copy in memory.

    Args:
        plan: The shop's plan.
        name: Table name, such as `commerce.orders`.
        clean: Its clean rows.
        days: Day of each row where the table has no time of its own.
    """
    table_layout = LAYOUTS[name]
    generator = stream(plan.seed, f"dirt {name}")
    happened_on = _days_of(plan, table_layout, clean) if days is None else days
    landed_on = _file_days(plan, table_layout, happened_on)
    broken = _break_rows(plan, generator, table_layout, clean, landed_on)
    copies, copies_landed_on = _repeat(plan, generator, table_layout, clean, landed_on)
    if name == "meta_ads.insights":
        copies, copies_landed_on = _restate(plan, generator, clean, landed_on)
    if table_layout.has_late_rows:
        is_copied = np.isin(np.arange(len(clean)), copies.index.to_numpy())
        _delay(plan, generator, landed_on, ~is_copied)
    rows, landed_on = _in_landing_order(clean, landed_on, copies, copies_landed_on)
    return SoiledTable(
        rows=rows,
        landed_on=landed_on,
        broken=broken,
        duplicates=len(copies),
        late=count_late(table_layout, rows, landed_on),
        bad={str(key): int(count) for key, count in broken.attrs["reasons"].items()},
    )


def count_late(table_layout: Layout, rows: pd.DataFrame, landed_on: Integers) -> int:
    """Count rows more than 24 hours older than the newest row of files that landed earlier."""
    if table_layout.happened_at is None or not len(rows):
        return 0
    happened = _moments_of(rows[table_layout.happened_at])
    file_days, starts = np.unique(landed_on, return_index=True)
    newest = np.maximum.accumulate(np.maximum.reduceat(happened, starts))
    earlier = np.concatenate([[happened.min()], newest[:-1]])
    limit = earlier[np.searchsorted(file_days, landed_on)] - np.timedelta64(24, "h")
    return int((happened < limit).sum())


def _moments_of(column: pd.Series) -> np.ndarray:
    if column.dtype.kind != "M":
        column = pd.to_datetime(column, utc=True).dt.tz_localize(None)
    return column.to_numpy().astype("datetime64[s]").astype(np.int64).view("datetime64[s]")


def _days_of(plan: ShopPlan, table_layout: Layout, clean: pd.DataFrame) -> Integers:
    """Day of each row; what happened before the first day lands on it."""
    if table_layout.happened_at is None or table_layout.period == "all":
        return np.zeros(len(clean), dtype=np.int64)
    happened = _moments_of(clean[table_layout.happened_at]).astype("datetime64[D]")
    since = (happened - np.datetime64(plan.first_day, "D")).astype(np.int64)
    return since.clip(0, plan.days - 1)


def _file_days(plan: ShopPlan, table_layout: Layout, happened_on: Integers) -> Integers:
    """Last day covered by the file each row belongs to."""
    if table_layout.period == "day":
        return happened_on.copy()
    last = plan.days - 1
    if table_layout.period == "all":
        return np.full(len(happened_on), last)
    first_day = np.datetime64(plan.first_day, "D")
    next_month = (first_day + np.arange(plan.days)).astype("datetime64[M]") + 1
    month_end = (next_month.astype("datetime64[D]") - first_day).astype(np.int64) - 1
    file_days: Integers = np.minimum(month_end, last)[happened_on]
    return file_days


def _amount(rate: float, plan: ShopPlan, rows: int) -> int:
    """How many of `rows`: at least one wherever dirt is wanted and rows exist."""
    if plan.dirt == 0 or rows == 0:
        return 0
    return min(max(round(rate * plan.dirt * rows), 1), rows)


def _repeat(
    plan: ShopPlan,
    generator: np.random.Generator,
    table_layout: Layout,
    clean: pd.DataFrame,
    landed_on: Integers,
) -> tuple[pd.DataFrame, Integers]:
    """Rows that land again: as they are, or as an older version where versions exist.

    In daily files the repetition comes a day later, so that the newest file does not hold the
    newest version. That is not late: it is less than 24 hours behind the day before.
    """
    count = _amount(DUPLICATE_RATE, plan, len(clean)) if table_layout.has_duplicates else 0
    source = np.sort(generator.choice(len(clean), count, replace=False)) if count else np.arange(0)
    copies = clean.iloc[source].copy()
    if table_layout.updated_at is not None and count:
        is_stale = np.arange(count) % 2 == 0
        stale_by = np.where(is_stale, STALE_BY, np.timedelta64(0, "h"))
        copies[table_layout.updated_at] = copies[table_layout.updated_at] - stale_by
        if "status" in copies:
            copies.loc[is_stale, "status"] = "pending"
            copies.loc[is_stale, "canceled_at"] = pd.NaT
    delay = 1 if table_layout.period == "day" else 0
    return copies, np.minimum(landed_on[source] + delay, plan.days - 1)


def _restate(
    plan: ShopPlan, generator: np.random.Generator, clean: pd.DataFrame, landed_on: Integers
) -> tuple[pd.DataFrame, Integers]:
    """Meta re-exports some days: first with less spend, final numbers two days later.

    Changes `landed_on` in place for the final rows.
    """
    eligible = max(plan.days - REEXPORT_DELAY_DAYS, 0)
    restated = generator.permutation(eligible)[: _amount(REEXPORT_RATE, plan, eligible)]
    source = np.flatnonzero(np.isin(landed_on, restated))
    first_landed_on = landed_on[source].copy()
    landed_on[source] += REEXPORT_DELAY_DAYS
    copies = clean.iloc[source].copy()
    cents = np.rint(copies["spend"].astype(float).to_numpy() * 90).astype(np.int64)
    copies["spend"] = decimal_text(cents)
    return copies, first_landed_on


def _delay(
    plan: ShopPlan, generator: np.random.Generator, landed_on: Integers, can_wait: np.ndarray
) -> None:
    """Let some rows land 2 to 5 days after they happened; changes `landed_on` in place."""
    candidates = np.flatnonzero(can_wait & (landed_on < plan.days - LATEST_DELAY_DAYS))
    count = min(_amount(LATE_RATE, plan, len(landed_on)), len(candidates))
    chosen = generator.choice(candidates, count, replace=False) if count else np.arange(0)
    landed_on[chosen] += generator.integers(2, LATEST_DELAY_DAYS + 1, len(chosen))


def _in_landing_order(
    clean: pd.DataFrame, landed_on: Integers, copies: pd.DataFrame, copies_landed_on: Integers
) -> tuple[pd.DataFrame, Integers]:
    """Merge rows and copies, ordered by file; column by column, to bound memory."""
    whole = np.concatenate([landed_on, copies_landed_on])
    order = np.argsort(whole, kind="stable")
    if not len(copies) and bool((np.diff(landed_on) >= 0).all()):
        return clean, landed_on
    columns = {}
    for name in list(clean.columns):
        column = pd.concat([clean.pop(name), copies[name]], ignore_index=True)
        columns[name] = column.array.take(order)
    return pd.DataFrame(columns, copy=False), whole[order]


def _break_rows(
    plan: ShopPlan,
    generator: np.random.Generator,
    table_layout: Layout,
    clean: pd.DataFrame,
    landed_on: Integers,
) -> pd.DataFrame:
    """Copy good rows, give them a new key, and break one column of each."""
    count = _amount(BAD_RATE, plan, len(clean))
    faults = table_layout.broken if count else ()
    source = generator.integers(0, len(clean), count * len(faults)) if count else np.arange(0)
    broken = as_text_frame(clean.iloc[source])
    for position, (reason, column) in enumerate(faults):
        rows = np.arange(position * count, (position + 1) * count)
        key = [f"bad_{reason}_{number + 1}" for number in range(count)]
        is_raw_json = column in table_layout.json_columns
        broken.loc[rows, table_layout.key] = key
        broken.loc[rows, column] = _broken_values(plan, generator, reason, is_raw_json, count)
    broken[LANDED_ON] = landed_on[source]
    broken = broken.sort_values(LANDED_ON, kind="stable", ignore_index=True)
    broken.attrs["reasons"] = {reason: count for reason, _ in faults}
    return broken


def _broken_values(
    plan: ShopPlan, generator: np.random.Generator, reason: str, is_raw_json: bool, count: int
) -> list[Any]:
    """Values of the broken column for one reason."""
    ahead = np.datetime64(plan.last_day, "D") + generator.integers(3, 8, count)
    values: dict[str, list[Any]] = {
        layout.MISSING_KEY: [None] * count,
        layout.UNPARSEABLE_TIMESTAMP: [NOT_A_TIME] * count,
        layout.FUTURE_TIMESTAMP: [str(day) for day in ahead],
        layout.NEGATIVE_AMOUNT: ["-5"] * count,
        layout.UNKNOWN_CURRENCY: [NOT_A_CURRENCY] * count,
        # A JSON column is written as it is, so its broken text has to arrive as a string.
        layout.UNREADABLE_JSON: [json.dumps(NOT_JSON) if is_raw_json else NOT_JSON] * count,
    }
    return values[reason]


def as_text_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Write every column as text, as CSV would."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    return pd.DataFrame(
        {name: text_of(table[name]).to_pandas() for name in table.column_names}
    ).astype("str")


def text_of(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Cast an Arrow column to text: times to the second, dictionaries to their values."""
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("s"), safe=False)
    return column.cast(pa.large_string())
