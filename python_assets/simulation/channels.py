"""The channels visits come from, and the true effect of a touch on each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """One channel.

    Attributes:
        name: Name in the channel grouping.
        label: What the shop's tracker calls it.
        effect: Factor on the purchase hazard at the moment of a touch; 1 changes nothing.
        half_life_days: Days until half of the effect (on the log scale) is left.
        first_share: Relative share of first visits.
        return_share: Relative share of later visits.
        pull: Factor on both shares for people of high propensity. It is what makes naive
            attribution wrong: channels that willing buyers use anyway look effective.
    """

    name: str
    label: str
    effect: float
    half_life_days: float
    first_share: float
    return_share: float
    pull: float


CHANNELS = (
    Channel("direct", "Direct", 1.0, 7.0, 0.12, 0.34, 1.3),
    Channel("organic_search", "Organic Search", 1.15, 5.0, 0.22, 0.18, 1.0),
    Channel("paid_search", "Paid Search", 1.3, 4.0, 0.18, 0.12, 1.5),
    Channel("paid_social", "Paid Social", 1.35, 7.0, 0.27, 0.16, 0.8),
    Channel("email", "Email", 1.6, 3.0, 0.0, 0.0, 1.0),
    Channel("affiliate", "Affiliates", 1.2, 3.0, 0.06, 0.05, 1.2),
    Channel("referral", "Referral", 1.1, 5.0, 0.07, 0.06, 1.0),
    Channel("organic_social", "Organic Social", 1.05, 7.0, 0.08, 0.09, 0.9),
)
NAMES = tuple(channel.name for channel in CHANNELS)
DIRECT = NAMES.index("direct")
PAID_SEARCH = NAMES.index("paid_search")
PAID_SOCIAL = NAMES.index("paid_social")
EMAIL = NAMES.index("email")
AFFILIATE = NAMES.index("affiliate")
# Share of a subscriber's later visits that a marketing e-mail brings, if one was delivered.
EMAIL_VISIT_SHARE = 0.35
