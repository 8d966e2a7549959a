"""A whole shop from one seed: the flow from hidden truth to what lands.

people -> visits -> purchases -> orders -> tables of every source -> dirt. No file is written
and no clock is read here; `landing.py` writes.
"""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from python_assets.simulation import (
    commerce,
    engagement,
    experiments,
    forms,
    insights,
    marketing,
    messages,
    truth,
)
from python_assets.simulation.account import AdAccount, build_account
from python_assets.simulation.activity import Activity, draw_activity
from python_assets.simulation.ad_days import AdDays
from python_assets.simulation.arrays import NO_CODE, Integers
from python_assets.simulation.channels import EMAIL
from python_assets.simulation.dirt import SoiledTable, soil
from python_assets.simulation.events import EventContext, draw_events, event_table
from python_assets.simulation.identities import Directory, build_directory, customer_table
from python_assets.simulation.layout import LAYOUTS
from python_assets.simulation.messages import CLICKED, Mailing, MessageRows, plan_mailing
from python_assets.simulation.orders import (
    Catalog,
    Orders,
    draw_catalog,
    draw_orders,
    expected_order_value,
    price_orders,
)
from python_assets.simulation.people import People, draw_people
from python_assets.simulation.plan import Calendar, ShopPlan
from python_assets.simulation.purchases import Purchases, draw_purchases
from python_assets.simulation.sessions import SessionIds, Tracking, draw_logins, session_table
from python_assets.simulation.traffic import Links, build_links
from python_assets.simulation.truth import Truth
from python_assets.simulation.visits import Visits, draw_visits, with_links


@dataclass(frozen=True)
class Shop:
    """A simulated shop.

    Attributes:
        tables: Readable rows by table name, such as `commerce.orders`, in the order they
            land; with duplicates and late rows.
        truth: What the simulation knows and the shop does not.
        landed_on: By table, per row, the day (0 for the first) of the file it lands in.
        broken: By table, the bad rows to be quarantined; every column is text, and the
            column `landed_on` holds the day of the file.
    """

    tables: dict[str, pd.DataFrame]
    truth: Truth
    landed_on: dict[str, Integers] = field(default_factory=dict)
    broken: dict[str, pd.DataFrame] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """Everything drawn, before it becomes tables."""

    people: People
    mailing: Mailing
    account: AdAccount
    links: Links
    visits: Visits
    experiment: experiments.Experiment
    purchases: Purchases
    forms: forms.Forms
    activity: Activity
    catalog: Catalog
    orders: Orders
    refunds: commerce.Refunds
    directory: Directory
    ad_days: AdDays


def simulate_shop(plan: ShopPlan) -> Shop:
    """Simulate a shop.

    Args:
        plan: Size, period, seed and dirt.

    Returns:
        Its tables and its truth; equal plans give equal shops.
    """
    world = _draw_world(plan)
    known = _truth(plan, world)
    soiled: dict[str, SoiledTable] = {}
    item_days = world.orders.day[world.orders.line_order]
    tables = _tables(plan, world)
    for name in list(tables):
        days = item_days if name == "commerce.order_items" else None
        soiled[name] = soil(plan, name, tables.pop(name), days)
    known.scalars["rows"] = {name: _row_counts(table) for name, table in soiled.items()}
    return Shop(
        tables={name: table.rows for name, table in soiled.items()},
        truth=known,
        landed_on={name: table.landed_on for name, table in soiled.items()},
        broken={name: table.broken for name, table in soiled.items()},
    )


def _draw_world(plan: ShopPlan) -> World:
    """Draw everything, each step from what came before it."""
    calendar = Calendar.of(plan, plan.days)
    people = draw_people(plan, calendar)
    mailing = plan_mailing(plan, people)
    account = build_account(plan)
    links = build_links(account, mailing.names)
    visits = draw_visits(plan, calendar, people, mailing)
    visits = with_links(plan, visits, account, links)
    experiment = experiments.run_experiment(plan, visits)
    purchases = draw_purchases(plan, people, visits, experiment)
    sent = forms.draw_forms(plan, people, visits)
    activity = draw_activity(plan, visits, purchases, sent.is_sent_in(visits))
    catalog = draw_catalog(plan)
    foreign_rate = commerce.draw_rates(plan)
    placed = draw_orders(plan, people, visits, purchases, activity)
    orders = price_orders(plan, people, catalog, placed, foreign_rate)
    buyer, bought_at = orders.person[orders.with_account], orders.time[orders.with_account]
    return World(
        people=people,
        mailing=mailing,
        account=account,
        links=links,
        visits=visits,
        experiment=experiment,
        purchases=purchases,
        forms=sent,
        activity=activity,
        catalog=catalog,
        orders=orders,
        refunds=commerce.draw_refunds(plan, orders),
        directory=build_directory(plan, people, buyer, bought_at),
        ad_days=insights.draw_ad_days(plan, account, visits, activity, orders),
    )


