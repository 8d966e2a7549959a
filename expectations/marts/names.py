"""The names published tables may use, as the product's semantics fix them.

They are written out rather than imported from the code that assigns them: a name changed
there by mistake has to fail here.
"""

CHANNELS = (
    "direct",
    "cross_network",
    "paid_search",
    "paid_social",
    "paid_shopping",
    "paid_video",
    "paid_other",
    "display",
    "organic_search",
    "organic_social",
    "organic_shopping",
    "organic_video",
    "email",
    "sms",
    "affiliate",
    "referral",
    "audio",
    "push",
    "messaging",
    "influencer",
    "unassigned",
)

# The channel of a conversion that no touch precedes.
UNATTRIBUTED = "unattributed"

CONVERSION_TYPES = (
    "purchase",
    "lead_form_submission",
    "add_to_cart",
    "begin_checkout",
    "scroll_depth",
    "time_on_site",
    "page_engagement",
    "custom",
)

RESOLUTION_METHODS = ("exact_utm_match", "fuzzy_name_match", "manual", "unresolved")

UNRESOLVED_REASONS = ("no_utm_campaign", "no_similar_campaign", "ambiguous")

ATTRIBUTION_MODELS = (
    "first_touch",
    "last_touch",
    "last_non_direct",
    "linear",
    "time_decay",
    "position_based",
    "markov",
    "shapley",
)

TOUCH_POSITIONS = ("first", "middle", "last", "only")
