"""Columns of any name and type, none of which is code."""

import json

import pytest

from orchestration.ingestion.files import landing_files
from orchestration.ingestion.layouts import layout_of
from orchestration.ingestion.readers import Reading
from tests.orchestration.ingestion.landing import Landing

HOSTILE = [
    *(
        "'; drop table raw_commerce.orders; --",
        '"; drop schema ingest; --',
        "{{ 1/0 }}",
        "{% raw %}",
    ),
    *(
        "[*]?",
        "a[b]c",
        "100%",
        "\\",
        "\\'",
        "$1",
        "?",
        "$$",
        "/* */",
        "--",
        "a/b~c",
        "a.b",
        "üñî😀",
        "שלום",
        "\u202eabc",
    ),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_values_are_never_code(orders: Landing, text: str):
    name = text.replace("/", "_")
    rows = [{"id": f"{text}1", "created_at": "2026-01-01", "promo_code": text, text: text}]

    for number, suffix in enumerate(("jsonl", "json", "csv", "parquet")):
        rows[0]["id"] = f"{text}{number}"
        path = f"{name} {number}/{name}.{suffix}"
        if suffix == "csv":
            cells = ['"' + cell.replace('"', '""') + '"' for cell in (*rows[0], *rows[0].values())]
            orders.put(path, ",".join(cells[:4]) + "\n" + ",".join(cells[4:]) + "\n")
        elif suffix == "parquet":
            orders.connection.execute(
                "create or replace temp table one as "
                "select $1 as id, date '2026-01-01' as created_at, $2 as promo_code",
                [rows[0]["id"], text],
            )
            quoted = '"' + text.replace('"', '""') + '"'
            orders.connection.execute(f"alter table one add column {quoted} varchar")
            orders.connection.execute(f"update one set {quoted} = $1", [text])
            plain = orders.put_query("plain.parquet", "from one")
            target = orders.folder / path
            target.parent.mkdir()
            plain.rename(target)
        else:
            orders.put(path, json.dumps(rows) if suffix == "json" else json.dumps(rows[0]))
    counts = orders.load()
    assert counts.rows_accepted == 4, orders.quarantine("reason, source_file, original")
    assert orders.rows("id, promo_code") == sorted((f"{text}{number}", text) for number in range(4))
    assert [json.loads(str(extra)) for extra in orders.column("_extra")] == [{text: text}] * 4


@pytest.mark.parametrize(
    "name",
    [
        "file_index",
        "position",
        "line",
        "json",
        "v",
        "v0",
        "c0",
        "reason",
        "rowid",
        "filename",
        "typed__id",
        "_rejection",
        "_file_index",
        "is_late",
        "File_Index",
    ],
)
def test_no_column_name_has_a_meaning_of_its_own(orders: Landing, name: str):
    orders.put("a.csv", f"{name},id,created_at\nx,1,2026-01-01\ny,,2026-01-01\n")
    orders.put("b.jsonl", f'{{"{name}": "x", "id": 2, "created_at": "2026-01-01"}}')
    for number in (3, 4):
        orders.put_query(
            f"{number}.parquet",
            f"select 'x' as \"{name}\", {number} as id, date '2026-01-01' as created_at",
        )
    orders.put_query(
        "5.parquet", f"select 5 as \"{name}\", 5 as id, date '2026-01-01' as created_at"
    )
    orders.load()
    assert orders.column("id") == list("12345")
    assert orders.column("_extra") == [*[f'{{"{name}":"x"}}'] * 4, f'{{"{name}":5}}']
    assert orders.quarantine() == [("missing_key", "a.csv", 3)]


def test_extra_columns_are_equal_however_files_are_read(orders: Landing):
    orders.put("a.csv", "id,created_at,colour,size\n1,2026-01-01,red,\n2,2026-01-01,,9\n")
    orders.put(
        "b.jsonl",
        '{"id": 3, "created_at": "2026-01-01", "colour": null, '
        '"deep": {"a": [1, null], "b": 1.50}}',
    )
    orders.load()
    orders.put("c.jsonl", '{"id": 4, "created_at": "2026-01-01", "taste": "sour"}')
    orders.put_query(
        "d.parquet",
        "select 5 as id, date '2026-01-01' as created_at, 'nan'::double as colour, [1] as deep",
    )
    orders.load()
    assert orders.column("_extra") == [
        '{"colour":"red"}',
        '{"size":"9"}',
        '{"deep":{"a":[1,null],"b":1.5}}',
        '{"taste":"sour"}',
        '{"deep":[1]}',
    ]
    together = orders.elsewhere()
    together.load()
    assert together.snapshot() == orders.snapshot()


def test_thousands_of_json_layouts(orders: Landing):
    lines = (
        f'{{"id": {number}, "created_at": "2026-01-01", "key_{number}": {number}}}'
        for number in range(3000)
    )
    orders.put("a.jsonl", "\n".join(lines))
    assert orders.load().rows_accepted == 3000
    assert orders.rows("_extra")[1] == ('{"key_1":1}',)


def test_columns_of_nothing_but_null(orders: Landing):
    orders.put_query(
        "a.parquet",
        "select 1 as id, date '2026-01-01' as created_at, null as total, null::integer as email",
    )
    orders.put("b.csv", "id,created_at,total,email\n2,2026-01-01,,\n")
    orders.put("c.jsonl", '{"id": 3, "created_at": "2026-01-01", "total": null, "email": null}')
    orders.load()
    assert orders.rows("id, total, email, email_hash") == [
        (str(i), None, None, None) for i in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *(("'abc'::blob", "abc"), ("'\\xff'::blob", "\\xFF"), ("time '10:00'", "10:00:00")),
        *(("interval 1 day", "1 day"), ("'{\"a\": 1}'::json", '{"a":1}'), ("'\"x\"'::json", "x")),
        *(("uuid 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),),
        *(("{'a': 1}", '{"a":1}'), ("[1, 2]", "[1,2]"), ("1::utinyint", "1"), ("true", "true")),
    ],
)
def test_parquet_types_nobody_expected_are_text(orders: Landing, value: str, text: str):
    orders.put_query(
        "a.parquet",
        f"select 1 as id, date '2026-01-01' as created_at, {value} as promo_code, {value} as extra",
    )
    orders.load()
    assert orders.column("promo_code") == [text]


def test_types_differ_between_parquet_files_of_one_folder(orders: Landing):
    for number, value in enumerate(
        ("1", "'1'", "1.0::double", "1::decimal(9, 2)", "1::ubigint", "null")
    ):
        orders.put_query(
            f"{number}.parquet",
            f"select '{number}' as id, date '2026-01-01' as created_at, {value} as total, "
            f"{value} as customer_id",
        )
    orders.load()
    assert orders.rows("cast(total as integer), customer_id") == [*[(1, "1")] * 5, (None, None)]


def test_files_of_equal_layout_are_read_by_one_query(orders: Landing):
    for number in range(20):
        orders.put(f"{number}.csv", "id,created_at,total\n1,2026-01-01,10\n")
    layouts = {
        layout_of(orders.connection, orders.table, file) for file in landing_files(orders.folder)
    }
    assert len(layouts) == 1
    halves = Reading(layouts.pop(), tuple(landing_files(orders.folder))).halves()
    assert [len(half.files) for half in halves] == [10, 10]
