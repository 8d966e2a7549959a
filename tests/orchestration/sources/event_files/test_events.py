"""Events of known trackers and of a mapping, by the fields that their makers publish."""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.sources.connector import Fetch
from orchestration.sources.event_files.connector import EventFiles
from orchestration.workspace.errors import SettingsError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import ResourceSettings, load_settings
from orchestration.workspace.source_settings.event_files import EventFilesSettings
from tests.orchestration.ingestion.landing import Landing

Load = Callable[[str], Landing]

SEGMENT = {
    "type": "track",
    "event": "Order Completed",
    "messageId": "m1",
    "anonymousId": "a1",
    "userId": "cus_1",
    "timestamp": "2026-01-05T10:00:00.500+01:00",
    "originalTimestamp": "2026-01-05T23:00:00Z",
    "context": {
        "page": {"url": "https://shop.example/?utm_source=url&gclid=g", "referrer": "https://r/"},
        "campaign": {"source": "news", "medium": "email", "name": "jan", "term": "t"},
        "sessionId": 1767607200,
    },
    "properties": {"order_id": 42, "revenue": "19.99", "currency": "eur", "coupon": "X"},
}
PAGE = {"type": "page", "messageId": "m2", "anonymousId": "a1", "timestamp": "2026-01-05T09:00:00Z"}
IDENTIFY = {**PAGE, "type": "identify", "messageId": "m3", "traits": {"plan": "gold"}}
SNOWPLOW = {
    "event_id": "s1",
    "event": "transaction",
    "event_name": "transaction",
    "derived_tstamp": "2026-01-05T10:00:00.000Z",
    "collector_tstamp": "2026-01-05T11:00:00.000Z",
    "domain_userid": "d1",
    "domain_sessionid": "sess",
    "user_id": None,
    "page_url": "https://shop.example/",
    "page_referrer": "https://google.example/",
    "mkt_source": "google",
    "mkt_medium": "cpc",
    "mkt_campaign": "brand",
    "mkt_clickid": "g1",
    "tr_orderid": "T1",
    "tr_total": 12.5,
    "tr_currency": "USD",
    "br_lang": "de",
}


def put(fetch: Fetch, *events: object, name: str = "a.jsonl", folder: str = "in") -> Path:
    path = fetch.workspace.root / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{_line(one)}\n" for one in events))
    return path


def _line(event: object) -> str:
    return event if isinstance(event, str) else json.dumps(event)


def run(fetch: Fetch, *places: dict[str, object]) -> dict[str, int]:
    settings = [EventFilesSettings.model_validate({"path": "in", **place}) for place in places]
    return dict(EventFiles(settings, ResourceSettings(threads=2)).fetch(fetch))


@pytest.mark.parametrize("style", ["segment", "rudderstack"])
def test_segments_common_fields(fetch: Fetch, loaded: Load, style: str):
    put(fetch, SEGMENT, PAGE, IDENTIFY)
    assert run(fetch, {"style": style}) == {"web.events": 3}
    events = loaded("web.events")
    assert events.rows("event_type, visitor_id, user_id, session_id, timestamp") == [
        ("purchase", "a1", "cus_1", "a1.1767607200", datetime(2026, 1, 5, 9, 0, 0, 500000)),
        ("page_view", "a1", None, None, datetime(2026, 1, 5, 9)),
        ("identify", "a1", None, None, datetime(2026, 1, 5, 9)),
    ]
    assert events.rows("utm_source, utm_medium, utm_campaign, utm_term, click_id, referrer")[0] == (
        *("news", "email", "jan", "t", "g", "https://r/"),
    )
    assert events.rows("value, currency, order_id")[0] == (Decimal("19.99"), "EUR", "42")
    properties = [json.loads(str(one)) if one else None for one in events.column("properties")]
    assert properties == [SEGMENT["properties"], None, {"plan": "gold"}]
    assert events.column("_extra") == [None, None, None]


