"""The contract agrees with itself and with the product's."""

import pytest

from orchestration.ingestion.contract import SOURCES, TABLES, Kind, Table, table_named

EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)


@EVERY_TABLE
def test_keys_and_rules_name_columns_of_the_table(table: Table):
    named = {*table.key, *table.non_negative, table.happened_at, table.newest_by} - {None}
    assert named <= set(table.columns)


@EVERY_TABLE
def test_clocks_are_moments(table: Table):
    moments = {Kind.TIMESTAMP, Kind.DATE}
    assert table.happened_at is None or table.columns[table.happened_at] in moments
    assert table.newest_by is None or table.columns[table.newest_by] is Kind.TIMESTAMP
    assert table.happened_at or not table.is_fact


def test_names_are_distinct_and_found():
    assert len({table.full_name for table in TABLES}) == len(TABLES) == 26
    assert all(table_named(table.full_name) is table for table in TABLES)
    assert {table.source for table in TABLES} == set(SOURCES)


def test_an_unknown_table_is_an_error():
    with pytest.raises(KeyError):
        table_named("commerce.carts")
