"""Dirt is exactly what the truth counts, and leaves the clean rows as they were."""

import numpy as np
import pandas as pd
import pytest

from python_assets.simulation import Shop, ShopPlan, simulate_shop
from python_assets.simulation.layout import LAYOUTS

KEYED = [name for name, layout in LAYOUTS.items() if layout.has_duplicates]


def test_clean_shop_has_no_dirt(clean_shop: Shop):
    for counts in clean_shop.truth.scalars["rows"].values():
        assert counts["duplicate"] == counts["quarantined"] == counts["late"] == 0
        assert counts["read"] == counts["accepted"]


def test_dirty_shop_accepts_exactly_the_clean_rows(shop: Shop, clean_shop: Shop):
    dirty, clean = shop.truth.scalars["rows"], clean_shop.truth.scalars["rows"]
    for name, counts in dirty.items():
        assert counts["accepted"] == clean[name]["accepted"]
        sum_of_parts = counts["accepted"] + counts["duplicate"] + counts["quarantined"]
        assert counts["read"] == sum_of_parts
        assert counts["read"] == len(shop.tables[name]) + len(shop.broken[name])


@pytest.mark.parametrize("name", KEYED)
def test_newest_version_of_each_key_is_the_clean_row(shop: Shop, clean_shop: Shop, name: str):
    layout = LAYOUTS[name]
    order = [layout.updated_at] if layout.updated_at else []
    rows = shop.tables[name].sort_values(order, kind="stable") if order else shop.tables[name]
    kept = rows.drop_duplicates(layout.key, keep="last").set_index(layout.key)
    expected = clean_shop.tables[name].set_index(layout.key)
    assert len(kept) == len(expected)
    assert kept.loc[expected.index].equals(expected)


def test_stale_versions_land_after_the_newer_ones(shop: Shop):
    orders = shop.tables["commerce.orders"].assign(file=shop.landed_on["commerce.orders"])
    pairs = orders[orders["id"].duplicated(keep=False)].sort_values(["id", "updated_at"])
    older, newer = pairs.groupby("id").first(), pairs.groupby("id").last()
    is_stale = older["updated_at"] < newer["updated_at"]
    assert is_stale.any()
    assert (older.loc[is_stale, "file"] >= newer.loc[is_stale, "file"]).all()


def test_restated_ad_days_end_with_the_final_numbers(shop: Shop, clean_shop: Shop):
    key = ["ad_id", "date_start"]
    last = shop.tables["meta_ads.insights"].drop_duplicates(key, keep="last")
    spend = last["spend"].astype(float).sum()
    assert spend == pytest.approx(clean_shop.truth.scalars["meta"]["spend"], abs=1e-6)
    assert shop.truth.scalars["rows"]["meta_ads.insights"]["duplicate"] > 0


def test_bad_rows_per_reason_equal_the_truth(shop: Shop):
    for name, counts in shop.truth.scalars["rows"].items():
        broken = shop.broken[name]
        assert len(broken) == sum(counts["bad"].values())
        layout = LAYOUTS[name]
        for reason, column in layout.broken:
            expected = counts["bad"][reason]
            if reason == "missing_key":
                assert int(broken[layout.key].isna().sum()) == expected
            else:
                mine = broken[broken[layout.key].fillna("").str.startswith(f"bad_{reason}_")]
                assert len(mine) == expected
                assert mine[column].notna().all()


def test_late_rows_equal_a_count_by_the_definition(shop: Shop):
    for name in ("web.events", "commerce.orders", "meta_ads.insights", "commerce.refunds"):
        layout = LAYOUTS[name]
        assert layout.happened_at is not None
        times = pd.to_datetime(shop.tables[name][layout.happened_at]).dt.floor("s")
        days = shop.landed_on[name]
        late, newest = 0, pd.Timestamp.min
        for day in np.unique(days):
            in_file = times[days == day]
            if newest > pd.Timestamp.min:
                late += int((in_file < newest - pd.Timedelta(hours=24)).sum())
            newest = max(newest, in_file.max())
        assert late == shop.truth.scalars["rows"][name]["late"]
    assert shop.truth.scalars["rows"]["web.events"]["late"] > 0
    assert shop.truth.scalars["rows"]["commerce.orders"]["late"] > 0


def test_more_dirt_gives_more_bad_rows_of_the_same_shop():
    plan = {"days": 10, "orders_per_day": 20, "seed": 5}
    one, ten = (simulate_shop(ShopPlan(**plan, dirt=dirt)) for dirt in (1.0, 10.0))
    assert one.truth.scalars["orders"] == ten.truth.scalars["orders"]
    rows = [shop.truth.scalars["rows"]["web.events"] for shop in (one, ten)]
    assert rows[1]["quarantined"] > 5 * rows[0]["quarantined"]
    assert rows[1]["duplicate"] == pytest.approx(10 * rows[0]["duplicate"], rel=0.1)
