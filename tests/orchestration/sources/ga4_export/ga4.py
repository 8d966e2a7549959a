"""GA4 export files by hand, as Google writes them."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

_VALUE = pa.struct(
    [
        ("string_value", pa.string()),
        ("int_value", pa.int64()),
        ("float_value", pa.float64()),
        ("double_value", pa.float64()),
    ]
)
_PARAMS = pa.list_(pa.struct([("key", pa.string()), ("value", _VALUE)]))


def micros(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp()) * 10**6


def value_of(value: object) -> dict[str, object]:
    kinds = {str: "string_value", int: "int_value", float: "double_value"}
    empty = dict.fromkeys(("string_value", "int_value", "float_value", "double_value"))
    return {**empty, kinds[type(value)]: value}


def event(
    moment: str,
    name: str = "page_view",
    *,
    user: str | None = "u1",
    session: int | None = 1,
    params: dict[str, object] | None = None,
    **columns: object,
) -> dict[str, Any]:
    """An event; `params` are its parameters besides the session's number."""
    given = {**({"ga_session_id": session} if session is not None else {}), **(params or {})}
    return {
        "event_date": moment[:10].replace("-", ""),
        "event_timestamp": micros(moment),
        "event_name": name,
        "event_params": [{"key": key, "value": value_of(value)} for key, value in given.items()],
        "event_bundle_sequence_id": 7,
        "user_pseudo_id": user,
        "user_id": None,
        **columns,
    }


def page(
    moment: str,
    url: str,
    *,
    params: dict[str, object] | None = None,
    user: str | None = "u1",
    session: int | None = 1,
    **columns: object,
) -> dict[str, Any]:
    """A view of the page at an address."""
    given = {"page_location": url, **(params or {})}
    return event(moment, params=given, user=user, session=session, **columns)


def put_parquet(path: Path, *events: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    names = dict.fromkeys(name for one in events for name in one)
    columns = {
        name: pa.array(
            [one.get(name) for one in events], type=_PARAMS if name == "event_params" else None
        )
        for name in names
    }
    columns["user_id"] = pa.array([one.get("user_id") for one in events], type=pa.string())
    pq.write_table(pa.table(columns), path)
    return path


def put_lines(path: Path, *events: dict[str, Any] | str) -> Path:
    """BigQuery writes whole numbers as text and leaves nulls out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [one if isinstance(one, str) else json.dumps(_as_bigquery(one)) for one in events]
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def _as_bigquery(value: object) -> object:
    if isinstance(value, dict):
        return {key: _as_bigquery(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_as_bigquery(inner) for inner in value]
    return str(value) if isinstance(value, int) else value
