"""However rows are spread over files and files over loads, the result is one full load's."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.ingestion.contract import table_named
from tests.orchestration.ingestion.landing import Landing, LandingOf

IDS = st.sampled_from(["1", "2", "3", "a b", "é", "", None, "NaN", 4, 5.0])
MOMENTS = st.sampled_from(
    [
        "2026-01-01",
        "2026-01-03T10:00:00Z",
        "2026-02-01T00:00:00+0200",
        1767225600,
        "2027-01-01",
        "never",
        None,
        "",
    ]
)
ROWS = st.fixed_dictionaries(
    {"id": IDS, "created_at": MOMENTS},
    optional={
        "updated_at": MOMENTS,
        "total": st.one_of(st.integers(-2, 5), st.sampled_from(["1.5", "x", "-0.0", None])),
        "currency_code": st.sampled_from(["EUR", "usd", "ZZZ", None]),
        "Promo_Code": st.text(max_size=5),
        "extra": st.one_of(st.none(), st.text(max_size=5), st.lists(st.integers(), max_size=2)),
    },
)
FORMS = st.sampled_from(["csv", "json", "jsonl", "parquet"])
FILES = st.lists(
    st.tuples(FORMS, st.lists(ROWS, min_size=1, max_size=6), st.booleans()), min_size=1, max_size=6
)


def _put(landing: Landing, name: str, form: str, rows: list[dict[str, object]]) -> None:
    if form == "csv":
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = [names, *([row.get(name) for name in names] for row in rows)]
        landing.put(f"{name}.csv", "".join(",".join(map(_cell, line)) + "\n" for line in lines))
    elif form == "json":
        landing.put(f"{name}.json", json.dumps(rows))
    elif form == "jsonl":
        landing.put(f"{name}.jsonl", "".join(json.dumps(row) + "\n" for row in rows) + "{broken\n")
    else:
        source = landing.folder.parent / "rows.json"
        source.write_text(json.dumps(rows))
        landing.put_query(f"{name}.parquet", f"from read_json('{source}', format = 'array')")


def _cell(value: object) -> str:
    return "" if value is None else '"' + str(value).replace('"', '""') + '"'


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files=FILES)
def test_successive_loads_equal_one_full_load(
    landing_of: LandingOf, files: list[tuple[str, list[dict[str, object]], bool]]
):
    with tempfile.TemporaryDirectory() as directory:
        blank = replace(landing_of("commerce.orders"), folder=Path(directory) / "orders")
        step_by_step = blank.elsewhere()
        step_by_step.folder.mkdir()
        rows_read = rows_duplicate = 0
        for number, (form, rows, is_loaded) in enumerate(files):
            _put(step_by_step, str(number), form, rows)
            if is_loaded:
                counts = step_by_step.load()
                rows_read += counts.rows_read
                rows_duplicate += counts.rows_duplicate
        rows_read += step_by_step.load().rows_read
        full = blank.elsewhere()
        counts = full.load()
        assert counts.rows_read == rows_read
        assert counts.rows_read == sum(len(rows) + (form == "jsonl") for form, rows, _ in files)
        assert counts.rows_duplicate >= rows_duplicate
        assert step_by_step.snapshot() == full.snapshot()
        step_by_step.load(reload=True)
        assert step_by_step.snapshot() == full.snapshot()
        for landing in (step_by_step, full):
            landing.connection.close()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lines=st.lists(st.binary(max_size=40), max_size=8),
    suffix=st.sampled_from(["csv", "jsonl", "json"]),
)
def test_no_bytes_stop_a_load(landing_of: LandingOf, lines: list[bytes], suffix: str):
    start = (
        b"id,created_at,promo_code\n"
        if suffix == "csv"
        else b'{"id": 1, "created_at": "2026-01-01"}\n'
    )
    with tempfile.TemporaryDirectory() as directory:
        landing = replace(landing_of("commerce.orders"), folder=Path(directory))
        landing.connection = duckdb.connect()
        landing.put(f"a.{suffix}", start + b"\n".join(lines))
        landing.put("b.csv", "id,created_at\nb,2026-01-01\n")
        landing.load()
        assert "b" in landing.column("id")
        landing.connection.close()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    row=st.dictionaries(
        st.sampled_from([*table_named("web.events").columns, "Event_ID", "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(max_size=3), inner, max_size=3)
            ),
            max_leaves=5,
        ),
    )
)
def test_no_json_value_stops_a_load(landing_of: LandingOf, row: dict[str, object]):
    with tempfile.TemporaryDirectory() as directory:
        landing = replace(landing_of("web.events"), folder=Path(directory))
        landing.connection = duckdb.connect()
        landing.put("a.jsonl", json.dumps(row) + "\n")
        landing.put("b.json", json.dumps([row]))
        assert landing.load().rows_read == 2
        assert "unreadable_file" not in landing.reasons()
        landing.connection.close()
