"""Marketing beside Meta: the campaign list, costs per day, social posts, and Meta leads."""

import numpy as np
import pandas as pd

from python_assets.simulation.account import AdAccount
from python_assets.simulation.ad_days import AdDays
from python_assets.simulation.arrays import (
    NO_CODE,
    Integers,
    categories,
    chosen,
    dates,
    iso_moments,
    joined,
    moments,
    moments_where,
    money,
    numbered,
    stream,
)
from python_assets.simulation.identities import FIRST_NAMES, Directory, emails, name_codes
from python_assets.simulation.messages import Mailing
from python_assets.simulation.people import SEGMENTS, People
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.traffic import AFFILIATES, SEARCH_CAMPAIGNS, Links
from python_assets.simulation.visits import Visits

CENTS_PER_SEARCH_CLICK = 95.0
CENTS_PER_AFFILIATE_VISIT = 40.0
PLATFORMS = ("instagram", "facebook", "tiktok")
CAPTIONS = (
    "New lamps are in 💡",
    "Behind the scenes at our workshop",
    "Which colour is yours?",
    "Weekend offer: free shipping",
)
MENTION_TEXTS = (
    "love my new lamp from @exampleshop ❤️",
    "@exampleshop where is my order??",
    "unboxing the @exampleshop kitchen set",
    "Sehr schöner Shop, @exampleshop",
    "¿alguien ha comprado en @exampleshop?",
)
FIRST_POST = 0.6
DAYS_BETWEEN_POSTS = 2.0
ANSWER_SHARE = 0.5
KNOWN_AUTHOR_SHARE = 0.3
LEAD_STATUSES = ("new", "contacted", "qualified", "converted")


def campaign_table(plan: ShopPlan, mailing: Mailing) -> pd.DataFrame:
    """Build marketing.campaigns: search, affiliates and every e-mail send."""
    names = [*SEARCH_CAMPAIGNS, *AFFILIATES, *mailing.names]
    fixed = len(SEARCH_CAMPAIGNS) + len(AFFILIATES)
    count = len(names)
    is_mail = np.arange(count) >= fixed
    kind = np.where(is_mail, 2, np.arange(count) >= len(SEARCH_CAMPAIGNS)).astype(np.int64)
    start = np.concatenate([np.full(fixed, -60.0), mailing.sent_at])
    sends = [f"mail_{k + 1}" for k in range(len(mailing.names))]
    targets = [f'["seg_{k % SEGMENTS}"]' for k in range(len(mailing.names))]
    return pd.DataFrame(
        {
            "id": [*(f"camp_{k + 1}" for k in range(fixed)), *sends],
            "name": names,
            "campaign_type": categories(["search", "affiliate", "email"], kind),
            "channel": categories(["paid_search", "affiliate", "email"], kind),
            "status": np.where(is_mail, "completed", "active"),
            "budget": np.where(is_mail, 50.0, 10_000.0),
            "cost": np.where(is_mail, 12.5, 0.0),
            "start_time": moments(plan.first_day, start),
            "end_time": moments_where(plan.first_day, start + 0.1, is_mail),
            "target_segments": chosen(
                targets, np.where(is_mail, np.arange(count) - fixed, NO_CODE)
            ),
            "created_by": "marketing",
            "created_at": moments(plan.first_day, np.maximum(start - 1.0, -60.0)),
        }
    )


def cost_table(plan: ShopPlan, visits: Visits, links: Links) -> pd.DataFrame:
    """Build marketing.costs: search and affiliate costs per day and campaign."""
    generator = stream(plan.seed, "costs")
    names = [*SEARCH_CAMPAIGNS, *AFFILIATES]
    of_link = [names.index(x.campaign) if x.campaign in names else NO_CODE for x in links.all]
    campaign = np.array(of_link)[visits.link]
    paid = np.flatnonzero(campaign != NO_CODE)
    cells = visits.day[paid] * len(names) + campaign[paid]
    came = np.bincount(cells, minlength=plan.days * len(names))
    is_search = np.tile(np.arange(len(names)) < len(SEARCH_CAMPAIGNS), plan.days)
    clicks = came + generator.poisson(came * 0.1)
    price = np.where(is_search, CENTS_PER_SEARCH_CLICK, CENTS_PER_AFFILIATE_VISIT)
    cents = np.rint(clicks * price * generator.gamma(40, 1 / 40, len(clicks))).astype(np.int64)
    number = np.tile(np.arange(len(names)), plan.days)
    sources = ["google"] * len(SEARCH_CAMPAIGNS) + ["affiliate_network"] * len(AFFILIATES)
    return pd.DataFrame(
        {
            "date": dates(plan.first_day, np.repeat(np.arange(plan.days), len(names))),
            "source": categories(sources, number),
            "campaign_name": categories(names, number),
            "channel": categories(["affiliate", "paid_search"], is_search.astype(np.int64)),
            "campaign_id": categories([f"camp_{k + 1}" for k in range(len(names))], number),
            "cost": money(cents),
            "currency": categories([plan.currency], np.zeros(len(number), dtype=np.int64)),
            "impressions": clicks * 18,
            "clicks": clicks,
        }
    )


