"""What becomes of GA4's events, in Parquet and in JSON Lines alike."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.ingestion.sql import text_literal
from orchestration.sources.connector import Fetch
from orchestration.sources.exports.links import url_parameter
from orchestration.sources.ga4_export.connector import Ga4Export
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from tests.orchestration.ingestion.landing import Landing
from tests.orchestration.sources.ga4_export.ga4 import event, page, put_lines, put_parquet

Load = Callable[[str], Landing]


@pytest.fixture(params=["parquet", "jsonl.gz"])
def put(request: pytest.FixtureRequest, fetch: Fetch) -> Callable[..., Path]:
    """Put events into the day's file, in each form there is."""

    def put(*events: dict[str, object]) -> Path:
        path = fetch.workspace.root / "exports" / "ga4" / f"events_20260105.{request.param}"
        return (put_parquet if request.param == "parquet" else put_lines)(path, *events)

    return put


def ga4(**given: object) -> Ga4Export:
    return Ga4Export(Ga4ExportSettings.model_validate(given), ResourceSettings(threads=2))


def test_an_event_becomes_a_row_of_the_contract(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put(
        page(
            "2026-01-05 10:00:00",
            "https://shop.example/?utm_source=news&utm_medium=email&utm_campaign=Jan%20Sale+1",
            params={"page_referrer": "https://mail.example/", "page_title": 'A "title"', "n": 2.5},
            user_id="cus_1",
            device={"category": "mobile", "operating_system": "iOS"},
            geo={"country": "Germany", "city": "Berlin"},
            traffic_source={"source": "google", "medium": "organic", "name": "(organic)"},
        )
    )
    assert ga4().fetch(fetch) == {"web.events": 1, "web.sessions": 1}
    events = loaded("web.events")
    columns = "event_type, timestamp, visitor_id, user_id, session_id, referrer"
    assert events.rows(columns) == [
        (
            "page_view",
            datetime(2026, 1, 5, 10),
            "u1",
            "cus_1",
            "u1.1",
            "https://mail.example/",
        )
    ]
    assert events.rows("utm_source, utm_medium, utm_campaign, utm_term, click_id") == [
        ("news", "email", "Jan Sale 1", None, None)
    ]
    ((properties, context, extra),) = events.rows("properties, context, _extra")
    assert json.loads(str(properties)) == {"page_title": 'A "title"', "n": 2.5}
    assert json.loads(str(context))["first_user_source"] == "google"
    assert json.loads(str(context))["device"] == "mobile"
    assert extra is None


def test_a_purchase_takes_its_order_from_ecommerce(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put(
        event(
            "2026-01-05 10:00:00",
            "purchase",
            params={"currency": "EUR", "value": 19, "transaction_id": "T-param"},
            ecommerce={"transaction_id": "T-1", "purchase_revenue": 19.99},
            items=[{"item_id": "sku", "item_name": "Shirt", "price": 19.99, "quantity": 1}],
        ),
        event(
            "2026-01-05 11:00:00",
            "add_to_cart",
            params={"currency": "EUR", "value": 5},
            ecommerce={"transaction_id": "(not set)", "purchase_revenue": None},
        ),
    )
    ga4().fetch(fetch)
    events = loaded("web.events")
    assert sorted(events.rows("event_type, order_id, value, currency")) == [
        ("add_to_cart", None, Decimal(5), "EUR"),
        ("purchase", "T-1", Decimal("19.99"), "EUR"),
    ]
    ((items,),) = events.query("select properties from raw_web.events where order_id is not null")
    assert json.loads(str(items))["items"][0]["item_name"] == "Shirt"


@pytest.mark.parametrize("missing", ["(not set)", "", None])
def test_purchases_without_a_transaction_are_quarantined_with_their_own_reason(
    put: Callable[..., Path], fetch: Fetch, loaded: Load, missing: str | None
):
    put(
        event("2026-01-05 10:00:00", "purchase", ecommerce={"transaction_id": missing}),
        event("2026-01-05 10:00:00", "purchase", session=2, ecommerce={"transaction_id": "T"}),
        page("2026-01-05 09:59:00", "https://shop.example/"),
    )
    ga4(orders=True).fetch(fetch)
    events = loaded("web.events")
    assert events.reasons() == ["missing_transaction_id"]
    # The two purchases are of one moment and one request: of those, one event is the other's copy.
    assert (events.last.rows_read, events.last.rows_quarantined) == (3, 1)
    assert events.column("order_id") in (["T", None], [None, "T"])
    # The visit took place all the same.
    assert loaded("web.sessions").column("session_id") == ["u1.1", "u1.2"]
    assert loaded("commerce.orders").column("id") == ["T"]


def test_names_are_the_contracts(put: Callable[..., Path], fetch: Fetch, loaded: Load):
    names = ["view_item", "generate_lead", "form_submit", "begin_checkout", "sign_up", "video"]
    put(
        *(event(f"2026-01-05 10:00:0{at}", name) for at, name in enumerate(names)),
        event("2026-01-05 10:00:09", "scroll", params={"percent_scrolled": 90}),
    )
    ga4(event_types={"Sign Up": "form_submit"}).fetch(fetch)
    events = loaded("web.events")
    ordered = events.query("select event_type from raw_web.events order by timestamp")
    assert [name for (name,) in ordered] == [
        "product_view", "lead_capture", "form_submit", "begin_checkout", "form_submit", "video",
        "scroll_depth",
    ]  # fmt: skip
    ((percent,),) = events.query(
        "select properties ->> 'percent' from raw_web.events where event_type = 'scroll_depth'"
    )
    assert percent == "90"


def test_copies_of_an_event_are_one_and_numbered_events_are_two(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    same = page("2026-01-05 10:00:00", "https://shop.example/", batch_event_index=1)
    put(same, same, {**same, "batch_event_index": 2}, {**same, "user_pseudo_id": "u2"})
    ga4().fetch(fetch)
    events = loaded("web.events")
    assert (events.last.rows_accepted, events.last.rows_duplicate) == (3, 1)


def test_events_without_a_session_or_a_user_have_none(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put(
        page("2026-01-05 10:00:00", "https://shop.example/a", session=None),
        page("2026-01-05 10:00:00", "https://shop.example/b", user=None),
        page("2026-01-05 10:00:00", "https://shop.example/c", user=None),
    )
    assert ga4().fetch(fetch) == {"web.events": 3, "web.sessions": 0}
    assert loaded("web.events").column("session_id") == [None, None, None]


def test_what_is_collected_comes_before_parameters_and_these_before_the_address(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    url = "https://shop.example/?utm_source=address&gclid=from_address"
    collected = {"manual_source": "collected", "manual_medium": "cpc", "gclid": "g1"}
    nothing = {"manual_source": "(not set)", "manual_medium": None, "gclid": None}
    put(
        page(
            "2026-01-05 10:00:00", url, params={"source": "p"}, collected_traffic_source=collected
        ),
        page("2026-01-05 10:00:01", url, params={"source": "p"}, collected_traffic_source=nothing),
        page("2026-01-05 10:00:02", url, params={"source": "(direct)"}),
    )
    ga4().fetch(fetch)
    found = loaded("web.events").query(
        "select utm_source, utm_medium, click_id from raw_web.events order by timestamp"
    )
    assert found == [
        ("collected", "cpc", "g1"),
        ("p", None, "from_address"),
        ("address", None, "from_address"),
    ]


def test_a_broken_line_costs_one_row(fetch: Fetch, loaded: Load):
    put_lines(
        fetch.workspace.root / "exports" / "ga4" / "events_20260105.jsonl",
        page("2026-01-05 10:00:00", "https://shop.example/"),
        '{"event_name": ',
        "[1]",
        page("2026-01-05 10:00:01", "https://shop.example/"),
    )
    ga4().fetch(fetch)
    events = loaded("web.events")
    assert events.last.rows_read == 4
    assert events.quarantine("reason, source_row") == [
        ("unreadable_json", 2),
        ("unreadable_json", 3),
    ]


def test_moments_that_are_none_and_future_ones_are_quarantined(fetch: Fetch, loaded: Load):
    put_parquet(
        fetch.workspace.root / "exports" / "ga4" / "events_20260105.parquet",
        {**event("2026-01-05 10:00:00"), "event_timestamp": 12},
        event("2027-01-05 10:00:00"),
    )
    ga4().fetch(fetch)
    assert sorted(map(str, loaded("web.events").reasons())) == [
        "future_timestamp",
        "missing_timestamp",
    ]


def test_lists_as_writers_without_lists_have_them(fetch: Fetch, loaded: Load):
    path = fetch.workspace.root / "exports" / "ga4" / "events_20260105.parquet"
    path.parent.mkdir(parents=True)
    duckdb.execute(
        f"""
        copy (
            select 'page_view' as event_name, 1767607200000000 as event_timestamp, 'u1' as
                user_pseudo_id, {{list: [{{element: {{key: 'ga_session_id',
                value: {{int_value: 5}}}}}}]}} as event_params
        ) to {text_literal(str(path))} (format parquet)
        """
    )
    ga4().fetch(fetch)
    assert loaded("web.events").column("session_id") == ["u1.5"]


@given(st.text(max_size=20))
@settings(max_examples=50, deadline=None)
def test_no_address_breaks_the_query(text: str):
    row = duckdb.execute(
        f"select {url_parameter('url', 'utm_source')} from (select $1 as url)",
        [f"https://shop.example/?utm_source={text.replace(chr(0), '')}"],
    ).fetchone()
    assert row is not None
