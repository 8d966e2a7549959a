"""The shop as a whole: reproducible, complete, and true to its own truth."""

import json

import numpy as np
import pandas as pd
import pytest

from orchestration.ingestion.contract import TABLES, Table
from python_assets.simulation import Shop, ShopPlan, simulate_shop

SMALL = ShopPlan(days=10, orders_per_day=8, seed=3)


def test_same_seed_gives_identical_tables_and_truth():
    one, two = simulate_shop(SMALL), simulate_shop(SMALL)
    for name, table in one.tables.items():
        assert table.equals(two.tables[name])
        assert one.broken[name].equals(two.broken[name])
    assert one.truth.scalars == two.truth.scalars
    pd.testing.assert_frame_equal(one.truth.customers, two.truth.customers)


def test_another_seed_gives_another_shop():
    one = simulate_shop(SMALL)
    two = simulate_shop(ShopPlan(days=10, orders_per_day=8, seed=4))
    assert one.truth.scalars["orders"] != two.truth.scalars["orders"]
    assert one.truth.scalars["meta"] != two.truth.scalars["meta"]


@pytest.mark.parametrize(("days", "orders"), [(1, 1), (2, 3), (5, 2)])
def test_tiny_shops_work(days: int, orders: int):
    shop = simulate_shop(ShopPlan(days=days, orders_per_day=orders))
    assert len(shop.tables["web.sessions"]) > 0


def test_impossible_plans_are_refused():
    with pytest.raises(ValueError, match="days"):
        ShopPlan(days=0)
    with pytest.raises(ValueError, match="dirt"):
        ShopPlan(dirt=-1.0)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)
def test_every_table_of_the_contract_has_rows_and_columns(shop: Shop, table: Table):
    rows = shop.tables[table.full_name]
    assert len(rows) > 0
    assert set(table.columns) <= set(rows.columns)
    assert not rows[list(table.key)].isna().any().any()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.full_name)
def test_clean_keys_are_unique(clean_shop: Shop, table: Table):
    assert not clean_shop.tables[table.full_name].duplicated(list(table.key)).any()


def _orders_in_shop_currency(shop: Shop) -> pd.DataFrame:
    orders = shop.tables["commerce.orders"]
    rates = shop.tables["finance.fx_rates"]
    to_shop = rates[rates["to_currency"] == "USD"].set_index(["date", "from_currency"])["rate"]
    days = orders["created_at"].dt.strftime("%Y-%m-%d")
    keys = pd.MultiIndex.from_arrays([days, orders["currency_code"].astype("str")])
    rate = to_shop.reindex(keys).fillna(1.0).to_numpy()
    return orders.assign(value=orders["total"] * rate)


def test_revenue_recomputed_from_the_tables_equals_the_truth(clean_shop: Shop):
    truth = clean_shop.truth.scalars["orders"]
    orders = _orders_in_shop_currency(clean_shop)
    valid = orders[orders["status"].isin(["completed", "archived"])]
    assert len(valid) == truth["valid"]
    assert valid["value"].sum() == pytest.approx(truth["valid_gross_revenue"], rel=1e-12)
    native = valid.groupby("currency_code", observed=True)["total"].sum().round(2).to_dict()
    assert native == truth["valid_gross_by_currency"]
    assert orders["status"].value_counts().to_dict() == truth["by_status"]


def test_totals_of_orders_add_up_to_their_items(clean_shop: Shop):
    orders = clean_shop.tables["commerce.orders"]
    items = clean_shop.tables["commerce.order_items"]
    lines = (items["quantity"] * items["unit_price"]).groupby(items["order_id"]).sum()
    subtotal = orders.set_index("id")["subtotal"]
    assert np.allclose(lines.reindex(subtotal.index), subtotal, atol=0.001)
    parts = orders["subtotal"] - orders["discount_total"]
    parts += orders["shipping_total"] + orders["tax_total"]
    assert np.allclose(parts, orders["total"], atol=0.001)


def test_refunds_are_linked_as_often_as_the_truth_says(clean_shop: Shop):
    truth = clean_shop.truth.scalars["orders"]
    refunds = clean_shop.tables["commerce.refunds"]
    assert int(refunds["order_id"].notna().sum()) == truth["linked_refunds"]
    assert int(refunds["order_id"].isna().sum()) == truth["unlinked_refunds"]
    assert refunds.loc[refunds["order_id"].isna(), "customer_id"].notna().all()
    assert truth["net_revenue"] == truth["valid_gross_revenue"] - truth["linked_refunded"]


