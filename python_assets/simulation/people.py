"""The shop's public: who visits, how often, how willing to buy, and for how long.

Everything here is hidden truth. What a shop can observe of it (customers, visitors) is built
from it by the other modules.
"""

from dataclasses import dataclass

import numpy as np

from python_assets.simulation.arrays import Booleans, Floats, Integers, pick, stream
from python_assets.simulation.plan import Calendar, ShopPlan

SESSIONS_PER_ORDER = 25
SESSIONS_PER_PERSON = 2.6
# People who came before the first day are simulated back this far, so that the first day
# finds regulars and not only strangers.
HISTORY_DAYS = 240
LIFETIME_SHAPE = 1.2
LIFETIME_MEAN_DAYS = 75.0
VISIT_RATE_SHAPE = 0.5
PROPENSITY_SIGMA = 0.9
SUBSCRIBER_SHARE = 0.12
HELD_OUT_SHARE = 0.10
GUEST_SHARE = 0.15
SECOND_DEVICE_SHARE = 0.12
SHARED_DEVICE_SHARE = 0.01
SEGMENTS = 3

HOME_COUNTRIES = ("US", "CA", "GB", "AE")
HOME_SHARES = (0.86, 0.06, 0.06, 0.02)
ABROAD_SHARE = 0.08
EURO_COUNTRIES = ("DE", "ES", "FR", "IT")
EURO_SHARES = (0.5, 0.3, 0.1, 0.1)


@dataclass(frozen=True)
class People:
    """Arrays with one entry per person.

    Attributes:
        arrived: First visit, in days since the first day; negative before it.
        ended: End of the lifetime, in days; no visit follows.
        visit_rate: Visits per demand-weighted day while the lifetime lasts.
        propensity: Multiplier of the chance to buy at a visit, mean 1.
        basket: Mean extra units per order line.
        country: Position in `countries`.
        countries: Country codes.
        is_abroad: Pays in the foreign currency.
        is_subscriber: Signs up for the newsletter at the first visit.
        is_held_out: A subscriber who never gets marketing messages, to measure their effect.
        is_guest: Buys without an account.
        segment: Messaging segment, 0 to SEGMENTS - 1.
        first_visitor: Number of the visitor id of the main device.
        second_visitor: Number of the visitor id of the second device; equal to
            `first_visitor` without one.
    """

    arrived: Floats
    ended: Floats
    visit_rate: Floats
    propensity: Floats
    basket: Floats
    country: Integers
    countries: tuple[str, ...]
    is_abroad: Booleans
    is_subscriber: Booleans
    is_held_out: Booleans
    is_guest: Booleans
    segment: Integers
    first_visitor: Integers
    second_visitor: Integers

    @property
    def count(self) -> int:
        """Number of people."""
        return len(self.arrived)


def draw_people(plan: ShopPlan, calendar: Calendar) -> People:
    """Draw a public whose visits within the period average SESSIONS_PER_ORDER per order."""
    generator = stream(plan.seed, "people")
    sessions = plan.expected_orders * SESSIONS_PER_ORDER
    arrived, ended = _draw_lifetimes(generator, plan, calendar, sessions)
    count = len(arrived)
    raw_rate = generator.gamma(VISIT_RATE_SHAPE, 1.0 / VISIT_RATE_SHAPE, count) + 0.02
    exposure = calendar.weighted(ended) - calendar.weighted(arrived)
    # Whoever arrives within the period is there at least once; the rest are repeat visits.
    repeat_visits = max(sessions - int((arrived >= 0).sum()), 1)
    visit_rate = raw_rate * repeat_visits / float((raw_rate * exposure).sum())
    is_subscriber = generator.random(count) < SUBSCRIBER_SHARE
    is_abroad = generator.random(count) < ABROAD_SHARE
    countries, country = _draw_countries(generator, plan, is_abroad)
    first_visitor, second_visitor = _draw_devices(generator, count)
    sigma = PROPENSITY_SIGMA
    return People(
        arrived=arrived,
        ended=ended,
        visit_rate=visit_rate,
        propensity=np.exp(generator.normal(-(sigma**2) / 2, sigma, count)),
        basket=generator.gamma(2.0, 0.15, count),
        country=country,
        countries=countries,
        is_abroad=is_abroad,
        is_subscriber=is_subscriber,
        is_held_out=is_subscriber & (generator.random(count) < HELD_OUT_SHARE),
        is_guest=~is_subscriber & (generator.random(count) < GUEST_SHARE),
        segment=generator.integers(0, SEGMENTS, count),
        first_visitor=first_visitor,
        second_visitor=second_visitor,
    )


def _draw_lifetimes(
    generator: np.random.Generator, plan: ShopPlan, calendar: Calendar, sessions: int
) -> tuple[Floats, Floats]:
    """Arrival and end of everyone whose lifetime touches the period, oldest first."""
    per_day = sessions / SESSIONS_PER_PERSON / plan.days
    newcomers = max(round(per_day * plan.days), 2)
    old = -generator.random(round(per_day * HISTORY_DAYS)) * HISTORY_DAYS
    new = calendar.at(generator.random(newcomers) * float(calendar.cumulative_weights[-1]))
    arrived = np.sort(np.concatenate([old, new]))
    # A gamma mixture of exponential lifetimes (Pareto type II): many leave at once, some stay.
    hazard = generator.gamma(
        LIFETIME_SHAPE, 1.0 / (LIFETIME_SHAPE * LIFETIME_MEAN_DAYS), len(arrived)
    )
    ended = arrived + generator.exponential(1.0, len(arrived)) / np.maximum(hazard, 1e-6)
    is_there = ended > 0
    return arrived[is_there], ended[is_there]


def _draw_countries(
    generator: np.random.Generator, plan: ShopPlan, is_abroad: Booleans
) -> tuple[tuple[str, ...], Integers]:
    """Countries at home pay in the shop's currency, those abroad in the foreign one."""
    count = len(is_abroad)
    at_home = pick(generator, HOME_SHARES, count)
    in_euros = pick(generator, EURO_SHARES, count) + len(HOME_COUNTRIES)
    euro_rows = is_abroad if plan.currency != "EUR" else ~is_abroad
    return (*HOME_COUNTRIES, *EURO_COUNTRIES), np.where(euro_rows, in_euros, at_home)


def _draw_devices(generator: np.random.Generator, count: int) -> tuple[Integers, Integers]:
    """Visitor numbers: mostly one a person, some two, a few shared by two people."""
    first = np.arange(count)
    shares = (generator.random(count) < SHARED_DEVICE_SHARE) & (first > 0)
    # Chains are avoided: the owner of a shared device does not share somebody else's.
    shares &= ~np.roll(shares, 1)
    first = np.where(shares, first - 1, first)
    has_second = generator.random(count) < SECOND_DEVICE_SHARE
    second = np.where(has_second, count + np.cumsum(has_second) - 1, first)
    return first, second
