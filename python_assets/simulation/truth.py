"""The truth behind a shop: what tests and benchmarks compare the warehouse with."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from python_assets.simulation import experiments, messages
from python_assets.simulation.ad_days import AdDays
from python_assets.simulation.arrays import (
    NO_CODE,
    Floats,
    blanked,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.channels import CHANNELS
from python_assets.simulation.commerce import Refunds
from python_assets.simulation.experiments import Experiment
from python_assets.simulation.identities import Directory
from python_assets.simulation.orders import STATUSES, VALID_SHARE, Orders
from python_assets.simulation.people import People
from python_assets.simulation.plan import Calendar, ShopPlan
from python_assets.simulation.purchases import (
    Purchases,
    channel_effects,
    email_program_effect,
    lost_orders,
)
from python_assets.simulation.visits import Visits

FUTURE_DAYS = 90


@dataclass(frozen=True)
class Truth:
    """Everything the simulation knows and the shop does not.

    Attributes:
        scalars: Nested dictionary of numbers and texts, as written to truth.json.
        customers: One row per customer: customer_id, purchase_rate (orders per average day
            while the lifetime lasts), lifetime_end (UTC), is_churned (ended by the last
            day's end), orders (placed in the period), future_orders and future_spend (in
            the shop's currency, over the 90 days after the last day).
        visitors: One row per visitor id and person: visitor_id, customer_id (null for
            strangers), propensity (factor of the purchase hazard, mean 1).
    """

    scalars: dict[str, Any]
    customers: pd.DataFrame
    visitors: pd.DataFrame


def plan_truth(plan: ShopPlan) -> dict[str, Any]:
    """The plan as it was given."""
    return {**asdict(plan), "first_day": str(plan.first_day), "last_day": str(plan.last_day)}


def channel_truth(
    visits: Visits, purchases: Purchases, order_value: Floats
) -> dict[str, dict[str, float]]:
    """True incremental orders and revenue of each channel, over all orders placed online.

    Args:
        visits: All visits.
        purchases: Their hazards.
        order_value: Expected order total of each visit's person, shop currency.

    Returns:
        By channel: the factor and half-life used, visits, and what would not have been
        ordered had its touches no effect, all else equal. Valid means completed or archived.
    """
    visit_counts = np.bincount(visits.channel, minlength=len(CHANNELS))
    lost = dict.fromkeys(range(len(CHANNELS)), (0.0, 0.0))
    for position, effect in channel_effects(visits):
        fewer = lost_orders(purchases.hazard, effect)
        lost[position] = (float(fewer.sum()), float((fewer * order_value).sum()))
    return {
        channel.name: {
            "effect": channel.effect,
            "half_life_days": channel.half_life_days,
            "visits": int(visit_counts[position]),
            "incremental_orders": lost[position][0],
            "incremental_revenue": lost[position][1],
            "incremental_valid_orders": lost[position][0] * VALID_SHARE,
            "incremental_valid_revenue": lost[position][1] * VALID_SHARE,
        }
        for position, channel in enumerate(CHANNELS)
    }


def experiment_truth(
    plan: ShopPlan, experiment: Experiment, visits: Visits, purchases: Purchases
) -> dict[str, Any]:
    """The experiment's true effect."""
    return {
        "name": experiments.NAME,
        "started_at": str(moments(plan.first_day, np.array([experiment.start_day]))[0])[:10],
        "hazard_factor": experiments.EFFECT,
        "units": int(np.isfinite(experiment.exposed_at).sum()),
        **experiments.true_rates(experiment, visits, purchases.hazard),
    }


def messaging_truth(people: People, visits: Visits, purchases: Purchases) -> dict[str, float]:
    """What the e-mail program truly adds, in orders of the people who got messages."""
    lost = lost_orders(purchases.hazard, email_program_effect(visits))
    is_treated = people.is_subscriber & ~people.is_held_out
    return {
        "hazard_factor": messages.EFFECT,
        "effect_days": messages.EFFECT_DAYS,
        "subscribers": int(people.is_subscriber.sum()),
        "held_out": int(people.is_held_out.sum()),
        "treated": int(is_treated.sum()),
        "incremental_orders": float(lost.sum()),
        "incremental_orders_per_treated": float(lost.sum()) / max(int(is_treated.sum()), 1),
    }


def order_truth(plan: ShopPlan, orders: Orders, refunds: Refunds) -> dict[str, Any]:
    """Counts and exact amounts of orders and refunds, in the shop's currency and as paid."""
    valid = orders.is_valid
    by_status = np.bincount(orders.status, minlength=len(STATUSES))
    gross_cents = np.where(valid, orders.total, 0)
    refund_rate = np.where(orders.is_foreign[refunds.order], orders.foreign_rate[refunds.day], 1.0)
    refunded = refunds.cents * refund_rate / 100.0
    gross = float((gross_cents * orders.rate).sum()) / 100.0
    linked = float(refunded[refunds.is_linked].sum())
    return {
        "placed": orders.count,
        "valid": int(valid.sum()),
        "by_status": {name: int(n) for name, n in zip(STATUSES, by_status, strict=True)},
        "total_zero_valid": int((valid & (orders.total == 0)).sum()),
        "without_session_or_visitor": int((orders.visit == NO_CODE).sum()),
        "without_customer": int((~orders.with_account).sum()),
        "valid_gross_by_currency": {
            plan.currency: int(gross_cents[~orders.is_foreign].sum()) / 100,
            plan.foreign_currency: int(gross_cents[orders.is_foreign].sum()) / 100,
        },
        "valid_gross_revenue": gross,
        "linked_refunds": int(refunds.is_linked.sum()),
        "unlinked_refunds": int((~refunds.is_linked).sum()),
        "linked_refunded": linked,
        "unlinked_refunded": float(refunded[~refunds.is_linked].sum()),
        "net_revenue": gross - linked,
    }


def meta_truth(plan: ShopPlan, rows: AdDays, rates: Floats) -> dict[str, Any]:
    """Meta's totals, each event counted once; conversions are what Meta claims."""
    return {
        "account_currency": plan.foreign_currency,
        "ad_days": len(rows.ad),
        "impressions": int(rows.impressions.sum()),
        "link_clicks": int(rows.link_clicks.sum()),
        "spend": int(rows.spend_cents.sum()) / 100,
        "spend_in_shop_currency": float((rows.spend_cents * rates[rows.day]).sum()) / 100,
        "purchases": int(rows.purchases.sum()),
        "purchase_value": int(rows.value_cents.sum()) / 100,
        "leads": int(rows.leads.sum()),
    }


def customer_truth(
    plan: ShopPlan,
    directory: Directory,
    orders: Orders,
    purchases: Purchases,
    order_value: Floats,
) -> pd.DataFrame:
    """Hidden rate and lifetime of each customer, and what they will spend next."""
    generator = stream(plan.seed, "future")
    people, persons = directory.people, directory.persons
    calendar = Calendar.of(plan, plan.days + FUTURE_DAYS)
    per_visit = -np.expm1(
        -purchases.scale * people.propensity[persons] * float(purchases.multiplier.mean())
    )
    rate = people.visit_rate[persons] * per_visit
    ended = people.ended[persons]
    ahead = calendar.weighted(ended) - calendar.cumulative_weights[plan.days]
    future_orders = generator.poisson(rate * np.maximum(ahead, 0.0))
    # Order values scatter by about half their mean; a sum of n of them by that over sqrt(n).
    n = np.maximum(future_orders, 1)
    factor = generator.gamma(4.0 * n, 1.0 / (4.0 * n))
    placed = np.bincount(orders.person, minlength=people.count)
    # Lifetimes may exceed what a timestamp can hold.
    shown_end = np.minimum(ended, plan.days + 3650.0)
    return pd.DataFrame(
        {
            "customer_id": directory.customer_ids(persons),
            "purchase_rate": rate,
            "lifetime_end": moments(plan.first_day, shown_end),
            "is_churned": ended <= plan.days,
            "orders": placed[persons],
            "future_orders": future_orders,
            "future_spend": np.round(future_orders * order_value[persons] * factor, 2),
        }
    )


def visitor_truth(visits: Visits, directory: Directory) -> pd.DataFrame:
    """Whom each visitor id seen belongs to; a shared device has a row per person."""
    people = directory.people
    # One number per pair, so that the pairs can be made unique without a Python loop.
    pairs = np.unique(visits.visitor * people.count + visits.person)
    visitor, person = np.divmod(pairs, people.count)
    everyone = np.ones(len(person), dtype=np.bool_)
    return pd.DataFrame(
        {
            "visitor_id": numbered("vis_", visitor, width=8),
            "customer_id": blanked(directory.customer_ids(person), everyone),
            "propensity": people.propensity[person],
        }
    )
