"""What happens within a visit: how long it lasts and how far it goes."""

from dataclasses import dataclass

import numpy as np

from python_assets.simulation.arrays import (
    SECONDS_PER_DAY,
    Booleans,
    Floats,
    Integers,
    pick,
    stream,
)
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.purchases import Purchases
from python_assets.simulation.visits import Visits

BOUNCE_SHARE = 0.42
CART_SHARE = 0.11
CHECKOUT_SHARE = 0.4
SCROLL_SHARE = 0.7
TIMED_SHARE = 0.25
LANDING_PATHS = ("/", "/new", "/sale", "/lighting", "/kitchen", "/gift-guide")
LANDING_SHARES = (0.4, 0.15, 0.15, 0.12, 0.1, 0.08)
SCROLL_PERCENTS = (25, 50, 75, 90)
SCROLL_SHARES = (0.35, 0.3, 0.2, 0.15)
# Shortest visit that ends in an order, so that its steps have distinct seconds.
SHORTEST_PURCHASE_SECONDS = 60.0
PURCHASE_AT = 0.95


@dataclass(frozen=True)
class Activity:
    """Arrays with one entry per visit.

    Attributes:
        seconds: From the first to the last event; 0 for a bounce.
        product_views: Number of product pages seen.
        other_views: Number of other pages seen after the landing page.
        has_cart: Whether something went into the cart.
        has_checkout: Whether the checkout began.
        scroll: Position in SCROLL_PERCENTS of the deepest scroll, else -1.
        has_time_on_site: Whether the tracker reported the time spent.
        device: 0 for mobile, 1 for desktop, 2 for tablet.
        landing: Position of the landing page in LANDING_PATHS.
    """

    seconds: Floats
    product_views: Integers
    other_views: Integers
    has_cart: Booleans
    has_checkout: Booleans
    scroll: Integers
    has_time_on_site: Booleans
    device: Integers
    landing: Integers

    @property
    def is_bounce(self) -> Booleans:
        """Whether the landing page was the only page seen."""
        is_single: Booleans = (self.product_views + self.other_views) == 0
        return is_single


def draw_activity(
    plan: ShopPlan, visits: Visits, purchases: Purchases, sends_form: Booleans
) -> Activity:
    """Draw the course of every visit.

    Args:
        plan: The shop's plan.
        visits: All visits.
        purchases: Which of them convert; those see a product, a cart and a checkout.
        sends_form: Which of them fill in a form; those do not bounce.
    """
    generator = stream(plan.seed, "activity")
    count = visits.count
    buys = purchases.converts
    stays = buys | sends_form | (generator.random(count) >= BOUNCE_SHARE)
    product_views = np.where(stays, 1 + generator.poisson(0.9, count), 0)
    other_views = np.where(stays, generator.poisson(0.5, count), 0)
    has_cart = buys | (stays & (generator.random(count) < CART_SHARE))
    has_checkout = buys | (has_cart & (generator.random(count) < CHECKOUT_SHARE))
    scrolls = stays & (generator.random(count) < SCROLL_SHARE)
    scroll = np.where(scrolls, pick(generator, SCROLL_SHARES, count), -1)
    shortest = np.where(buys, SHORTEST_PURCHASE_SECONDS, 15.0)
    seconds = np.minimum(shortest + generator.gamma(1.5, 150.0, count), 1500.0)
    left = (plan.days - visits.time) * SECONDS_PER_DAY - 2.0
    return Activity(
        seconds=np.where(stays, np.minimum(seconds, left), 0.0),
        product_views=product_views,
        other_views=other_views,
        has_cart=has_cart,
        has_checkout=has_checkout,
        scroll=scroll,
        has_time_on_site=stays & (generator.random(count) < TIMED_SHARE),
        device=_draw_devices(generator, visits),
        landing=pick(generator, LANDING_SHARES, count),
    )


def _draw_devices(generator: np.random.Generator, visits: Visits) -> Integers:
    """A visitor id lives on one device, so the device follows from the visitor."""
    of_visitor = pick(generator, (0.6, 0.34, 0.06), int(visits.visitor.max()) + 1)
    device: Integers = of_visitor[visits.visitor]
    return device
