import duckdb
import pytest

from expectations.profile import profile, profile_query


def test_all_measures_come_from_one_scan(connection: duckdb.DuckDBPyConnection):
    connection.execute("create table orders as select i - 2 as total from range(5) as r(i)")
    frame = profile(
        connection,
        "orders",
        {"rows": "count(*)", "negative": "count(*) filter (where total < 0)", "sum": "sum(total)"},
    )
    assert frame.to_dict("records") == [{"rows": 5, "negative": 2, "sum": 0}]


def test_an_empty_table_has_a_profile_too(connection: duckdb.DuckDBPyConnection):
    connection.execute("create table orders (total integer)")
    frame = profile(connection, "orders", {"rows": "count(*)", "nothing": "100 - 95"})
    assert frame.to_dict("records") == [{"rows": 0, "nothing": 5}]


def test_names_may_be_any_text():
    assert profile_query("t", {'of "a" b': "count(*)"}) == 'select count(*) as "of ""a"" b" from t'


def test_measuring_nothing_is_an_error():
    with pytest.raises(ValueError, match="no measures to take of shop"):
        profile_query("shop", {})
