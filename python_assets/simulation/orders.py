"""Orders before they become tables: who, when, what it costs, how it ends.

All amounts are whole cents, so that totals of the truth are exact.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from python_assets.simulation.activity import PURCHASE_AT, Activity
from python_assets.simulation.arrays import (
    NO_CODE,
    SECONDS_PER_DAY,
    Booleans,
    Floats,
    Integers,
    pick,
    stream,
)
from python_assets.simulation.people import People
from python_assets.simulation.plan import Calendar, ShopPlan
from python_assets.simulation.purchases import OFFLINE_ORDER_SHARE, Purchases
from python_assets.simulation.visits import Visits

STATUS_SHARES = {
    "completed": 0.875,
    "archived": 0.03,
    "pending": 0.03,
    "canceled": 0.045,
    "draft": 0.01,
    "requires_action": 0.01,
}
STATUSES = tuple(STATUS_SHARES)
# Orders of these statuses count as sold whatever the settings say about pending ones.
VALID_STATUSES = ("completed", "archived")
VALID_SHARE = sum(STATUS_SHARES[status] for status in VALID_STATUSES)

PRODUCTS = 120
EXTRA_LINES = 3
EXTRA_LINE_SHARE = 0.3
SHIPPING_CENTS = 490
TAX_RATE = 0.08
PROMO_SHARE = 0.2
PROMO_DISCOUNT = 0.1
FREE_SHARE = 0.005
CHECKED_OUT_AS_GUEST_SHARE = 0.05
SESSION_LOST_SHARE = 0.01


@dataclass(frozen=True)
class Catalog:
    """Products with a popularity and prices in cents."""

    popularity: Floats
    price_cents: Integers
    cost_cents: Integers

    @property
    def mean_price_cents(self) -> float:
        """Mean price of an order line's product."""
        return float((self.popularity * self.price_cents).sum() / self.popularity.sum())


@dataclass(frozen=True)
class Orders:
    """Arrays with one entry per order, by time; `line_` arrays have one per order line.

    Attributes:
        person: Buyer.
        visit: Position of the visit, NO_CODE for orders taken offline.
        time: Time, in days.
        status: Position in STATUSES.
        rate: Shop currency per unit of the order's currency, on its day.
        is_foreign: Whether the order is in the foreign currency.
        with_account: Whether the buyer was logged in.
        has_session: Whether the shop system kept the session id.
        has_promo: Whether a code was used.
        subtotal, discount, shipping, tax, total: Cents of the order's currency.
        foreign_rate: Shop currency per unit of foreign currency, one per day.
        line_order: Position of each line's order.
        line_product, line_quantity, line_price, line_cost: One per line; cents.
    """

    person: Integers
    visit: Integers
    time: Floats
    status: Integers
    rate: Floats
    is_foreign: Booleans
    with_account: Booleans
    has_session: Booleans
    has_promo: Booleans
    subtotal: Integers
    discount: Integers
    shipping: Integers
    tax: Integers
    total: Integers
    foreign_rate: Floats
    line_order: Integers
    line_product: Integers
    line_quantity: Integers
    line_price: Integers
    line_cost: Integers

    @property
    def count(self) -> int:
        """Number of orders."""
        return len(self.person)

    @property
    def is_valid(self) -> Booleans:
        """Whether the order's status counts as sold."""
        return np.isin(self.status, [STATUSES.index(status) for status in VALID_STATUSES])

    @property
    def day(self) -> Integers:
        """Day of each order, 0 for the first."""
        return np.floor(self.time).astype(np.int64)


def draw_catalog(plan: ShopPlan) -> Catalog:
    """Draw prices from 8 to about 120, and a popularity that falls like 1 / rank."""
    generator = stream(plan.seed, "catalog")
    price = np.round(np.exp(generator.normal(3.3, 0.5, PRODUCTS)).clip(8, 140)) * 100 - 5
    cost = price * generator.uniform(0.3, 0.6, PRODUCTS)
    popularity = np.reciprocal(np.arange(PRODUCTS, dtype=np.float64) + 5.0)
    return Catalog(popularity, price.astype(np.int64), cost.astype(np.int64))


def expected_order_value(people: People, catalog: Catalog) -> Floats:
    """Expected total of an order of each person, in units of the shop's currency."""
    lines = 1 + EXTRA_LINES * EXTRA_LINE_SHARE
    subtotal = lines * (1 + people.basket) * catalog.mean_price_cents
    discounted = subtotal * (1 - PROMO_SHARE * PROMO_DISCOUNT)
    total = discounted * (1 + TAX_RATE) + SHIPPING_CENTS
    expected: Floats = total * (1 - FREE_SHARE) / 100.0
    return expected