def test_snowplows_atomic_fields(fetch: Fetch, loaded: Load):
    struct = {**SNOWPLOW, "event_id": "s2", "event_name": "event", "se_action": "add_to_cart"}
    put(fetch, SNOWPLOW, struct)
    run(fetch, {"style": "snowplow"})
    events = loaded("web.events")
    columns = "event_type, timestamp, visitor_id, session_id, utm_campaign, click_id, order_id"
    first = ("purchase", datetime(2026, 1, 5, 10), "d1", "sess", "brand", "g1", "T1")
    assert events.rows(columns) == [first, ("add_to_cart", *first[1:])]
    assert events.column("value") == [Decimal("12.5"), Decimal("12.5")]
    # What no column takes stays with the event.
    assert json.loads(str(events.column("properties")[0])) == {"br_lang": "de"}


def test_a_mapping_of_ones_own(fetch: Fetch, loaded: Load):
    put(
        fetch,
        {"payload": {"name": "bought", "at": 1767607200, "who.is": [{"id": 7}]}, "rest": 1},
        {"payload": {"name": "bought", "at": 1767607200, "who.is": [{"id": 7}]}, "rest": 1},
        {"payload": {"name": "seen"}},
    )
    mapping = {"event_type": "payload.name", "timestamp": "payload.at", "visitor_id": "id"}
    run(
        fetch,
        {"style": "custom", "mapping": mapping, "event_types": {"Bought": "purchase"}},
    )
    events = loaded("web.events")
    # Without ids of their own, events that say the same are one.
    assert (events.last.rows_accepted, events.last.rows_duplicate) == (1, 1)
    assert events.reasons() == ["missing_timestamp"]
    assert events.rows("event_type, timestamp") == [("purchase", datetime(2026, 1, 5, 10))]
    assert json.loads(str(events.column("properties")[0]))["rest"] == 1


def test_a_mapping_lies_over_the_style(fetch: Fetch, loaded: Load):
    put(fetch, SEGMENT)
    mapping = {"order_id": "properties.coupon", "session_id": "userId"}
    run(fetch, {"style": "segment", "mapping": mapping})
    assert loaded("web.events").rows("order_id, session_id") == [("X", "cus_1")]


def test_broken_lines_cost_a_row_each_and_missing_ids_are_quarantined(fetch: Fetch, loaded: Load):
    put(fetch, PAGE, '{"type": ', "", "[]", {**PAGE, "messageId": None})
    run(fetch, {"style": "segment"})
    events = loaded("web.events")
    assert events.last.rows_read == 4
    assert events.reasons() == ["unreadable_json", "unreadable_json", "missing_key"]


def test_files_of_one_name_at_two_places_are_two(fetch: Fetch, loaded: Load):
    put(fetch, PAGE, folder="in")
    put(fetch, IDENTIFY, folder="other")
    places = ({"style": "segment"}, {"style": "segment", "path": "other"})
    assert run(fetch, *places) == {"web.events": 2}
    assert len(loaded("web.events").rows()) == 2


def _refusal(workspace: Workspace, text: str) -> str:
    workspace.settings_file.write_text(f"sources: {{event_files: [{text}]}}\n")
    with pytest.raises(SettingsError) as caught:
        load_settings(workspace)
    return str(caught.value)


def test_settings_say_what_they_accept(workspace: Workspace):
    assert "'segment', 'rudderstack', 'snowplow', 'custom'" in _refusal(
        workspace, "{path: in, style: matomo}"
    )
    message = _refusal(workspace, "{path: in, style: segment, mapping: {orderid: a}}")
    assert "mapping.orderid: unknown column" in message
    assert "closest first: order_id" in message
    message = _refusal(workspace, "{path: in, style: segment, mapping: {order_id: a..b}}")
    assert "keys joined by dots" in message
    message = _refusal(workspace, "{path: in, style: custom, mapping: {event_type: a}}")
    assert "mapping.timestamp: missing key" in message
