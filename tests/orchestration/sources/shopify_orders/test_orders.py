"""Shopify's order objects, by the fields of the REST Admin API."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from orchestration.sources.connector import Fetch
from orchestration.sources.registry import KINDS
from orchestration.sources.shopify_orders.queries import order_queries
from orchestration.workspace.settings import Settings
from tests.orchestration.ingestion.landing import Landing

Load = Callable[[str], Landing]


def money(shop: str, presentment: str) -> dict[str, object]:
    return {
        "shop_money": {"amount": shop, "currency_code": "USD"},
        "presentment_money": {"amount": presentment, "currency_code": "EUR"},
    }


def order(number: int = 1, **changes: object) -> dict[str, Any]:
    return {
        "id": 450789469 + number,
        "name": f"#{1000 + number}",
        "email": "bob@example.com",
        "created_at": "2026-01-05T11:00:00-05:00",
        "processed_at": "2026-01-05T10:59:58-05:00",
        "updated_at": "2026-01-06T00:00:00-05:00",
        "closed_at": None,
        "cancelled_at": None,
        "test": False,
        "currency": "USD",
        "financial_status": "paid",
        "total_line_items_price": "597.00",
        "subtotal_price": "587.00",
        "total_discounts": "10.00",
        "total_shipping_price_set": money("5.00", "4.50"),
        "total_tax": "11.94",
        "total_price": "603.94",
        "total_price_set": money("603.94", "550.10"),
        "discount_codes": [{"code": "TENOFF", "amount": "10.00"}],
        "landing_site": "/x?utm_source=facebook&utm_medium=cpc&utm_campaign=s%26f&fbclid=z",
        "referring_site": "https://l.facebook.example/",
        "customer": {
            "id": 207119551,
            "email": "bob@example.com",
            "first_name": "Bob",
            "last_name": "N",
            "updated_at": "2026-01-05T12:00:00Z",
            "created_at": "2025-01-05T12:00:00Z",
            "email_marketing_consent": {"state": "subscribed"},
            "default_address": {"country_code": "US", "city": "Chestnut"},
        },
        "line_items": [
            {
                "id": 10 * number,
                "product_id": 632910392,
                "title": "Nano",
                "quantity": 3,
                "price": "199.00",
                "price_set": money("199.00", "181.30"),
                "sku": "N-1",
            }
        ],
        "refunds": [],
        **changes,
    }


def put(fetch: Fetch, content: object, name: str = "orders.jsonl") -> None:
    path = fetch.workspace.root / "exports" / "shopify" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, list):
        path.write_text("".join(json.dumps(one) + "\n" for one in content))
    else:
        path.write_text(json.dumps(content, indent=1))


def run(fetch: Fetch, **given: object) -> dict[str, int]:
    settings = Settings.model_validate(
        {"resources": {"threads": 2}, "sources": {"shopify_orders": given}}
    )
    connector = KINDS["shopify_orders"].of(settings)
    assert connector is not None
    return dict(connector.fetch(fetch))


@pytest.mark.parametrize("form", ["lines", "answer", "array", "single"])
def test_an_order_in_every_form(fetch: Fetch, loaded: Load, form: str):
    content = {
        "lines": [order()],
        "answer": {"orders": [order()]},
        "array": json.loads(json.dumps([order()])),
        "single": [{"order": order()}],
    }[form]
    if form == "array":
        put(fetch, {}, "orders.json")
        path = fetch.workspace.root / "exports" / "shopify" / "orders.json"
        path.write_text(json.dumps(content, indent=1))
    else:
        put(fetch, content, "orders.json")
    made = run(fetch)
    assert made["commerce.orders"] == made["commerce.order_items"] == 1
    orders = loaded("commerce.orders")
    assert orders.rows("id, customer_id, email, status, currency_code, promo_code") == [
        ("450789470", "207119551", "bob@example.com", "completed", "USD", "TENOFF")
    ]
    assert orders.rows("subtotal, discount_total, shipping_total, tax_total, total") == [
        tuple(map(Decimal, ("597", "10", "5", "11.94", "603.94")))
    ]
    assert orders.rows("created_at, updated_at, canceled_at") == [
        (datetime(2026, 1, 5, 15, 59, 58), datetime(2026, 1, 6, 5), None)
    ]
    extra = json.loads(str(orders.column("_extra")[0]))
    assert extra["utm_campaign"] == "s&f"
    assert (extra["utm_source"], extra["click_id"]) == ("facebook", "fbclid=z")
    assert extra["order_name"] == "#1001"


def test_items_and_customers(fetch: Fetch, loaded: Load):
    newer = {**order()["customer"], "updated_at": "2026-01-07T00:00:00Z", "first_name": "Rob"}
    put(fetch, [order(1, customer=newer), order(2), order(3, customer=None)])
    assert run(fetch)["commerce.customers"] == 1
    customers = loaded("commerce.customers")
    assert customers.rows("id, first_name, country, city, marketing_opt_in") == [
        ("207119551", "Rob", "US", "Chestnut", True)
    ]
    items = loaded("commerce.order_items")
    assert items.rows("id, order_id, product_id, product_title, quantity, unit_price")[0] == (
        *("10", "450789470", "632910392", "Nano", 3.0, Decimal(199)),
    )
    # A guest has an address to write to and no customer.
    orders = loaded("commerce.orders")
    assert orders.rows("customer_id, email")[2] == (None, "bob@example.com")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"financial_status": "paid"}, "completed"),
        ({"financial_status": "paid", "closed_at": "2026-01-06T00:00:00Z"}, "archived"),
        ({"financial_status": "partially_refunded"}, "completed"),
        ({"financial_status": "refunded"}, "completed"),
        ({"financial_status": "pending"}, "pending"),
        ({"financial_status": "authorized"}, "pending"),
        ({"financial_status": "partially_paid"}, "pending"),
        ({"financial_status": None}, "pending"),
        ({"financial_status": "voided"}, "canceled"),
        ({"financial_status": "EXPIRED"}, "canceled"),
        ({"cancelled_at": "2026-01-06T00:00:00Z"}, "canceled"),
        ({"financial_status": "newly invented"}, "requires_action"),
    ],
)
def test_statuses(changes: dict[str, Any], status: str):
    query = order_queries("(select $1::json as json)", "shop", with_sessions=False)[
        "commerce.orders"
    ]
    found = duckdb.execute(f"select status from ({query})", [json.dumps(order(**changes))])
    assert found.fetchall() == [(status,)]


def test_test_orders_are_left_out_and_counted(fetch: Fetch, loaded: Load):
    put(fetch, [order(1), order(2, test=True, refunds=[REFUND])])
    assert run(fetch)["commerce.order_items"] == 1
    orders = loaded("commerce.orders")
    assert (orders.last.rows_read, orders.last.rows_accepted) == (2, 1)
    assert orders.reasons() == ["test_order"]


REFUND = {
    "id": 509562969,
    "created_at": "2026-01-07T10:00:00Z",
    "processed_at": "2026-01-07T10:00:00Z",
    "refund_line_items": [{"subtotal": 199.0, "total_tax": 3.98}],
    "transactions": [
        {"kind": "refund", "status": "success", "amount": "41.94", "currency": "USD"},
        {"kind": "refund", "status": "success", "amount": "0.06", "currency": "USD"},
        {"kind": "refund", "status": "failure", "amount": "99.00", "currency": "USD"},
    ],
}


def test_refunds_are_what_went_back(fetch: Fetch, loaded: Load):
    waiting = [{"kind": "refund", "status": "pending", "amount": "1.00", "currency": "USD"}]
    refunds = [
        REFUND,
        {**REFUND, "id": 2, "transactions": []},
        {**REFUND, "id": 3, "transactions": waiting},
        {**REFUND, "id": 4, "transactions": [], "refund_line_items": []},
    ]
    put(fetch, [order(refunds=refunds)])
    assert run(fetch)["commerce.refunds"] == 2
    assert loaded("commerce.refunds").rows("id, order_id, amount, currency_code, created_at") == [
        ("2", "450789470", Decimal("202.98"), "USD", datetime(2026, 1, 7, 10)),
        ("509562969", "450789470", Decimal(42), "USD", datetime(2026, 1, 7, 10)),
    ]


def test_money_of_the_customer_is_taken_throughout(fetch: Fetch, loaded: Load):
    put(fetch, [order()])
    run(fetch, money="presentment")
    orders = loaded("commerce.orders")
    assert orders.rows("total, shipping_total, currency_code") == [
        (Decimal("550.1"), Decimal("4.5"), "EUR")
    ]
    assert loaded("commerce.order_items").column("unit_price") == [Decimal("181.3")]


def test_the_newest_state_of_an_order_wins_whatever_file_it_is_in(fetch: Fetch, loaded: Load):
    put(fetch, [order(updated_at="2026-01-09T00:00:00Z", total_price_set=None)], "a.jsonl")
    put(fetch, [order(updated_at="2026-01-08T00:00:00Z", cancelled_at="2026-01-08")], "b.jsonl")
    run(fetch)
    orders = loaded("commerce.orders")
    assert orders.rows("status, total") == [("completed", Decimal("603.94"))]
    assert orders.last.rows_duplicate == 1


def test_broken_lines_and_what_is_no_order_are_quarantined(fetch: Fetch, loaded: Load):
    put(fetch, [order()])
    path = fetch.workspace.root / "exports" / "shopify" / "orders.jsonl"
    path.write_text(path.read_text() + '{"id": \n{"errors": "throttled"}\n')
    run(fetch)
    assert loaded("commerce.orders").reasons() == ["unreadable_json", "missing_key"]


def test_the_visit_of_an_order_is_a_session(fetch: Fetch, loaded: Load):
    in_store = order(2, landing_site=None, referring_site=None)
    test = order(3, test=True)
    put(fetch, [order(1), in_store, test])
    assert run(fetch)["web.sessions"] == 1
    sessions = loaded("web.sessions")
    assert sessions.rows("session_id, visitor_id, user_id, started_at, utm_campaign, click_id") == [
        (
            *("shopify.450789470", "shopify.450789470", "207119551"),
            *(datetime(2026, 1, 5, 15, 59, 58), "s&f", "fbclid=z"),
        )
    ]
    assert sessions.rows("referrer") == [("https://l.facebook.example/",)]
    orders = loaded("commerce.orders")
    assert orders.rows("session_id, visitor_id") == [
        ("shopify.450789470", "shopify.450789470"),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("sources", "has_sessions"),
    [
        ({"shopify_orders": {}}, True),
        ({"shopify_orders": {"sessions": False}}, False),
        ({"shopify_orders": {}, "ga4_export": {}}, False),
        ({"shopify_orders": {"sessions": True}, "ga4_export": {}}, True),
        ({"shopify_orders": {}, "event_files": [{"path": "x", "style": "segment"}]}, False),
    ],
)
def test_visits_are_laid_unless_something_else_brings_them(
    sources: dict[str, object], has_sessions: bool
):
    connector = KINDS["shopify_orders"].of(Settings.model_validate({"sources": sources}))
    assert connector is not None
    assert ("web.sessions" in connector.tables) == has_sessions


def test_visits_that_are_not_wanted_any_more_are_taken_away(fetch: Fetch, loaded: Load):
    put(fetch, [order(1)])
    run(fetch)
    assert "web.sessions" not in run(fetch, sessions=False)
    assert loaded("web.sessions").rows("session_id") == []
    assert loaded("commerce.orders").rows("session_id") == [(None,)]
