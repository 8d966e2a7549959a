"""Write a shop to a workspace: landing files, truth and definitions.

The exception to "no files in python_assets": the one module of the simulation that writes. It
reads no clock: every file gets a modification time from the day it covers, so that the order
of files is the order of days and two simulations are alike in content and in order.
"""

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from python_assets.simulation.arrays import SECONDS_PER_DAY
from python_assets.simulation.definitions import EXPERIMENTS_YAML, GOALS_YAML
from python_assets.simulation.dirt import LANDED_ON, text_of
from python_assets.simulation.json_lines import json_text
from python_assets.simulation.layout import LAYOUTS, Layout
from python_assets.simulation.shop import Shop

# Files of a day are exported a few hours after it ended.
EXPORT_HOUR_SECONDS = 3 * 3600
BAD_FOLDER = "late_and_bad"


def write_shop(shop: Shop, directory: Path) -> dict[str, int]:
    """Write `landing/` and `truth/` below a directory.

    Args:
        shop: The simulated shop.
        directory: The workspace; folders are created.

    Returns:
        Rows written per table, bad rows included.
    """
    first_day = date.fromisoformat(shop.truth.scalars["plan"]["first_day"])
    days = int(shop.truth.scalars["plan"]["days"])
    written = {}
    for name in shop.tables:
        source, table = name.split(".")
        folder = directory / "landing" / source / table
        folder.mkdir(parents=True, exist_ok=True)
        written[name] = _write_table(shop, name, folder, first_day, days)
    _write_truth(shop, directory / "truth", _export_time(first_day, days - 1))
    return written


def write_definitions(shop: Shop, directory: Path) -> list[Path]:
    """Write goals.yaml and experiments.yaml where absent; what a user wrote is never touched.

    Args:
        shop: The simulated shop.
        directory: The workspace.

    Returns:
        The files written.
    """
    experiment = shop.truth.scalars["experiment"]
    texts = {
        "goals.yaml": GOALS_YAML,
        "experiments.yaml": EXPERIMENTS_YAML.format(started_at=experiment["started_at"]),
    }
    folder = directory / "definitions"
    folder.mkdir(parents=True, exist_ok=True)
    absent = [folder / name for name in texts if not (folder / name).exists()]
    for path in absent:
        path.write_text(texts[path.name], encoding="utf-8")
    return absent


def _write_table(shop: Shop, name: str, folder: Path, first_day: date, days: int) -> int:
    layout = LAYOUTS[name]
    rows = pa.Table.from_pandas(shop.tables[name], preserve_index=False).replace_schema_metadata()
    landed_on, broken = shop.landed_on[name], shop.broken[name]
    if layout.format == "parquet":
        # A column of times cannot hold what is no time, so bad rows get a file of their own.
        _write_bad_file(broken, folder, layout, _export_time(first_day, days - 1))
    else:
        rows, landed_on = _with_broken(rows, landed_on, broken, layout)
    for day, part in _files(rows, landed_on):
        path = folder / _file_name(layout, name, first_day + timedelta(days=day))
        path.parent.mkdir(exist_ok=True)
        _write_file(part, path, layout)
        _stamp(path, _export_time(first_day, day))
    return len(shop.tables[name]) + len(broken)


def _with_broken(
    rows: pa.Table, landed_on: np.ndarray, broken: pd.DataFrame, layout: Layout
) -> tuple[pa.Table, np.ndarray]:
    """Merge bad rows into the files of their days; CSV knows only text, JSON keeps types."""
    if layout.format in ("csv", "csv.gz"):
        rows = pa.table({name: text_of(rows[name]) for name in rows.column_names})
    else:
        rows = pa.table({"line": json_text(rows, layout.json_columns)})
    if not len(broken):
        return rows, landed_on
    days = broken[LANDED_ON].to_numpy().astype(np.int64)
    bad = pa.Table.from_pandas(broken.drop(columns=LANDED_ON), preserve_index=False)
    bad = bad.replace_schema_metadata()
    if layout.format in ("csv", "csv.gz"):
        bad = pa.table({name: text_of(bad[name]) for name in bad.column_names})
    else:
        bad = pa.table({"line": json_text(bad, layout.json_columns)})
    whole = np.concatenate([landed_on, days])
    order = np.argsort(whole, kind="stable")
    return pa.concat_tables([rows, bad]).take(pa.array(order)), whole[order]


def _files(rows: pa.Table, landed_on: np.ndarray) -> Iterator[tuple[int, pa.Table]]:
    """Cut rows, ordered by day, into the parts of one file each."""
    days, starts = np.unique(landed_on, return_index=True)
    ends = np.append(starts, len(landed_on))[1:]
    for day, start, end in zip(days, starts, ends, strict=True):
        yield int(day), rows.slice(int(start), int(end - start))


def _file_name(layout: Layout, name: str, day: date) -> str:
    table = name.split(".")[1]
    if layout.period == "all":
        return f"{table}.{layout.format}"
    if layout.period == "month":
        return f"{table}_{day:%Y-%m}.{layout.format}"
    if layout.format == "parquet":
        return f"date={day}/{table}.{layout.format}"
    return f"{table}_{day}.{layout.format}"


def _write_file(rows: pa.Table, path: Path, layout: Layout) -> None:
    if layout.format == "parquet":
        # Ids hardly repeat within a file, so a dictionary of them would be built in vain.
        repeated = [field.name for field in rows.schema if pa.types.is_dictionary(field.type)]
        pa.parquet.write_table(rows, path, use_dictionary=repeated, store_schema=False)
    elif layout.format == "csv":
        pa.csv.write_csv(rows, path)
    elif layout.format == "csv.gz":
        with pa.CompressedOutputStream(str(path), "gzip") as stream:
            pa.csv.write_csv(rows, stream)
    else:
        separator, start, end = (
            (",\n", "[\n", "\n]\n") if layout.format == "json" else ("\n", "", "\n")
        )
        path.write_text(start + separator.join(rows["line"].to_pylist()) + end, encoding="utf-8")


def _write_bad_file(broken: pd.DataFrame, folder: Path, layout: Layout, moment: int) -> None:
    if not len(broken):
        return
    rows = pa.Table.from_pandas(broken.drop(columns=LANDED_ON), preserve_index=False)
    path = folder / BAD_FOLDER / "bad_rows.jsonl"
    path.parent.mkdir(exist_ok=True)
    lines = json_text(rows.replace_schema_metadata(), layout.json_columns)
    path.write_text("\n".join(lines.to_pylist()) + "\n", encoding="utf-8")
    _stamp(path, moment)


def _write_truth(shop: Shop, folder: Path, moment: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    truth = shop.truth
    text = json.dumps(truth.scalars, indent=2, ensure_ascii=False) + "\n"
    (folder / "truth.json").write_text(text, encoding="utf-8")
    for name, frame in (("customers", truth.customers), ("visitors", truth.visitors)):
        rows = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata()
        pa.parquet.write_table(rows, folder / f"{name}.parquet", compression="zstd")
    for path in sorted(folder.iterdir()):
        _stamp(path, moment)


def _export_time(first_day: date, day: int) -> int:
    """When the file of a day is exported, in seconds since 1970."""
    whole_days = (first_day - date(1970, 1, 1)).days + day + 1
    return whole_days * SECONDS_PER_DAY + EXPORT_HOUR_SECONDS


def _stamp(path: Path, moment: int) -> None:
    os.utime(path, (moment, moment))
