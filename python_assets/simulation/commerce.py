"""Tables of the shop system: orders, order items, refunds, exchange rates."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    NO_CODE,
    Booleans,
    Floats,
    Integers,
    blanked,
    categories,
    dates,
    moments,
    moments_where,
    money,
    numbered,
    stream,
)
from python_assets.simulation.identities import Directory, loud_emails
from python_assets.simulation.orders import STATUSES, Catalog, Orders
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.sessions import SessionIds

REFUND_SHARE = 0.05
PARTIAL_SHARE = 0.35
UNLINKED_SHARE = 0.15
LONGEST_REFUND_DAYS = 21
FIRST_ORDER_NUMBER = 1001
# Addresses typed in capitals, to be folded.
LOUD_EMAIL_SHARE = 0.05
CATEGORIES = ("Lighting", "Kitchen", "Textiles", "Storage", "Garden")
PROMO_CODES = ("WELCOME10", "SPRING10", "FRIENDS10")
MEAN_RATES = {"EUR": 1.08, "USD": 0.925}


@dataclass(frozen=True)
class Refunds:
    """Arrays with one entry per refund, by time.

    Attributes:
        order: Position of the refunded order, known to the simulation even when unlinked.
        is_linked: Whether the refund names its order.
        time: Time, in days.
        cents: Amount in the order's currency.
    """

    order: Integers
    is_linked: Booleans
    time: Floats
    cents: Integers

    @property
    def day(self) -> Integers:
        """Day of each refund, 0 for the first."""
        return np.floor(self.time).astype(np.int64)


def draw_rates(plan: ShopPlan) -> Floats:
    """Shop currency per unit of the foreign currency, one rate per calendar day."""
    generator = stream(plan.seed, "rates")
    steps = np.cumsum(generator.normal(0.0, 0.004, plan.days))
    return np.round(MEAN_RATES[plan.foreign_currency] * np.exp(steps), 6)


def draw_refunds(plan: ShopPlan, orders: Orders) -> Refunds:
    """Refund some of the sold orders, in full or in part, within the period."""
    generator = stream(plan.seed, "refunds")
    paid = np.flatnonzero(orders.is_valid & (orders.total > 0))
    order = paid[generator.random(len(paid)) < REFUND_SHARE]
    at = orders.time[order] + generator.uniform(0.5, LONGEST_REFUND_DAYS, len(order))
    is_past = at < plan.days
    order, at = order[is_past], at[is_past]
    by_time = np.argsort(at, kind="stable")
    order, at = order[by_time], at[by_time]
    is_partial = generator.random(len(order)) < PARTIAL_SHARE
    share = np.where(is_partial, generator.uniform(0.1, 0.9, len(order)), 1.0)
    cents = np.maximum(np.rint(orders.total[order] * share), 1).astype(np.int64)
    # Only a known customer can be refunded without naming the order.
    is_linked = ~orders.with_account[order] | (generator.random(len(order)) >= UNLINKED_SHARE)
    return Refunds(order, is_linked, at, cents)


def order_ids(position: Integers, where: Booleans | None = None) -> object:
    """Ids of orders by position."""
    return numbered("ord_", position + FIRST_ORDER_NUMBER, where)


def order_table(
    plan: ShopPlan, orders: Orders, directory: Directory, ids: SessionIds
) -> pd.DataFrame:
    """Build commerce.orders, by time."""
    generator = stream(plan.seed, "order table")
    count = orders.count
    is_online = orders.visit != NO_CODE
    updated = np.minimum(orders.time + generator.exponential(1.0, count), plan.days - 1e-4)
    is_canceled = orders.status == STATUSES.index("canceled")
    currencies = [plan.currency, plan.foreign_currency]
    promo = generator.integers(0, len(PROMO_CODES), count)
    return pd.DataFrame(
        {
            "id": order_ids(np.arange(count)),
            "customer_id": directory.customer_ids(orders.person, orders.with_account),
            "email": loud_emails(orders.person, generator.random(count) < LOUD_EMAIL_SHARE),
            "visitor_id": blanked(ids.visitor_ids(orders.visit), is_online),
            "session_id": blanked(ids.session_ids(orders.visit), orders.has_session),
            "status": categories(STATUSES, orders.status),
            "currency_code": categories(currencies, orders.is_foreign.astype(np.int64)),
            "subtotal": money(orders.subtotal),
            "discount_total": money(orders.discount),
            "shipping_total": money(orders.shipping),
            "tax_total": money(orders.tax),
            "total": money(orders.total),
            "promo_code": categories(PROMO_CODES, np.where(orders.has_promo, promo, NO_CODE)),
            "created_at": moments(plan.first_day, orders.time),
            "updated_at": moments(plan.first_day, updated),
            "canceled_at": moments_where(plan.first_day, updated, is_canceled),
            "sales_channel": categories(["phone", "web"], is_online.astype(np.int64)),
        }
    )


def item_table(orders: Orders, catalog: Catalog) -> pd.DataFrame:
    """Build commerce.order_items, in the order of the orders."""
    product = orders.line_product
    kinds = np.arange(len(catalog.price_cents)) % len(CATEGORIES)
    titles = [f"{CATEGORIES[kind]} item {number + 1}" for number, kind in enumerate(kinds)]
    products = [f"prod_{number + 1}" for number in range(len(kinds))]
    return pd.DataFrame(
        {
            "id": numbered("item_", np.arange(1, len(product) + 1)),
            "order_id": order_ids(orders.line_order),
            "product_id": categories(products, product),
            "product_title": categories(titles, product),
            "category": categories(CATEGORIES, kinds[product]),
            "quantity": orders.line_quantity,
            "unit_price": money(orders.line_price),
            "unit_cost": money(orders.line_cost),
        }
    )


def refund_table(
    plan: ShopPlan, orders: Orders, refunds: Refunds, directory: Directory
) -> pd.DataFrame:
    """Build commerce.refunds, by time."""
    order = refunds.order
    currencies = [plan.currency, plan.foreign_currency]
    return pd.DataFrame(
        {
            "id": numbered("ref_", np.arange(1, len(order) + 1)),
            "order_id": order_ids(order, refunds.is_linked),
            "customer_id": directory.customer_ids(orders.person[order], orders.with_account[order]),
            "amount": money(refunds.cents),
            "currency_code": categories(currencies, orders.is_foreign[order].astype(np.int64)),
            "created_at": moments(plan.first_day, refunds.time),
        }
    )


def rate_table(plan: ShopPlan, foreign_rate: Floats) -> pd.DataFrame:
    """Build finance.fx_rates: both directions, every calendar day."""
    day = np.repeat(np.arange(plan.days), 2)
    direction = np.tile([0, 1], plan.days)
    pair = [plan.foreign_currency, plan.currency]
    rate = foreign_rate[day]
    return pd.DataFrame(
        {
            "date": dates(plan.first_day, day),
            "from_currency": categories(pair, direction),
            "to_currency": categories(pair, 1 - direction),
            "rate": np.where(direction == 0, rate, np.round(1.0 / rate, 8)),
        }
    )
