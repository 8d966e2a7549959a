"""Flat events of GA4's nested ones, as SQL.

An event's campaign is taken whole from one place, the first that names any part of it: what GA4
collected with the event (`collected_traffic_source`), the event's parameters, the utm parameters
of its page. `traffic_source` is how the *user* first came, months ago perhaps; it is kept in
`context` and is no event's and no session's campaign
(https://developers.google.com/analytics/bigquery/traffic-attribution-data).
"""

from collections.abc import Mapping

from orchestration.ingestion.readers import REASON_COLUMN
from orchestration.ingestion.sql import list_literal, text_literal
from orchestration.sources.exports.event_names import event_type
from orchestration.sources.exports.links import UTM, told, told_campaign, url_click_id, url_utm

# GA4's recommended and automatic events that the contract has other names for.
EVENT_TYPES = {
    "view_item": "product_view",
    "generate_lead": "lead_capture",
    "scroll": "scroll_depth",
}

# Parameters that become columns; the others are the event's properties.
_COLUMNS = (
    *("ga_session_id", "page_location", "page_referrer", "transaction_id", "value", "currency"),
    *("source", "medium", "campaign", "content", "term", "gclid"),
)
_PROPERTY_NAMES = {"percent_scrolled": "percent"}

# Moments between 1973 and 2286; others are no moments a browser had.
_FIRST_US, _LAST_US = 10**14, 10**16

# Columns of `web.events` in the order they are laid.
LAID = (
    *("event_id", "event_type", "timestamp", "visitor_id", "user_id", "session_id"),
    *("page_url", "referrer", *(f"utm_{part}" for part in UTM), "click_id"),
    *("value", "currency", "order_id", "properties", "context", REASON_COLUMN),
)


def flat_events(relation: str, event_types: Mapping[str, str]) -> str:
    """Return the query for the events of an export, with what sessions and orders need of them.

    Args:
        relation: From `export_relation`.
        event_types: Names of the contract by GA4's, over `EVENT_TYPES`.
    """
    names = {**EVENT_TYPES, **event_types}
    address = ", ".join(f"{url_utm('page_url', part)} as address_{part}" for part in UTM)
    own_parts = ", ".join(f"{_own_utm(part)} as utm_{part}" for part in UTM)
    return f"""
        select *, {own_parts},
            case when is_broken then 'unreadable_json'
                when event_type = 'purchase' and order_id is null then 'missing_transaction_id'
            end as {REASON_COLUMN}
        from (
            select *, {event_type("event_name", names)} as event_type,
                {_traffic()}, {address},
                coalesce(collected_gclid, param_gclid, {url_click_id("page_url")}) as click_id
            from (select {_columns()} from {_with_params(relation)})
        )
    """


def _with_params(relation: str) -> str:
    """The parameters as two lists side by side; looking a key up is a search of the first."""
    value = (
        "coalesce(p.value.string_value, cast(p.value.int_value as varchar), "
        "cast(p.value.double_value as varchar), cast(p.value.float_value as varchar))"
    )
    return f"""(
        select *, list_transform(event_params, lambda p: p.key) as param_keys,
            list_transform(event_params, lambda p: {value}) as param_texts
        from {relation}
    )"""


def _param(key: str) -> str:
    return f"param_texts[list_position(param_keys, {text_literal(key)})]"


def _columns() -> str:
    """Every column of a flat event that needs no other one."""
    user, moment = "nullif(user_pseudo_id, '')", "event_timestamp"
    last_click = "session_traffic_source_last_click"
    columns = {
        "is_broken": "is_broken",
        "event_name": "event_name",
        "event_id": _event_id(),
        "timestamp": (
            f"case when {moment} between {_FIRST_US} and {_LAST_US} "
            f"then make_timestamp({moment}) end"
        ),
        "visitor_id": user,
        "user_id": "nullif(user_id, '')",
        "session_id": f"{user} || '.' || nullif({_param('ga_session_id')}, '')",
        "page_url": f"nullif({_param('page_location')}, '')",
        "referrer": f"nullif({_param('page_referrer')}, '')",
        "value": _value(),
        "currency": told(_param("currency")),
        "order_id": (
            f"coalesce({told('ecommerce.transaction_id')}, {told(_param('transaction_id'))})"
        ),
        "properties": _properties(),
        "context": _context(),
        **{f"param_{part}": _param(part) for part in UTM},
        **{
            f"collected_{part}": f"collected_traffic_source.manual_{name}"
            for part, name in zip(UTM, _named(UTM), strict=True)
        },
        "param_gclid": told(_param("gclid")),
        "collected_gclid": told("collected_traffic_source.gclid"),
        "is_engaged": f"{_param('session_engaged')} in ('1', 'true')",
        "engagement_ms": f"try_cast({_param('engagement_time_msec')} as bigint)",
        "country": told("geo.country"),
        "device": told("device.category"),
        **{
            f"last_click_{part}": _told(part, f"{last_click}.manual_campaign.{name}")
            for part, name in zip(UTM, _named(UTM), strict=True)
        },
        "google_ads_campaign": told_campaign(f"{last_click}.google_ads_campaign.campaign_name"),
        "channel_reported": (
            f"coalesce({told(f'{last_click}.cross_channel_campaign.default_channel_group')}, "
            f"{told(f'{last_click}.cross_channel_campaign.primary_channel_group')})"
        ),
        "tax": "cast(ecommerce.tax_value as varchar)",
        "shipping": "cast(ecommerce.shipping_value as varchar)",
        "coupon": told(_param("coupon")),
    }
    return ", ".join(f"{expression} as {name}" for name, expression in columns.items())