def _total(actions: list[dict[str, str]], kind: str) -> float:
    """The rule of the product, written again from its text: omni, else plain, else parts."""
    values = {entry["action_type"]: float(entry["value"]) for entry in actions}
    for name in (f"omni_{kind}", kind):
        if name in values:
            return values[name]
    parts = (f"offsite_conversion.fb_pixel_{kind}", f"onsite_conversion.{kind}")
    return sum(values.get(name, 0.0) for name in parts)


@pytest.mark.parametrize(
    ("column", "kind", "key"),
    [
        ("actions", "purchase", "purchases"),
        ("action_values", "purchase", "purchase_value"),
        ("actions", "lead", "leads"),
    ],
)
def test_meta_conversions_by_tier_rule_equal_the_truth(
    clean_shop: Shop, column: str, kind: str, key: str
):
    rows = clean_shop.tables["meta_ads.insights"][column].dropna()
    total = sum(_total(json.loads(text), kind) for text in rows)
    assert total == pytest.approx(clean_shop.truth.scalars["meta"][key], abs=1e-6)
    assert total > 0


def test_meta_spend_and_delivery_equal_the_truth(clean_shop: Shop):
    rows = clean_shop.tables["meta_ads.insights"]
    truth = clean_shop.truth.scalars["meta"]
    assert rows["spend"].astype(float).sum() == pytest.approx(truth["spend"], abs=1e-6)
    assert rows["impressions"].astype(int).sum() == truth["impressions"]
    assert len(clean_shop.tables["meta_ads.leads"]) == truth["leads"]
    assert len(rows) == truth["ad_days"]


def test_deleted_campaign_keeps_its_ad_days(clean_shop: Shop):
    named = set(clean_shop.tables["meta_ads.campaigns"]["id"])
    in_insights = set(clean_shop.tables["meta_ads.insights"]["campaign_id"])
    assert len(in_insights - named) == 1


def test_orders_average_what_was_asked_for(clean_shop: Shop):
    placed = clean_shop.truth.scalars["orders"]["placed"]
    expected = 40 * 15
    assert abs(placed - expected) < 4 * np.sqrt(expected)


def test_held_out_people_get_nothing_but_the_note(clean_shop: Shop):
    rows = clean_shop.tables["messaging.events"]
    held_out = set(rows.loc[rows["is_holdout"], "user_id"])
    assert held_out
    others = rows[rows["user_id"].isin(held_out)]
    assert set(others["event_type"]) == {"campaign_held_out"}


def test_churned_customers_have_ended_and_spend_nothing(clean_shop: Shop):
    customers = clean_shop.truth.customers
    end = pd.Timestamp("2026-01-01") + pd.Timedelta(days=40)
    assert ((customers["lifetime_end"] <= end) == customers["is_churned"]).all()
    assert (customers.loc[customers["is_churned"], "future_spend"] == 0).all()
    assert customers["future_spend"].sum() > 0
    orders = clean_shop.tables["commerce.orders"]
    last = orders.groupby("customer_id")["created_at"].max()
    ends = customers.set_index("customer_id")["lifetime_end"].reindex(last.index)
    # Offline orders come from people at random, so only those with a session are bound.
    with_session = orders[orders["session_id"].notna()].groupby("customer_id")["created_at"].max()
    late = with_session - ends.reindex(with_session.index)
    assert (late < pd.Timedelta(days=1)).all()


def test_events_lie_within_their_session(clean_shop: Shop):
    events = clean_shop.tables["web.events"]
    sessions = clean_shop.tables["web.sessions"].set_index("session_id")
    own = sessions.reindex(events["session_id"])
    assert (events["timestamp"].to_numpy() >= own["started_at"].to_numpy()).all()
    assert (events["timestamp"].to_numpy() <= own["ended_at"].to_numpy()).all()
    views = events[events["event_type"].isin(["page_view", "product_view"])]
    counted = views.groupby("session_id").size().reindex(sessions.index)
    assert (counted == sessions["pageviews"]).all()
    assert (sessions["is_bounce"] == (sessions["pageviews"] == 1)).all()


def test_identity_cases_exist(shop: Shop):
    orders = shop.tables["commerce.orders"]
    assert (orders["customer_id"].isna() & orders["email"].notna()).any()
    assert (orders["session_id"].isna() & orders["visitor_id"].isna()).any()
    visitors = shop.truth.visitors
    assert visitors["visitor_id"].duplicated().any()
    known = visitors.dropna(subset="customer_id")
    assert known["customer_id"].duplicated().any()
    assert shop.tables["web.events"]["user_id"].notna().any()


def test_addresses_lie_in_example_domains(shop: Shop):
    emails = shop.tables["commerce.customers"]["email"]
    assert emails.str.fullmatch(r"[a-z.]+\.\d+@example\.(com|org)").all()