def _truth(plan: ShopPlan, world: World) -> Truth:
    """Collect the truth; the counts of dirt are added once it is there."""
    people, visits, purchases = world.people, world.visits, world.purchases
    value = expected_order_value(people, world.catalog)
    customers = truth.customer_truth(plan, world.directory, world.orders, purchases, value)
    scalars = {
        "seed": plan.seed,
        "plan": truth.plan_truth(plan),
        "channels": truth.channel_truth(visits, purchases, value[visits.person]),
        "experiment": truth.experiment_truth(plan, world.experiment, visits, purchases),
        "messaging": truth.messaging_truth(people, visits, purchases),
        "orders": truth.order_truth(plan, world.orders, world.refunds),
        "meta": truth.meta_truth(plan, world.ad_days, world.orders.foreign_rate),
        "customers": {
            "count": len(customers),
            "churned": int(customers["is_churned"].sum()),
            "buyers": int((customers["orders"] > 0).sum()),
        },
    }
    return Truth(scalars, customers, truth.visitor_truth(visits, world.directory))


def _tables(plan: ShopPlan, world: World) -> dict[str, pd.DataFrame]:
    """Build the clean tables of all sources, in the order of LAYOUTS."""
    tables = {
        **world.account.tables,
        **_web(plan, world),
        **_meta(plan, world),
        **_commerce(plan, world),
        **_engagement(plan, world),
    }
    return {name: tables[name] for name in LAYOUTS}


def _web(plan: ShopPlan, world: World) -> dict[str, pd.DataFrame]:
    visits, orders, directory = world.visits, world.orders, world.directory
    tracking = Tracking(
        people=world.people,
        visits=visits,
        activity=world.activity,
        links=world.links,
        ids=SessionIds.of(visits),
        directory=directory,
        is_logged_in=draw_logins(plan, visits, directory),
    )
    rows = draw_events(plan, visits, world.activity, orders, world.forms)
    is_known = tracking.is_logged_in.copy()
    is_known[orders.visit[orders.with_account & (orders.visit != NO_CODE)]] = True
    return {
        "web.events": event_table(plan, rows, EventContext(tracking, orders, world.catalog)),
        "web.sessions": session_table(plan, tracking, is_known),
        "crm.form_submissions": forms.form_table(plan, world.forms, tracking),
    }


def _meta(plan: ShopPlan, world: World) -> dict[str, pd.DataFrame]:
    account, rows = world.account, world.ad_days
    return {
        "meta_ads.insights": insights.insight_table(plan, account, rows),
        **insights.breakdown_tables(plan, account, rows),
        "meta_ads.leads": marketing.lead_table(plan, account, rows, world.people),
    }


def _commerce(plan: ShopPlan, world: World) -> dict[str, pd.DataFrame]:
    orders, directory = world.orders, world.directory
    ids = SessionIds.of(world.visits)
    return {
        "commerce.customers": customer_table(plan, directory),
        "commerce.orders": commerce.order_table(plan, orders, directory, ids),
        "commerce.order_items": commerce.item_table(orders, world.catalog),
        "commerce.refunds": commerce.refund_table(plan, orders, world.refunds, directory),
        "finance.fx_rates": commerce.rate_table(plan, world.orders.foreign_rate),
    }


def _engagement(plan: ShopPlan, world: World) -> dict[str, pd.DataFrame]:
    people, visits, directory = world.people, world.visits, world.directory
    mailing = world.mailing
    by_mail = np.flatnonzero(visits.channel == EMAIL)
    clicks = MessageRows(
        visits.person[by_mail],
        visits.received[by_mail],
        visits.time[by_mail],
        np.full(len(by_mail), CLICKED),
    )
    sent = messages.message_rows(plan, people, mailing, clicks)
    posts = marketing.post_table(plan)
    return {
        "crm.feedback": engagement.feedback_table(plan, world.orders, directory),
        "crm.consents": engagement.consent_table(plan, people, directory, mailing),
        "crm.deletion_requests": engagement.deletion_table(plan, directory),
        "social.posts": posts,
        "social.mentions": marketing.mention_table(plan, posts, directory),
        "messaging.events": messages.message_table(
            plan, sent, directory.number, people, mailing.names
        ),
        "marketing.campaigns": marketing.campaign_table(plan, mailing),
        "marketing.costs": marketing.cost_table(plan, visits, world.links),
        "experiments.exposures": experiments.exposure_table(plan, world.experiment, visits),
    }


def _row_counts(table: SoiledTable) -> dict[str, object]:
    """Counts of one table as the loader should report them."""
    bad = sum(table.bad.values())
    return {
        "read": len(table.rows) + bad,
        "accepted": len(table.rows) - table.duplicates,
        "duplicate": table.duplicates,
        "quarantined": bad,
        "late": table.late,
        "bad": table.bad,
    }
