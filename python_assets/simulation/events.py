"""Table web.events: what the tracker saw within the visits.

This is the largest table by far, so columns of few values stay dictionaries and every column
is built once, in its final order.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.activity import (
    LANDING_PATHS,
    PURCHASE_AT,
    SCROLL_PERCENTS,
    Activity,
)
from python_assets.simulation.arrays import (
    NO_CODE,
    SECONDS_PER_DAY,
    Booleans,
    Floats,
    Integers,
    Text,
    categories,
    moments,
    money,
    numbered,
    stream,
)
from python_assets.simulation.commerce import order_ids
from python_assets.simulation.forms import FORM_AT, Forms
from python_assets.simulation.orders import PRODUCTS, Catalog, Orders
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.sessions import DEVICES, SHOP, Tracking, click_ids, tag_columns
from python_assets.simulation.visits import Visits

UNTRACKED_PURCHASE_SHARE = 0.03
TIME_ON_SITE_SECONDS = (30, 60, 120, 300)


@dataclass(frozen=True)
class Step:
    """A kind of event: its type and where in the visit it lies, as fractions of its length."""

    event_type: str
    earliest: float
    latest: float


STEPS = (
    Step("page_view", 0.0, 0.0),
    Step("page_view", 0.03, 0.1),
    Step("scroll_depth", 0.11, 0.19),
    Step("product_view", 0.2, 0.48),
    Step("form_submit", FORM_AT, FORM_AT),
    Step("add_to_cart", 0.55, 0.65),
    Step("begin_checkout", 0.7, 0.85),
    Step("purchase", PURCHASE_AT, PURCHASE_AT),
    Step("time_on_site", 1.0, 1.0),
)
LANDING, OTHER_PAGE, SCROLL, PRODUCT, FORM, CART, CHECKOUT, PURCHASE, TIME_ON_SITE = range(
    len(STEPS)
)


@dataclass(frozen=True)
class EventRows:
    """Arrays with one entry per event, by time.

    Attributes:
        visit: Position of the visit.
        step: Position in STEPS.
        time: Time, in days.
        order: Position of the order of a purchase, else NO_CODE.
        product: Product seen or put in the cart, 0 for other events.
    """

    visit: Integers
    step: Integers
    time: Floats
    order: Integers
    product: Integers


def draw_events(
    plan: ShopPlan, visits: Visits, activity: Activity, orders: Orders, forms: Forms
) -> EventRows:
    """Unfold the course of every visit into events, by time."""
    generator = stream(plan.seed, "events")
    order_of_visit = np.full(visits.count, NO_CODE)
    online = np.flatnonzero(orders.visit != NO_CODE)
    order_of_visit[orders.visit[online]] = online
    is_tracked = generator.random(visits.count) >= UNTRACKED_PURCHASE_SHARE
    counts = {
        LANDING: np.ones(visits.count, dtype=np.int64),
        OTHER_PAGE: activity.other_views,
        SCROLL: activity.scroll >= 0,
        PRODUCT: activity.product_views,
        FORM: forms.is_sent_in(visits),
        CART: activity.has_cart,
        CHECKOUT: activity.has_checkout,
        PURCHASE: (order_of_visit != NO_CODE) & is_tracked,
        TIME_ON_SITE: activity.has_time_on_site,
    }
    visit = np.concatenate([np.repeat(np.arange(visits.count), n) for n in counts.values()])
    step = np.repeat(list(counts), [int(n.sum()) for n in counts.values()])
    earliest = np.array([s.earliest for s in STEPS])[step]
    width = np.array([s.latest - s.earliest for s in STEPS])[step]
    within = earliest + width * generator.random(len(visit))
    at = visits.time[visit] + within * activity.seconds[visit] / SECONDS_PER_DAY
    by_time = np.lexsort((step, at))
    visit, step = visit[by_time], step[by_time]
    return EventRows(
        visit=visit,
        step=step,
        time=at[by_time],
        order=np.where(step == PURCHASE, order_of_visit[visit], NO_CODE),
        product=generator.integers(0, PRODUCTS, len(visit)),
    )


@dataclass(frozen=True)
class EventContext:
    """What the event table is looked up in."""

    tracking: Tracking
    orders: Orders
    catalog: Catalog


def event_table(plan: ShopPlan, rows: EventRows, context: EventContext) -> pd.DataFrame:
    """Build web.events, by time."""
    visit, ids = rows.visit, context.tracking.ids
    is_landing = rows.step == LANDING
    link = np.where(is_landing, context.tracking.visits.link[visit], NO_CODE)
    value, currency = _values(rows, context)
    tags = tag_columns(context.tracking.links, link)
    columns: dict[str, object] = {
        "event_id": numbered("evt_", np.arange(1, len(visit) + 1)),
        "event_type": categories([step.event_type for step in STEPS], rows.step),
        "timestamp": moments(plan.first_day, rows.time),
        "visitor_id": ids.visitor_ids(visit),
        "user_id": _user_ids(rows, context),
        "session_id": ids.session_ids(visit),
        "page_url": _pages(plan, rows, context.tracking.activity),
        **tags,
        "click_id": _click_ids(context, link, visit, is_landing),
        "value": value,
        "currency": categories([plan.currency, plan.foreign_currency, None], currency),
        "order_id": order_ids(rows.order, rows.order != NO_CODE),
        "properties": _properties(rows, context.tracking.activity),
        "context": categories(
            [f'{{"device": "{device}"}}' for device in DEVICES],
            context.tracking.activity.device[visit],
        ),
    }
    return pd.DataFrame(columns, copy=False)


def _values(rows: EventRows, context: EventContext) -> tuple[Floats, Integers]:
    """Value of carts (the product's price) and purchases (the order's total), and currency."""
    order = np.maximum(rows.order, 0)
    cents = np.where(
        rows.step == PURCHASE,
        context.orders.total[order],
        context.catalog.price_cents[rows.product],
    )
    has_value = (rows.step == PURCHASE) | (rows.step == CART)
    is_foreign = (rows.step == PURCHASE) & context.orders.is_foreign[order]
    currency = np.where(has_value, is_foreign.astype(np.int64), NO_CODE)
    return np.where(has_value, money(cents), np.nan), currency


def _user_ids(rows: EventRows, context: EventContext) -> Text:
    """Customer ids once somebody is logged in: from the second event, or from the checkout."""
    with_account = np.zeros(context.tracking.visits.count, dtype=np.bool_)
    online = context.orders.visit[context.orders.with_account]
    with_account[online[online != NO_CODE]] = True
    is_known = context.tracking.is_logged_in[rows.visit] & (rows.step != LANDING)
    at_checkout = (rows.step == CHECKOUT) | (rows.step == PURCHASE)
    is_known |= at_checkout & with_account[rows.visit]
    return context.tracking.directory.customer_ids(
        context.tracking.visits.person[rows.visit], is_known
    )


def _click_ids(
    context: EventContext, link: Integers, visit: Integers, is_landing: Booleans
) -> Text:
    """The session's click id on its landing event, built once per session."""
    by_rank = click_ids(
        context.tracking.links,
        context.tracking.visits.link[context.tracking.ids.by_time],
        np.arange(context.tracking.visits.count),
    )
    values = pd.Series(by_rank)
    position = np.where(is_landing & (link != NO_CODE), context.tracking.ids.rank[visit], NO_CODE)
    taken: Text = values.array.take(position, allow_fill=True)
    return taken