def draw_orders(
    plan: ShopPlan,
    people: People,
    visits: Visits,
    purchases: Purchases,
    activity: Activity,
) -> tuple[Integers, Integers, Floats]:
    """Draw who orders when: at the end of converting visits, and a few offline.

    Returns:
        Person, visit (NO_CODE when offline) and time of each order, by time.
    """
    generator = stream(plan.seed, "orders")
    visit = np.flatnonzero(purchases.converts)
    online_at = visits.time[visit] + PURCHASE_AT * activity.seconds[visit] / SECONDS_PER_DAY
    offline = generator.poisson(plan.expected_orders * OFFLINE_ORDER_SHARE)
    calendar = Calendar.of(plan, plan.days)
    weighted = generator.random(offline) * calendar.cumulative_weights[-1]
    at = np.concatenate([online_at, calendar.at(weighted)])
    # Somebody who has been there before, or else the time would precede their arrival.
    here = np.searchsorted(people.arrived, at[len(visit) :])
    walk_in = (generator.random(offline) * np.maximum(here, 1)).astype(np.int64)
    person = np.concatenate([visits.person[visit], walk_in])
    visit = np.concatenate([visit, np.full(offline, NO_CODE)])
    order = np.argsort(at, kind="stable")
    return person[order], visit[order], at[order]


def price_orders(
    plan: ShopPlan,
    people: People,
    catalog: Catalog,
    placed: tuple[Integers, Integers, Floats],
    foreign_rate: Floats,
) -> Orders:
    """Fill the orders placed with lines, amounts and a status.

    Args:
        plan: The shop's plan.
        people: The public.
        catalog: Products and prices.
        placed: Person, visit and time of each order.
        foreign_rate: Shop currency per unit of foreign currency, by day.
    """
    generator = stream(plan.seed, "order amounts")
    person, visit, at = placed
    count = len(person)
    is_foreign = people.is_abroad[person]
    rate = np.where(is_foreign, foreign_rate[np.floor(at).astype(np.int64)], 1.0)
    lines = _draw_lines(generator, people, catalog, person, rate)
    signs_in = generator.random(count) >= CHECKED_OUT_AS_GUEST_SHARE
    return Orders(
        person=person,
        visit=visit,
        time=at,
        status=pick(generator, list(STATUS_SHARES.values()), count),
        rate=rate,
        is_foreign=is_foreign,
        with_account=signs_in & ~people.is_guest[person],
        has_session=(visit != NO_CODE) & (generator.random(count) >= SESSION_LOST_SHARE),
        foreign_rate=foreign_rate,
        **_draw_amounts(generator, lines, rate),
        **lines,
    )


def _draw_amounts(
    generator: np.random.Generator, lines: dict[str, Integers], rate: Floats
) -> dict[str, Any]:
    """Amounts of each order in cents of its currency; a few are free by voucher."""
    count = len(rate)
    starts = np.searchsorted(lines["line_order"], np.arange(count))
    subtotal = np.add.reduceat(lines["line_quantity"] * lines["line_price"], starts)
    has_promo = generator.random(count) < PROMO_SHARE
    is_free = generator.random(count) < FREE_SHARE
    discount = np.rint(subtotal * np.where(has_promo, PROMO_DISCOUNT, 0.0)).astype(np.int64)
    discount = np.where(is_free, subtotal, discount)
    shipping = np.where(is_free, 0, np.rint(SHIPPING_CENTS / rate)).astype(np.int64)
    tax = np.rint((subtotal - discount) * TAX_RATE).astype(np.int64)
    return {
        "has_promo": has_promo | is_free,
        "subtotal": subtotal,
        "discount": discount,
        "shipping": shipping,
        "tax": tax,
        "total": subtotal - discount + shipping + tax,
    }


def _draw_lines(
    generator: np.random.Generator,
    people: People,
    catalog: Catalog,
    person: Integers,
    rate: Floats,
) -> dict[str, Any]:
    """Order, product, quantity, price and cost of each line, in the order's currency."""
    per_order = 1 + generator.binomial(EXTRA_LINES, EXTRA_LINE_SHARE, len(person))
    order = np.repeat(np.arange(len(person)), per_order)
    product = pick(generator, catalog.popularity, len(order))
    quantity = 1 + generator.poisson(people.basket[person][order])
    price = np.rint(catalog.price_cents[product] / rate[order]).astype(np.int64)
    cost = np.rint(catalog.cost_cents[product] / rate[order]).astype(np.int64)
    return {
        "line_order": order,
        "line_product": product,
        "line_quantity": quantity,
        "line_price": price,
        "line_cost": cost,
    }
