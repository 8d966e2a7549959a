"""Meta insights: delivery and conversions per ad and day, in the API's shape.

The API reports one event under several action names. Which names come depends on the ad, and
every one of the three forms below has the same truth under the rule "omni_X, else X, else the
sum of the channel-specific names".
"""

import numpy as np
import pandas as pd

from python_assets.simulation.account import ACCOUNT_ID, AdAccount
from python_assets.simulation.actions import actions_text, decimal_text
from python_assets.simulation.activity import Activity
from python_assets.simulation.ad_days import AdDays
from python_assets.simulation.arrays import (
    Floats,
    Integers,
    chosen,
    dates,
    joined,
    stream,
)
from python_assets.simulation.channels import PAID_SOCIAL
from python_assets.simulation.orders import Orders
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.purchases import last_touch
from python_assets.simulation.visits import Visits

# Meta's default: conversions within 7 days of a click, and 1 of a view.
CLICK_WINDOW_DAYS = 7.0
VIEW_THROUGH_SHARE = 0.15
LEADS_PER_CLICK = 0.06
BREAKDOWNS: dict[str, list[tuple[dict[str, str], float]]] = {
    "insights_age_gender": [
        ({"age": age, "gender": gender}, share)
        for age, gender, share in (
            ("18-24", "female", 0.18),
            ("18-24", "male", 0.12),
            ("25-34", "female", 0.27),
            ("25-34", "male", 0.18),
            ("35-44", "female", 0.15),
            ("35-44", "male", 0.10),
        )
    ],
    "insights_platform": [
        ({"publisher_platform": "facebook", "platform_position": "feed"}, 0.6),
        ({"publisher_platform": "instagram", "platform_position": "story"}, 0.4),
    ],
    "insights_country": [({"country": "US"}, 0.9), ({"country": "DE"}, 0.1)],
}


def draw_ad_days(
    plan: ShopPlan,
    account: AdAccount,
    visits: Visits,
    activity: Activity,
    orders: Orders,
) -> AdDays:
    """Derive delivery from the visits that ads brought, and conversions from their orders."""
    generator = stream(plan.seed, "ad days")
    shape = (plan.days, account.count)
    came = np.flatnonzero(visits.channel == PAID_SOCIAL)
    cell = visits.day[came] * account.count + visits.ad[came]
    arrivals = _per_cell(cell, shape)
    is_on = account.runs_on(plan.days).ravel() > 0
    # Some clicks never become a session: closed tabs, blocked trackers.
    link_clicks = arrivals + generator.poisson(arrivals * 0.12)
    clicks = link_clicks + generator.poisson(link_clicks * 0.4 + 0.2)
    impressions = clicks * generator.integers(40, 90, clicks.size) + generator.poisson(
        60, clicks.size
    )
    price = np.tile(account.cents_per_click, plan.days) * generator.gamma(30, 1 / 30, clicks.size)
    purchases, value = _claimed(generator, account, visits, orders, shape)
    is_lead_ad = np.tile(account.collects_leads, plan.days)
    rows = np.flatnonzero(is_on)
    day = rows // account.count
    return AdDays(
        ad=rows % account.count,
        day=day,
        impressions=impressions[rows],
        reach=np.maximum(np.floor(impressions[rows] * 0.8), 1).astype(np.int64),
        clicks=clicks[rows],
        link_clicks=link_clicks[rows],
        views=_per_cell(cell, shape, activity.product_views[came])[rows],
        carts=_per_cell(cell, shape, activity.has_cart[came].astype(np.int64))[rows],
        checkouts=_per_cell(cell, shape, activity.has_checkout[came].astype(np.int64))[rows],
        purchases=purchases[rows],
        leads=generator.poisson(link_clicks * is_lead_ad * LEADS_PER_CLICK)[rows],
        spend_cents=np.rint(link_clicks * price + impressions * 0.1)[rows].astype(np.int64),
        value_cents=np.rint(value[rows] / orders.foreign_rate[day]).astype(np.int64),
    )


