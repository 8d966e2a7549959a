"""Where the columns of `web.events` stand in the events of known trackers.

Segment's common fields: https://www.twilio.com/docs/segment/connections/spec/common
RudderStack's: https://www.rudderstack.com/docs/event-spec/standard-events/common-fields/
Snowplow's atomic fields: https://docs.snowplow.io/docs/fundamentals/canonical-event
Names of shop events: https://www.twilio.com/docs/segment/connections/spec/ecommerce/v2
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# All of an event that no column takes.
REST = "*"


@dataclass(frozen=True)
class Style:
    """How a tracker writes events.

    Attributes:
        paths: Dotted paths of each column; the first that has a value counts.
        event_types: The contract's names of events by the tracker's.
        kind: Path of what kind of event it is, where kinds have names of their own.
        kinds: The contract's name by kind, for kinds that have no name of an event.
        says_nothing: Names that say nothing, with the path of what says more.
        scopes_session_by_visitor: Whether session ids are only distinct within a visitor.
    """

    paths: Mapping[str, tuple[str, ...]]
    event_types: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    says_nothing: Mapping[str, str] = field(default_factory=dict)
    scopes_session_by_visitor: bool = False


_SHOP_EVENTS = {
    "Product Viewed": "product_view",
    "Product Added": "add_to_cart",
    "Checkout Started": "begin_checkout",
    "Order Completed": "purchase",
    "Form Submitted": "form_submit",
    "Product Shared": "share",
    "Page Viewed": "page_view",
}

_SEGMENT = Style(
    paths={
        "event_id": ("messageId",),
        "event_type": ("event",),
        # `timestamp` is corrected for clocks that are wrong; the original is the device's own.
        "timestamp": ("timestamp", "originalTimestamp", "sentAt", "receivedAt"),
        "visitor_id": ("anonymousId",),
        "user_id": ("userId",),
        "session_id": ("context.sessionId",),
        "page_url": ("context.page.url", "properties.url"),
        "referrer": ("context.page.referrer", "properties.referrer"),
        "utm_source": ("context.campaign.source",),
        "utm_medium": ("context.campaign.medium",),
        "utm_campaign": ("context.campaign.name",),
        "utm_content": ("context.campaign.content",),
        "utm_term": ("context.campaign.term",),
        "click_id": ("context.campaign.gclid", "properties.gclid"),
        "value": ("properties.revenue", "properties.total", "properties.value"),
        "currency": ("properties.currency",),
        "order_id": ("properties.order_id", "properties.orderId"),
        "properties": ("properties", "traits", "context.traits"),
        "context": ("context",),
    },
    event_types=_SHOP_EVENTS,
    kind="type",
    kinds={"page": "page_view", "screen": "screen_view"},
    # RudderStack counts sessions by the time they began.
    scopes_session_by_visitor=True,
)

_SNOWPLOW = Style(
    paths={
        "event_id": ("event_id",),
        "event_type": ("event_name", "event"),
        "timestamp": ("derived_tstamp", "dvce_created_tstamp", "collector_tstamp"),
        "visitor_id": ("domain_userid", "network_userid"),
        "user_id": ("user_id",),
        "session_id": ("domain_sessionid",),
        "page_url": ("page_url",),
        "referrer": ("page_referrer",),
        "utm_source": ("mkt_source",),
        "utm_medium": ("mkt_medium",),
        "utm_campaign": ("mkt_campaign",),
        "utm_content": ("mkt_content",),
        "utm_term": ("mkt_term",),
        "click_id": ("mkt_clickid",),
        "value": ("tr_total", "se_value"),
        "currency": ("tr_currency",),
        "order_id": ("tr_orderid",),
        "properties": (REST,),
    },
    event_types={
        "transaction": "purchase",
        "submit_form": "form_submit",
        "social": "share",
    },
    # The name of a structured event is always "event"; its action says what happened.
    says_nothing={"event": "se_action"},
)

STYLES: Mapping[str, Style] = {
    "segment": _SEGMENT,
    "rudderstack": _SEGMENT,
    "snowplow": _SNOWPLOW,
    "custom": Style(paths={"properties": (REST,)}, event_types=_SHOP_EVENTS),
}