def _named(parts: tuple[str, ...]) -> list[str]:
    return ["campaign_name" if part == "campaign" else part for part in parts]


def _event_id() -> str:
    """The same for every copy of an event, and no other event's.

    Events of one request share their moment; where the export numbers them, that tells them
    apart. Events without a user are told apart by their page too.
    """
    parts = [
        f"coalesce(user_pseudo_id, 'nobody at ' || {_param('page_location')})",
        "event_timestamp",
        "event_name",
        "event_bundle_sequence_id",
        *("batch_page_id", "batch_ordering_id", "batch_event_index"),
    ]
    joined = " || '|' || ".join(f"coalesce(cast({part} as varchar), '')" for part in parts)
    return f"case when not is_broken then md5({joined}) end"


def _value() -> str:
    """A purchase is worth its revenue; any event may carry a value."""
    revenue = (
        "case when event_name = 'purchase' then cast(ecommerce.purchase_revenue as varchar) end"
    )
    return f"coalesce({revenue}, {_param('value')})"


def _properties() -> str:
    """All parameters that are no columns, and the items, as JSON text with typed values."""
    renamed = " ".join(
        f"when {text_literal(theirs)} then {text_literal(ours)}"
        for theirs, ours in _PROPERTY_NAMES.items()
    )
    value = (
        "coalesce(cast(to_json(p.value.string_value) as varchar), "
        "cast(p.value.int_value as varchar), cast(to_json(p.value.double_value) as varchar), "
        "cast(to_json(p.value.float_value) as varchar), 'null')"
    )
    columns = list_literal(text_literal(name) for name in _COLUMNS)
    others = f"list_filter(event_params, lambda p: not list_contains({columns}, p.key))"
    pairs = (
        f"list_transform({others}, lambda p: "
        f"cast(to_json(case p.key {renamed} else p.key end) as varchar) || ':' || {value})"
    )
    items = "case when len(items) > 0 then ['\"items\":' || cast(to_json(items) as varchar)] end"
    joined = f"array_to_string(list_concat({pairs}, {items}), ',')"
    return f"'{{' || nullif({joined}, '') || '}}'"


def _context() -> str:
    """Where and on what it happened, and how its user first came."""
    members = {
        "country": "geo.country",
        "region": "geo.region",
        "city": "geo.city",
        "device": "device.category",
        "operating_system": "device.operating_system",
        "browser": "device.web_info.browser",
        "language": "device.language",
        "platform": "platform",
        "stream_id": "stream_id",
        "first_user_source": "traffic_source.source",
        "first_user_medium": "traffic_source.medium",
        "first_user_campaign": "traffic_source.name",
    }
    packed = ", ".join(f"'{name}': {value}" for name, value in members.items())
    return f"case when not is_broken then cast(to_json({{{packed}}}) as varchar) end"


def _told(part: str, value: str) -> str:
    return told_campaign(value) if part == "campaign" else told(value)


def _traffic() -> str:
    """Which of the three places names a campaign."""
    collected, params = (
        " or ".join(f"{_told(part, f'{place}_{part}')} is not null" for part in UTM[:3])
        for place in ("collected", "param")
    )
    return f"case when {collected} then 'collected' when {params} then 'param' end as told_by"


def _own_utm(part: str) -> str:
    return (
        f"case told_by when 'collected' then {_told(part, f'collected_{part}')} "
        f"when 'param' then {_told(part, f'param_{part}')} "
        f"else {_told(part, f'address_{part}')} end"
    )
