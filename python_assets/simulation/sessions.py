"""Table web.sessions, and the ids of sessions and visitors that other tables refer to."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from python_assets.simulation.activity import LANDING_PATHS, Activity
from python_assets.simulation.arrays import (
    NO_CODE,
    SECONDS_PER_DAY,
    Booleans,
    Integers,
    Text,
    categories,
    chosen,
    joined,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.channels import CHANNELS
from python_assets.simulation.identities import Directory
from python_assets.simulation.people import People
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.traffic import Links
from python_assets.simulation.visits import Visits

SHOP = "https://shop.example.com"
DEVICES = ("mobile", "desktop", "tablet")
BROWSERS = ("Safari", "Chrome", "Firefox")
LOGGED_IN_SHARE = 0.4
REPORTED_SHARE = 0.95
# What click ids of each network begin with.
CLICK_ID_STARTS = {"fbclid": "IwAR0", "gclid": "Cj0KCQiA"}
UTM_COLUMNS = ("source", "medium", "campaign", "content", "term")


@dataclass(frozen=True)
class SessionIds:
    """Ids of visits: sessions are numbered by their start.

    Attributes:
        by_time: Positions of visits in the order of their start.
        rank: Per visit, its place in that order.
        visitor: Per visit, the number of the visitor id.
    """

    by_time: Integers
    rank: Integers
    visitor: Integers

    @classmethod
    def of(cls, visits: Visits) -> Self:
        """Number the visits."""
        by_time = np.argsort(visits.time, kind="stable")
        rank = np.empty_like(by_time)
        rank[by_time] = np.arange(len(by_time))
        return cls(by_time, rank, visits.visitor)

    def session_ids(self, visit: Integers) -> Text:
        """Session ids by visit; null for NO_CODE."""
        return numbered("ses_", self.rank[visit] + 1, visit != NO_CODE, 9)

    def visitor_ids(self, visit: Integers) -> Text:
        """Visitor ids by visit; null for NO_CODE."""
        return numbered("vis_", self.visitor[visit], visit != NO_CODE, 8)


@dataclass(frozen=True)
class Tracking:
    """What the tracker's tables are built from.

    Attributes:
        people: The public.
        visits: Their visits.
        activity: What happened in them.
        links: The links followed.
        ids: Numbering of the visits.
        directory: Who is a customer.
        is_logged_in: Per visit, whether it is logged in from the second event on.
    """

    people: People
    visits: Visits
    activity: Activity
    links: Links
    ids: SessionIds
    directory: Directory
    is_logged_in: Booleans


def draw_logins(plan: ShopPlan, visits: Visits, directory: Directory) -> Booleans:
    """Which visits of customers are logged in from the second event on."""
    generator = stream(plan.seed, "logins")
    is_known = directory.known_at[visits.person] < visits.time
    return is_known & (generator.random(visits.count) < LOGGED_IN_SHARE)


def tag_columns(links: Links, link: Integers) -> dict[str, pd.Categorical]:
    """The utm columns and referrer of rows by their link; null for NO_CODE."""
    columns = {
        f"utm_{name}": categories([*(getattr(x, name) for x in links.all), None], link)
        for name in UTM_COLUMNS
    }
    referrers = [*(x.referrer for x in links.all), None]
    return {"referrer": categories(referrers, link), **columns}


def click_ids(links: Links, link: Integers, number: Integers) -> Text:
    """Click ids in the networks' style, unique by `number`; null without a click id."""
    starts = [CLICK_ID_STARTS.get(x.click or "") for x in links.all]
    # A product with an odd number modulo 2^40 is a permutation: unique, and looks random.
    scrambled = (number + 1) * 6_364_136_223_846_793_005 % (1 << 40)
    return joined(chosen(starts, link), scrambled)


def session_table(plan: ShopPlan, tracking: Tracking, is_known: Booleans) -> pd.DataFrame:
    """Build web.sessions, by start.

    Args:
        plan: The shop's plan.
        tracking: Visits and what they are looked up in.
        is_known: Per visit, whether the customer logged in at any moment of it.
    """
    generator = stream(plan.seed, "session table")
    people, visits, activity = tracking.people, tracking.visits, tracking.activity
    links, ids = tracking.links, tracking.ids
    rows = ids.by_time
    link = visits.link[rows]
    ended = visits.time + activity.seconds / SECONDS_PER_DAY
    clicks = click_ids(links, link, np.arange(len(rows)))
    labels = [CHANNELS[x.channel].label for x in links.all]
    reported = np.where(generator.random(len(rows)) < REPORTED_SHARE, link, NO_CODE)
    return pd.DataFrame(
        {
            "session_id": ids.session_ids(rows),
            "visitor_id": ids.visitor_ids(rows),
            "user_id": tracking.directory.customer_ids(visits.person[rows], is_known[rows]),
            "started_at": moments(plan.first_day, visits.time[rows]),
            "ended_at": moments(plan.first_day, ended[rows]),
            "landing_page": _landing_pages(links, link, activity.landing[rows], clicks),
            **tag_columns(links, link),
            "click_id": clicks,
            "pageviews": 1 + (activity.product_views + activity.other_views)[rows],
            "is_bounce": activity.is_bounce[rows],
            "country": categories(people.countries, people.country[visits.person[rows]]),
            "device": categories(DEVICES, activity.device[rows]),
            "channel_reported": categories([*labels, None], reported),
            "browser": categories(BROWSERS, generator.integers(0, len(BROWSERS), len(rows))),
        }
    )


def _landing_pages(links: Links, link: Integers, path: Integers, clicks: Text) -> Text:
    """URLs with the query string the link carried, click id included."""
    before = [_before_click_id(x.query, x.click) for x in links.all]
    pages = joined(SHOP, chosen(LANDING_PATHS, path), chosen(before, link))
    return joined(pages, pd.Series(clicks).fillna("").array)


def _before_click_id(query: str, click: str | None) -> str:
    parts = [part for part in (query, f"{click}=" if click else "") if part]
    return "?" + "&".join(parts) if parts else ""
