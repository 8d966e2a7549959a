"""Shares as a table: what SQL joins to its paths, and what the join adds up to."""

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from python_assets.attribution.data_driven import (
    SCHEMA,
    channel_set_names,
    channel_shares,
    parsed_paths,
)
from python_assets.attribution.markov import markov
from python_assets.attribution.shapley import shapley
from python_assets.attribution.shares import calibrated_shares
from tests.python_assets.attribution.samples import CONVERTING, Row, paths_of

AWKWARD_NAMES = ("email", "Zed", "paid_search", "paidSearch", "paid-x", "a>b", "é", "日本", "~")


def _table(goals: dict[str, list[tuple[str, int, int]]]) -> pa.Table:
    rows = [(goal, *row) for goal, rows in goals.items() for row in rows]
    names = ["goal", "path", "conversions", "non_conversions"]
    types = [pa.string(), pa.string(), pa.int64(), pa.int64()]
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pa.table(
        dict(zip(names, columns, strict=True)), pa.schema(list(zip(names, types, strict=True)))
    )


SHOP = _table(
    {
        "purchase": [
            ("email", 5, 40),
            ("email > paid_search", 4, 20),
            ("paid_search > email > email", 2, 10),
            ("direct", 3, 50),
            ("direct > email > paid_search", 1, 5),
            ("sms", 0, 9),
        ],
        "lead": [("direct", 2, 1), ("direct > Zed > a_b > email", 1, 0)],
        "refund": [("email", 0, 7), ("direct > email", 0, 3)],
    }
)


def test_rows_are_one_per_goal_model_set_and_channel_of_it():
    shares = channel_shares(SHOP, 1, "conversion_rate")
    assert shares.schema.equals(SCHEMA)
    keys = shares.select(["goal", "attribution_model", "channel_set", "channel"]).to_pylist()
    expected = {
        "lead": ["direct", "Zed,a_b,direct,email"],
        "purchase": ["email", "email,paid_search", "direct", "direct,email,paid_search"],
    }
    assert sorted(tuple(key.values()) for key in keys) == sorted(
        (goal, model, channel_set, channel)
        for goal, sets in expected.items()
        for model in ("markov", "shapley")
        for channel_set in sets
        for channel in channel_set.split(",")
    )


def test_a_goal_without_conversions_has_no_rows():
    assert "refund" not in channel_shares(SHOP, 1, "conversions")["goal"].to_pylist()


def test_no_paths_give_an_empty_table():
    shares = channel_shares(_table({}), 1, "conversion_rate")
    assert shares.schema.equals(SCHEMA)
    assert shares.num_rows == 0


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("game", ["conversion_rate", "conversions"])
def test_goals_are_judged_each_by_its_own_paths(order: int, game: str):
    together = channel_shares(SHOP, order, game).to_pandas()
    for goal in ("lead", "purchase"):
        only = SHOP.filter(pa.compute.equal(SHOP["goal"], goal))
        alone = channel_shares(only, order, game).to_pandas()
        assert together[together["goal"] == goal].reset_index(drop=True).equals(alone)


def test_numbers_are_those_of_the_models():
    shares = channel_shares(SHOP, 2, "conversion_rate").to_pandas()
    rows = [row for row in SHOP.to_pylist() if row["goal"] == "purchase"]
    paths = paths_of(
        (tuple(row["path"].split(" > ")), row["conversions"], row["non_conversions"])
        for row in rows
    )
    chain, game = markov(paths, 2), shapley(paths, "conversion_rate")
    of_chain = calibrated_shares(
        game.coalitions, game.coalition_conversions, chain.removal_effects, chain.conversions
    )
    models = {
        "markov": (of_chain, chain.conversions, chain.removal_effects),
        "shapley": (game.shares, game.conversions, np.full(len(paths.channels), np.nan)),
    }
    names = channel_set_names(paths.channels, game.coalitions)
    for model, (of_sets, totals, effects) in models.items():
        for row in shares.query(
            f"goal == 'purchase' and attribution_model == '{model}'"
        ).itertuples():
            channel = paths.channels.index(row.channel)
            share = of_sets[list(names).index(row.channel_set), channel]
            assert row.share == pytest.approx(share, rel=1e-12)
            assert row.model_conversions == pytest.approx(totals[channel], rel=1e-12)
            assert row.removal_effect == pytest.approx(effects[channel], rel=1e-12, nan_ok=True)


