import json

import duckdb

from expectations.checks import NONE, Check
from expectations.offending import offending_query, offending_rows


def _check(offending: str | None) -> Check:
    return Check("name", "shop.orders", "count(*)", NONE, "warn", "meaning", offending)


def test_a_condition_selects_rows_of_the_relation():
    assert offending_query(_check("total < 0"), "raw.t") == "select * from raw.t where total < 0"


def test_a_query_stands_by_itself():
    query = offending_query(_check("\n with a as (select 1) select * from {relation}"), "raw.t")
    assert query == "with a as (select 1) select * from raw.t"


def test_a_check_may_blame_no_row():
    assert offending_query(_check(None), "raw.t") is None


def test_personal_fields_never_leave_the_table(connection: duckdb.DuckDBPyConnection):
    connection.execute(
        "create table people as select 1 as id, 'a@b.c' as email, '1' as phone, 'A' as first_name, "
        "'B' as Last_Name, 'x' as email_hash, 'y' as person_hash, 'call me' as message"
    )
    assert offending_rows(connection, "from people") == (1, [{"id": 1}])


def test_five_rows_in_a_fixed_order_out_of_all_that_are_counted(
    connection: duckdb.DuckDBPyConnection,
):
    connection.execute("create table t as select 40 - i as i from range(40) as r(i)")
    count, rows = offending_rows(connection, "from t")
    assert count == 40
    assert rows == [{"i": value} for value in (1, 2, 3, 4, 5)]


def test_every_value_fits_into_json(connection: duckdb.DuckDBPyConnection):
    _, rows = offending_rows(
        connection,
        "select 1.25::decimal(18, 6) as money, 'nan'::double as odd, date '2026-01-02' as day, "
        "timestamp '2026-01-02 03:04:05' as moment, null as nothing, true as flag, "
        "{'a': [1, 2]} as nested",
    )
    assert rows == json.loads(json.dumps(rows, allow_nan=False))
    assert rows == [
        {
            "money": 1.25,
            "odd": "nan",
            "day": "2026-01-02",
            "moment": "2026-01-02 03:04:05",
            "nothing": None,
            "flag": True,
            "nested": {"a": [1, 2]},
        }
    ]
