"""The Meta ad account: campaigns, ad sets, ads and creatives, in the API's shape."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    Booleans,
    Floats,
    Integers,
    iso_moments,
    moments,
    moments_where,
    stream,
)
from python_assets.simulation.plan import ShopPlan

ACCOUNT_ID = "act_4417000001"
ADSETS_PER_CAMPAIGN = 3
ADS_PER_ADSET = 3
AUDIENCES = ("US 18-34", "US 35-64", "Visitors 30 days")
FORMATS = ("Carousel", "Still", "Clip")


@dataclass(frozen=True)
class CampaignPlan:
    """A campaign: name, objective, share of the traffic, window as fractions of the period."""

    name: str
    objective: str
    weight: float
    start: float = -1.0
    stop: float = 2.0
    is_deleted: bool = False


CAMPAIGNS = (
    CampaignPlan("Prospecting Broad US", "OUTCOME_SALES", 0.30),
    CampaignPlan("Retargeting Cart Viewers", "OUTCOME_SALES", 0.18),
    CampaignPlan("Lookalike Best Buyers", "OUTCOME_SALES", 0.16),
    CampaignPlan("Spring Collection Launch", "OUTCOME_SALES", 0.14, 0.35, 0.8),
    CampaignPlan("Founders Story Awareness", "OUTCOME_AWARENESS", 0.10, 0.1, 2.0),
    CampaignPlan("Free Guide Signups", "OUTCOME_LEADS", 0.12),
    CampaignPlan("Clearance Week", "OUTCOME_SALES", 0.12, 0.0, 0.15),
    # Deleted since: its ad days still come in the insights, its name does not.
    CampaignPlan("Creator Collab Test", "OUTCOME_SALES", 0.08, 0.05, 0.4, is_deleted=True),
)


@dataclass(frozen=True)
class AdAccount:
    """Arrays with one entry per ad, and the tables of the API.

    Attributes:
        campaign: Position in CAMPAIGNS.
        campaign_ids: Id of each campaign.
        adset_ids: Id of each ad's ad set.
        ad_ids: Id of each ad.
        ad_names: Name of each ad.
        weight: Relative share of the clicks of a day on which the ad runs.
        start_day: First day the ad runs.
        stop_day: Day it no longer runs.
        cents_per_click: Mean cost of a link click in the account's currency.
        tables: Frames by table name.
    """

    campaign: Integers
    campaign_ids: list[str]
    adset_ids: list[str]
    ad_ids: list[str]
    ad_names: list[str]
    weight: Floats
    start_day: Integers
    stop_day: Integers
    cents_per_click: Floats
    tables: dict[str, pd.DataFrame]

    @property
    def count(self) -> int:
        """Number of ads."""
        return len(self.ad_ids)

    @property
    def collects_leads(self) -> Booleans:
        """Which ads show a form on Meta itself."""
        is_for_leads = np.array([c.objective == "OUTCOME_LEADS" for c in CAMPAIGNS])
        return is_for_leads[self.campaign]

    def runs_on(self, days: int) -> Floats:
        """Weight of each ad on each day, 0 when it does not run; shape (days, ads)."""
        day = np.arange(days)[:, None]
        return self.weight * ((day >= self.start_day) & (day < self.stop_day))


def build_account(plan: ShopPlan) -> AdAccount:
    """Build the account; names and ids are fixed, weights and prices are drawn."""
    generator = stream(plan.seed, "ad account")
    adset_count = len(CAMPAIGNS) * ADSETS_PER_CAMPAIGN
    adset = np.repeat(np.arange(adset_count), ADS_PER_ADSET)
    campaign = adset // ADSETS_PER_CAMPAIGN
    starts = np.array([max(round(c.start * plan.days), -30) for c in CAMPAIGNS])
    stops = np.array([round(c.stop * plan.days) for c in CAMPAIGNS])
    stops = np.maximum(stops, starts + 1)
    weights = np.array([c.weight for c in CAMPAIGNS])
    count = len(adset)
    account = AdAccount(
        campaign=campaign,
        campaign_ids=[f"2385{number:011d}" for number in range(100, 100 + len(CAMPAIGNS))],
        adset_ids=[f"2386{number:011d}" for number in 500 + adset],
        ad_ids=[f"2387{number:011d}" for number in 900 + np.arange(count)],
        ad_names=_ad_names(adset),
        weight=weights[campaign] * generator.gamma(3.0, 1 / 3.0, count),
        start_day=starts[campaign],
        stop_day=stops[campaign],
        cents_per_click=generator.uniform(45, 110, count),
        tables={},
    )
    account.tables.update(_tables(plan, account))
    return account


def _ad_names(adset: Integers) -> list[str]:
    audience = adset % ADSETS_PER_CAMPAIGN
    number = np.arange(len(adset))
    return [
        f"{FORMATS[i % ADS_PER_ADSET]} {AUDIENCES[a]} {i + 1:02d}"
        for i, a in zip(number, audience, strict=True)
    ]


def _tables(plan: ShopPlan, account: AdAccount) -> dict[str, pd.DataFrame]:
    campaigns = _campaigns(plan, account)
    ads = _ads(plan, account)
    adsets = _adsets(plan, ads)
    kept = campaigns.loc[[not c.is_deleted for c in CAMPAIGNS], "id"]
    return {
        "meta_ads.campaigns": campaigns[campaigns["id"].isin(kept)].reset_index(drop=True),
        "meta_ads.adsets": adsets[adsets["campaign_id"].isin(kept)].reset_index(drop=True),
        "meta_ads.ads": ads[ads["campaign_id"].isin(kept)].reset_index(drop=True),
        "meta_ads.creatives": _creatives(account),
    }


def _window(plan: ShopPlan, starts: Integers, stops: Integers) -> dict[str, object]:
    """Start and, where it lies within the period, stop, as the API writes times."""
    stopped = moments_where(plan.first_day, stops.astype(float), stops <= plan.days)
    started = iso_moments(moments(plan.first_day, starts.astype(float)), "+0000")
    return {"start": started, "stop": iso_moments(stopped, "+0000")}


def _campaigns(plan: ShopPlan, account: AdAccount) -> pd.DataFrame:
    first_ad = np.arange(len(CAMPAIGNS)) * ADSETS_PER_CAMPAIGN * ADS_PER_ADSET
    starts, stops = account.start_day[first_ad], account.stop_day[first_ad]
    window = _window(plan, starts, stops)
    status = np.where(stops <= plan.days, "PAUSED", "ACTIVE")
    return pd.DataFrame(
        {
            "id": account.campaign_ids,
            "account_id": ACCOUNT_ID,
            "name": [c.name for c in CAMPAIGNS],
            "status": status,
            "effective_status": status,
            "objective": [c.objective for c in CAMPAIGNS],
            "buying_type": "AUCTION",
            # Budgets arrive in minor units, as text.
            "daily_budget": [str(round(c.weight * 100_000)) for c in CAMPAIGNS],
            "lifetime_budget": "0",
            "start_time": window["start"],
            "stop_time": window["stop"],
            "created_time": window["start"],
            "updated_time": window["start"],
            "special_ad_categories": "NONE",
        }
    )


def _adsets(plan: ShopPlan, ads: pd.DataFrame) -> pd.DataFrame:
    first = ads.iloc[::ADS_PER_ADSET].reset_index(drop=True)
    audience = np.arange(len(first)) % len(AUDIENCES)
    targeting = [
        json.dumps({"geo_locations": {"countries": ["US"]}, "age_min": 18 if a == 0 else 35})
        for a in audience
    ]
    return pd.DataFrame(
        {
            "id": first["adset_id"],
            "campaign_id": first["campaign_id"],
            "name": [AUDIENCES[a] for a in audience],
            "status": first["status"],
            "effective_status": first["status"],
            "daily_budget": "5000",
            "lifetime_budget": "0",
            "optimization_goal": "OFFSITE_CONVERSIONS",
            "billing_event": "IMPRESSIONS",
            "bid_strategy": "LOWEST_COST_WITHOUT_CAP",
            "targeting": targeting,
            "start_time": first["created_time"],
            "end_time": pd.Series([None] * len(first), dtype="str"),
            "created_time": first["created_time"],
            "updated_time": first["updated_time"],
        }
    )


def _ads(plan: ShopPlan, account: AdAccount) -> pd.DataFrame:
    window = _window(plan, account.start_day, account.stop_day)
    status = np.where(account.stop_day <= plan.days, "PAUSED", "ACTIVE")
    return pd.DataFrame(
        {
            "id": account.ad_ids,
            "adset_id": account.adset_ids,
            "campaign_id": [account.campaign_ids[c] for c in account.campaign],
            "name": account.ad_names,
            "status": status,
            "effective_status": status,
            "creative_id": [f"2388{number:011d}" for number in 300 + np.arange(account.count)],
            "created_time": window["start"],
            "updated_time": window["start"],
        }
    )


def _creatives(account: AdAccount) -> pd.DataFrame:
    number = np.arange(account.count)
    tags = [
        f"utm_source=facebook&utm_medium=paid_social&utm_campaign={CAMPAIGNS[c].name}"
        f"&utm_content={ad}".replace(" ", "%20")
        for c, ad in zip(account.campaign, account.ad_ids, strict=True)
    ]
    return pd.DataFrame(
        {
            "id": [f"2388{n:011d}" for n in 300 + number],
            "name": account.ad_names,
            "title": [f"New in: {FORMATS[n % len(FORMATS)].lower()} edition" for n in number],
            "body": "Made to last. Free returns within 30 days.",
            "call_to_action_type": ["SHOP_NOW" if n % 2 else "LEARN_MORE" for n in number],
            "url_tags": tags,
            "object_story_spec": [
                json.dumps(
                    {"page_id": "100200300", "link_data": {"link": "https://shop.example.com/"}}
                )
            ]
            * account.count,
            "thumbnail_url": [f"https://cdn.example.com/creative/{n}.jpg" for n in number],
        }
    )