def test_credits_joined_in_sql_add_up_to_the_conversions_and_the_totals_of_shapley():
    shares = channel_shares(SHOP, 1, "conversion_rate")
    with duckdb.connect() as connection:
        connection.register("paths", SHOP)
        connection.register("shares", shares)
        credited = connection.execute(
            """
            with sets as (
                select goal, conversions, (
                    select string_agg(distinct channel, ',' order by channel)
                    from unnest(string_split(path, ' > ')) as steps (channel)
                ) as channel_set
                from paths
            )
            select goal, attribution_model, channel, sum(conversions * share) as conversions,
                max(model_conversions) as model_conversions
            from sets inner join shares using (goal, channel_set)
            group by all
            """
        ).df()
    totals = credited.groupby(["goal", "attribution_model"])["conversions"].sum().to_dict()
    assert totals == pytest.approx(
        {
            ("lead", "markov"): 3,
            ("lead", "shapley"): 3,
            ("purchase", "markov"): 15,
            ("purchase", "shapley"): 15,
        }
    )
    game = credited[credited["attribution_model"] == "shapley"]
    assert game["conversions"].to_numpy() == pytest.approx(game["model_conversions"].to_numpy())


# ---------------------------------------------------------------- names of sets


def test_sets_are_named_as_duckdb_names_them():
    random = np.random.default_rng(5)
    coalitions = random.random((60, len(AWKWARD_NAMES))) < 0.4
    coalitions[:, 0] |= ~coalitions.any(axis=1)
    members = [
        [name for name, is_in in zip(AWKWARD_NAMES, row, strict=True) if is_in]
        for row in coalitions
    ]
    with duckdb.connect() as connection:
        named = connection.execute(
            """
            select (
                select string_agg(distinct channel, ',' order by channel)
                from unnest(members || members) as steps (channel)
            )
            from (select unnest($sets) as members)
            """,
            {"sets": members},
        ).fetchall()
    assert channel_set_names(AWKWARD_NAMES, coalitions).tolist() == [name for (name,) in named]


def test_a_set_without_channels_has_an_empty_name():
    assert channel_set_names(["a"], np.array([[False], [True]])).tolist() == ["", "a"]


# ---------------------------------------------------------------- paths as text


def test_paths_are_read_from_text():
    paths = parsed_paths(_table({"g": [("b > a", 1, 2), ("a", 3, 4), ("b > b > c", 5, 6)]}))
    assert paths.channels == ("b", "a", "c")
    assert paths.steps.tolist() == [0, 1, 1, 0, 0, 2]
    assert paths.starts.tolist() == [0, 2, 3, 6]
    assert paths.conversions.tolist() == [1, 3, 5]
    assert paths.non_conversions.tolist() == [2, 4, 6]


@settings(max_examples=40, deadline=None)
@given(CONVERTING)
def test_text_and_lists_are_the_same_paths(rows: list[Row]):
    # A name with the separator in it cannot be written as text.
    rows = [(tuple(name.replace(" > ", ">") for name in path), *n) for path, *n in rows]
    read = parsed_paths(_table({"g": [(" > ".join(path), *n) for path, *n in rows]}))
    built = paths_of(rows)
    assert read.channels == built.channels
    assert np.array_equal(read.steps, built.steps)
    assert np.array_equal(read.starts, built.starts)


def test_tables_of_several_chunks_and_slices_are_read_whole():
    rows = [("b > a", 1, 2), ("a", 3, 4), ("b > c", 5, 6), ("c", 7, 8)]
    whole = _table({"g": rows})
    pieces = pa.concat_tables([whole.slice(0, 1), whole.slice(1, 2), whole.slice(3)])
    for table, expected in ((pieces, rows), (whole.slice(2), rows[2:])):
        paths, same = parsed_paths(table), parsed_paths(_table({"g": expected}))
        assert paths.channels == same.channels
        assert np.array_equal(paths.steps, same.steps)
        assert np.array_equal(paths.starts, same.starts)
        assert paths.conversions.tolist() == [converted for _, converted, _ in expected]


def test_counts_may_be_decimals_as_sql_sums_them():
    table = _table({"g": [("a", 1, 2)]})
    table = table.set_column(2, "conversions", table["conversions"].cast(pa.decimal128(38, 0)))
    assert parsed_paths(table).conversions.tolist() == [1]


def test_a_path_that_is_null_is_refused():
    table = _table({"g": [("a", 1, 2), (None, 1, 2)]})
    with pytest.raises(ValueError, match=r"path 1 .* has no touch"):
        channel_shares(table, 1, "conversion_rate")


def test_a_count_that_is_null_is_refused():
    table = _table({"g": [("a", 1, 2), ("b", None, 2)]})
    with pytest.raises(ValueError, match=r"path 1 .* 0 or more conversions"):
        parsed_paths(table)