def post_table(plan: ShopPlan) -> pd.DataFrame:
    """Build social.posts: one per platform every other day; the last ones are scheduled."""
    generator = stream(plan.seed, "posts")
    at = np.repeat(np.arange(FIRST_POST, plan.days + 4, DAYS_BETWEEN_POSTS), len(PLATFORMS))
    count = len(at)
    is_out = at < plan.days
    reach = generator.poisson(2_000, count) * is_out
    return pd.DataFrame(
        {
            "id": numbered("post_", np.arange(1, count + 1)),
            "platform": categories(PLATFORMS, np.tile(np.arange(3), count // 3)),
            "status": categories(["scheduled", "published"], is_out.astype(np.int64)),
            "caption": categories(CAPTIONS, generator.integers(0, len(CAPTIONS), count)),
            "published_at": moments_where(plan.first_day, at, is_out),
            "scheduled_at": moments(plan.first_day, at),
            "reach": reach,
            "likes": generator.binomial(reach, 0.04),
            "comments": generator.binomial(reach, 0.004),
            "shares": generator.binomial(reach, 0.003),
            "clicks": generator.binomial(reach, 0.01),
        }
    )


def mention_table(plan: ShopPlan, posts: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    """Build social.mentions, by time; about half answer a post, some authors are customers."""
    generator = stream(plan.seed, "mentions")
    count = generator.poisson(plan.days * 2.0) + 1
    at = np.sort(generator.random(count)) * (plan.days - 0.01)
    earlier = np.floor((at - FIRST_POST) / DAYS_BETWEEN_POSTS).astype(np.int64) * len(PLATFORMS)
    post = np.where((generator.random(count) < ANSWER_SHARE) & (at > FIRST_POST), earlier, NO_CODE)
    person = generator.choice(directory.persons, count) if len(directory.persons) else None
    author = np.arange(count) if person is None else person
    first, _ = name_codes(author)
    is_known = (generator.random(count) < KNOWN_AUTHOR_SHARE) & (person is not None)
    return pd.DataFrame(
        {
            "id": numbered("men_", np.arange(1, count + 1)),
            "post_id": chosen(posts["id"].tolist(), np.minimum(post, len(posts) - 1)),
            "platform": categories(PLATFORMS, generator.integers(0, 3, count)),
            "author": joined("@", chosen(FIRST_NAMES, first), author % 1000),
            "customer_id": directory.customer_ids(author, is_known),
            "text": categories(MENTION_TEXTS, generator.integers(0, len(MENTION_TEXTS), count)),
            "created_at": moments(plan.first_day, at),
        }
    )


def lead_table(plan: ShopPlan, account: AdAccount, rows: AdDays, people: People) -> pd.DataFrame:
    """Build meta_ads.leads, by time: as many per ad and day as the insights report."""
    generator = stream(plan.seed, "leads")
    row = np.repeat(np.arange(len(rows.ad)), rows.leads)
    at = rows.day[row] + generator.random(len(row)) * 0.999
    order = np.argsort(at, kind="stable")
    row, at = row[order], at[order]
    ad = rows.ad[row]
    here = np.maximum(np.searchsorted(people.arrived, at), 1)
    person = (generator.random(len(row)) * here).astype(np.int64)
    status = np.searchsorted((0.5, 0.75, 0.9), generator.random(len(row)))
    campaigns = [account.campaign_ids[campaign] for campaign in account.campaign]
    count = len(row)
    return pd.DataFrame(
        {
            "id": numbered("9100", np.arange(1, count + 1), width=9),
            "created_time": iso_moments(moments(plan.first_day, at), "+0000"),
            "ad_id": chosen(account.ad_ids, ad),
            "adset_id": chosen(account.adset_ids, ad),
            "campaign_id": chosen(campaigns, ad),
            "form_id": chosen(["55001", "55002"], ad % 2),
            "platform": chosen(["fb", "ig"], generator.integers(0, 2, count)),
            "is_organic": np.zeros(count, dtype=np.bool_),
            "field_data": _field_data(person),
            "status": chosen(LEAD_STATUSES, status.astype(np.int64)),
        }
    )


def _field_data(person: Integers) -> object:
    """Answers in the API's shape: a list of names and lists of values."""
    first, _ = name_codes(person)
    return joined(
        '[{"name":"full_name","values":["',
        chosen(FIRST_NAMES, first),
        '"]},{"name":"email","values":["',
        emails(person),
        '"]}]',
    )