def _pages(plan: ShopPlan, rows: EventRows, activity: Activity) -> pd.Categorical:
    """URL of each event's page, without a query string."""
    generator = stream(plan.seed, "pages")
    products = [f"/products/{number + 1}" for number in range(PRODUCTS)]
    paths = [*LANDING_PATHS, *products, "/cart", "/checkout", "/thank-you"]
    other = generator.integers(0, len(LANDING_PATHS), len(rows.visit))
    fixed = {CART: paths.index("/cart"), CHECKOUT: paths.index("/checkout")}
    fixed[PURCHASE] = paths.index("/thank-you")
    page = np.where(rows.step == PRODUCT, len(LANDING_PATHS) + rows.product, other)
    for step, position in fixed.items():
        page[rows.step == step] = position
    is_first_page = (rows.step == LANDING) | (rows.step == SCROLL)
    page = np.where(is_first_page, activity.landing[rows.visit], page)
    return categories([SHOP + path for path in paths], page)


def _properties(rows: EventRows, activity: Activity) -> pd.Categorical:
    """JSON text of scrolls, products and times; null for the rest."""
    scrolls = [f'{{"percent": {percent}}}' for percent in SCROLL_PERCENTS]
    times = [f'{{"seconds": {seconds}}}' for seconds in TIME_ON_SITE_SECONDS]
    products = [f'{{"product_id": "prod_{number + 1}"}}' for number in range(PRODUCTS)]
    code = np.full(len(rows.visit), NO_CODE)
    is_scroll = rows.step == SCROLL
    code[is_scroll] = activity.scroll[rows.visit[is_scroll]]
    is_time = rows.step == TIME_ON_SITE
    seconds = activity.seconds[rows.visit[is_time]]
    reached = np.searchsorted(TIME_ON_SITE_SECONDS, seconds, side="right") - 1
    code[is_time] = len(scrolls) + np.maximum(reached, 0)
    has_product = (rows.step == PRODUCT) | (rows.step == CART)
    code[has_product] = len(scrolls) + len(times) + rows.product[has_product]
    return categories([*scrolls, *times, *products, None], code)