def _per_cell(cell: Integers, shape: tuple[int, int], weights: Integers | None = None) -> Integers:
    """Sum (or count) by day and ad, shape flattened."""
    summed = np.bincount(cell, weights, minlength=shape[0] * shape[1])
    return np.rint(summed).astype(np.int64)


def _claimed(
    generator: np.random.Generator,
    account: AdAccount,
    visits: Visits,
    orders: Orders,
    shape: tuple[int, int],
) -> tuple[Integers, Floats]:
    """Purchases Meta claims and their value in cents of the shop's currency.

    Meta claims every order within the window of a click, on the day of the click, whatever
    else the buyer touched, and on top a share of views that nobody can verify.
    """
    online = np.flatnonzero(orders.visit >= 0)
    touch = last_touch(visits, PAID_SOCIAL)[orders.visit[online]]
    is_claimed = (touch >= 0) & (orders.time[online] - visits.time[touch] <= CLICK_WINDOW_DAYS)
    order, touch = online[is_claimed], touch[is_claimed]
    cell = visits.day[touch] * account.count + visits.ad[touch]
    cents = orders.total[order] * orders.rate[order]
    purchases = np.bincount(cell, minlength=shape[0] * shape[1])
    value = np.bincount(cell, cents, minlength=shape[0] * shape[1])
    seen = generator.poisson(purchases * VIEW_THROUGH_SHARE)
    return purchases + seen, value * (1 + seen / np.maximum(purchases, 1))


def insight_table(
    plan: ShopPlan, account: AdAccount, rows: AdDays, breakdown: dict[str, str] | None = None
) -> pd.DataFrame:
    """Build meta_ads.insights, or the rows of one value of a breakdown; numbers are text."""
    campaigns = [account.campaign_ids[campaign] for campaign in account.campaign]
    frequency = np.round(rows.impressions / np.maximum(rows.reach, 1), 6)
    actions, values = actions_text(rows)
    count = len(rows.ad)
    date = dates(plan.first_day, rows.day)
    constant = {
        name: chosen([text], np.zeros(count, dtype=np.int64))
        for name, text in (breakdown or {}).items()
    }
    return pd.DataFrame(
        {
            "account_id": chosen([ACCOUNT_ID], np.zeros(count, dtype=np.int64)),
            "account_currency": chosen([plan.foreign_currency], np.zeros(count, dtype=np.int64)),
            "campaign_id": chosen(campaigns, rows.ad),
            "adset_id": chosen(account.adset_ids, rows.ad),
            "ad_id": chosen(account.ad_ids, rows.ad),
            "date_start": date,
            "date_stop": date,
            **constant,
            "impressions": joined(rows.impressions),
            "reach": joined(rows.reach),
            "frequency": joined(pd.array(frequency)),
            "clicks": joined(rows.clicks),
            "inline_link_clicks": joined(rows.link_clicks),
            "unique_clicks": joined(np.floor(rows.clicks * 0.93).astype(np.int64)),
            "spend": decimal_text(rows.spend_cents),
            "actions": actions,
            "action_values": values,
            "attribution_setting": chosen(["7d_click_1d_view"], np.zeros(count, dtype=np.int64)),
        }
    )


def breakdown_tables(plan: ShopPlan, account: AdAccount, rows: AdDays) -> dict[str, pd.DataFrame]:
    """Build the breakdown exports; they repeat the insights, split, in tables of their own."""
    tables = {}
    for name, values in BREAKDOWNS.items():
        parts = [
            insight_table(plan, account, rows.scaled(share, kept=position == 0), value)
            for position, (value, share) in enumerate(values)
        ]
        whole = pd.concat(parts).sort_values(["date_start", "ad_id"], kind="stable")
        tables[f"meta_ads.{name}"] = whole.reset_index(drop=True)
    return tables
