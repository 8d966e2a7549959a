"""The links people follow to the shop: utm tags, referrers and click ids per channel.

A link is one combination of tags. Sessions and events look their tags up by link, which keeps
millions of rows at one number each.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np

from python_assets.simulation import channels
from python_assets.simulation.account import CAMPAIGNS, AdAccount
from python_assets.simulation.arrays import Floats, Integers, pick

# How the tag of a Meta campaign is written, with its share. What fails to match exactly is
# there on purpose: resolution has to fold case, tolerate typos, and know when to give up.
CAMPAIGN_SPELLINGS = (
    ("exact", 0.80),
    ("case_and_space", 0.07),
    ("misspelt", 0.05),
    ("campaign_id", 0.04),
    ("unknown", 0.01),
    ("click_id_only", 0.03),
)
META_PLATFORMS = (("facebook", "paid_social", 0.6), ("instagram", "cpc", 0.4))
SEARCH_CAMPAIGNS = ("Brand Search", "Generic Search", "Competitor Search")
AFFILIATES = ("dealfinder", "couponbay")
LINKS_PER_AD = len(CAMPAIGN_SPELLINGS) * len(META_PLATFORMS)


@dataclass(frozen=True)
class Link:
    """One way to arrive; absent tags are None.

    Attributes:
        channel: Position in CHANNELS.
        share: Relative share among the links of its channel (or ad, or message).
        click: Name of the click id in the URL, such as `gclid`.
    """

    channel: int
    share: float = 1.0
    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    content: str | None = None
    term: str | None = None
    referrer: str | None = None
    click: str | None = None

    @property
    def query(self) -> str:
        """Query string of the landing page, without the click id."""
        tags = {
            "utm_source": self.source,
            "utm_medium": self.medium,
            "utm_campaign": self.campaign,
            "utm_content": self.content,
            "utm_term": self.term,
        }
        return urlencode({key: value for key, value in tags.items() if value is not None})


@dataclass(frozen=True)
class Links:
    """All links, and where those of ads and of messages begin."""

    all: list[Link]
    first_meta: int
    first_email: int

    def of_channel(self, generator: np.random.Generator, channel: int, size: int) -> Integers:
        """Draw links of a channel whose links do not depend on the day."""
        positions = np.array([i for i, link in enumerate(self.all) if link.channel == channel])
        shares = [self.all[position].share for position in positions]
        return positions[pick(generator, shares, size)]

    def of_ads(self, generator: np.random.Generator, ads: Integers) -> Integers:
        """Draw the spelling and platform of clicks on `ads`."""
        shares = [link.share for link in self.all[self.first_meta :][:LINKS_PER_AD]]
        return self.first_meta + ads * LINKS_PER_AD + pick(generator, shares, len(ads))


def build_links(account: AdAccount, message_names: list[str]) -> Links:
    """List every link there is."""
    fixed = [*_unpaid(), *_paid_search(), *_affiliates()]
    meta = [link for ad in range(account.count) for link in _of_ad(account, ad)]
    email = [Link(channels.EMAIL, 1.0, "newsletter", "email", name) for name in message_names]
    return Links([*fixed, *meta, *email], len(fixed), len(fixed) + len(meta))


def draw_ads(generator: np.random.Generator, running: Floats, days: Integers) -> Integers:
    """Draw the ad clicked on each of `days`.

    Args:
        generator: Source of randomness.
        running: Weight of each ad by day, shape (days, ads).
        days: Day of each click.
    """
    shares = running / running.sum(axis=1, keepdims=True)
    # Day d occupies the interval (d, d + 1] of one long cumulative sum.
    cumulative = (np.cumsum(shares, axis=1) + np.arange(len(shares))[:, None]).ravel()
    drawn = np.searchsorted(cumulative, days + generator.random(len(days)), side="right")
    ads = running.shape[1]
    clicked: Integers = np.clip(drawn - days * ads, 0, ads - 1)
    return clicked


def misspelt(name: str) -> str:
    """Leave a letter out of the longest word."""
    word = max(name.split(), key=len)
    middle = len(word) // 2
    return name.replace(word, word[:middle] + word[middle + 1 :])


def _unpaid() -> list[Link]:
    named = channels.NAMES.index
    return [
        Link(channels.DIRECT, 0.95),
        # Back from paying: neither a new visit's source nor anybody's merit.
        Link(channels.DIRECT, 0.03, referrer="https://www.paypal.com/checkoutnow"),
        Link(channels.DIRECT, 0.02, referrer="https://shop.example.com/cart"),
        Link(named("organic_search"), 0.85, referrer="https://www.google.com/"),
        Link(named("organic_search"), 0.15, referrer="https://www.bing.com/"),
        Link(named("referral"), 0.7, referrer="https://blog.example.org/best-desk-lamps"),
        Link(named("referral"), 0.3, referrer="https://forum.example.net/thread/1182"),
        Link(named("organic_social"), 0.5, referrer="https://www.instagram.com/"),
        Link(named("organic_social"), 0.3, referrer="https://www.facebook.com/"),
        Link(named("organic_social"), 0.2, "tiktok", "social", "bio link"),
    ]


def _paid_search() -> list[Link]:
    channel = channels.PAID_SEARCH
    referrer = "https://www.google.com/"
    named = [
        Link(channel, share, "google", "cpc", name, None, term, referrer, "gclid")
        for name, term, share in zip(
            SEARCH_CAMPAIGNS,
            ("example store", "desk lamp", "other store"),
            (0.5, 0.3, 0.1),
            strict=True,
        )
    ]
    return [*named, Link(channel, 0.1, referrer=referrer, click="gclid")]


def _affiliates() -> list[Link]:
    return [
        Link(
            channels.AFFILIATE,
            0.5,
            name,
            "affiliate",
            name,
            referrer=f"https://{name}.example.net/",
        )
        for name in AFFILIATES
    ]


def _of_ad(account: AdAccount, ad: int) -> list[Link]:
    """Links of one ad, in the same order and with the same shares for every ad."""
    campaign = account.campaign[ad]
    name = CAMPAIGNS[campaign].name
    spelt = {
        "exact": name,
        "case_and_space": name.upper().replace(" ", "  "),
        "misspelt": misspelt(name),
        "campaign_id": account.campaign_ids[campaign],
        "unknown": "boosted post",
    }
    return [
        _meta_link(platform, medium, spelt.get(spelling), account.ad_ids[ad], share * part)
        for platform, medium, part in META_PLATFORMS
        for spelling, share in CAMPAIGN_SPELLINGS
    ]


def _meta_link(platform: str, medium: str, campaign: str | None, ad_id: str, share: float) -> Link:
    referrer = f"https://l.{platform}.com/"
    if campaign is None:
        return Link(channels.PAID_SOCIAL, share, referrer=referrer, click="fbclid")
    return Link(
        channels.PAID_SOCIAL, share, platform, medium, campaign, ad_id, None, referrer, "fbclid"
    )
