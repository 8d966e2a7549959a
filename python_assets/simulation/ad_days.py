"""Meta's delivery per ad and day, as numbers, before it takes the API's shape."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from python_assets.simulation.arrays import Integers


@dataclass(frozen=True)
class AdDays:
    """Arrays with one entry per ad and day on which the ad was shown, by day and ad.

    Attributes:
        ad: Position of the ad.
        day: Day, 0 for the first.
        impressions: Times shown.
        reach: People reached on the day.
        clicks: All clicks.
        link_clicks: Clicks that left for the shop.
        views: Product views the pixel saw.
        carts: Carts the pixel saw.
        checkouts: Checkouts the pixel saw.
        purchases: Purchases Meta claims, each counted once.
        leads: Leads of forms on Meta.
        spend_cents: Cost in the account's currency.
        value_cents: Value of the purchases in the account's currency.
    """

    ad: Integers
    day: Integers
    impressions: Integers
    reach: Integers
    clicks: Integers
    link_clicks: Integers
    views: Integers
    carts: Integers
    checkouts: Integers
    purchases: Integers
    leads: Integers
    spend_cents: Integers
    value_cents: Integers

    def scaled(self, share: float, *, kept: bool) -> Self:
        """Return the part of each row that falls to a breakdown's value.

        Args:
            share: Share of the rows' counts, rounded down.
            kept: Whether conversions go to this value; they are too few to split.
        """
        fields = vars(self)
        whole = {"ad", "day"}
        claimed = {"purchases", "leads", "value_cents"}
        parts = {
            name: values
            if name in whole
            else values * int(kept)
            if name in claimed
            else np.floor(values * share).astype(np.int64)
            for name, values in fields.items()
        }
        return type(self)(**parts)
