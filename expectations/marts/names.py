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

JOURNEY_STAGES = (
    "awareness",
    "interest",
    "consideration",
    "intent",
    "conversion",
    "retention",
    "advocacy",
)

# The channel, in journeys.funnel, of people without a session.
WITHOUT_SESSION = "none"

# The channel or segment of rows about everybody, beside those that are by channel or segment.
EVERYBODY = "all"

PATH_TYPES = ("stage", "channel")

RFM_SEGMENTS = (
    "Champions",
    "Loyal",
    "Active",
    "New",
    "Promising",
    "Needs attention",
    "Almost lost",
    "At risk",
    "Previously loyal",
    "Dormant",
)

# In customers.dim_people, of known people who have not bought.
PROSPECTS = "Prospects"

# In customers.nps, of answers by people who have not bought.
WITHOUT_SEGMENT = "No segment"

NPS_PERIODS = ("day", "month", "all")

BEHAVIOURS = (
    "HIGH_SPENDER",
    "FREQUENT_SHOPPER",
    "WEEKEND_SHOPPER",
    "CATEGORY_FOCUSED",
    "LOCATION_CLUSTERED",
    "NEW_SHOPPER",
    "INACTIVE",
    "SEASONAL_SPENDER",
)

_LEVELS = ("high", "medium", "low")
_VALUE_TIERS = ("platinum", "gold", "silver", "bronze")

# The tiers of each type of score.
SCORE_TIERS = {
    "engagement": _LEVELS,
    "clv": _VALUE_TIERS,
    "clv_formula": _VALUE_TIERS,
    "churn_risk": _LEVELS,
    "churn_probability": _LEVELS,
    "nps": ("promoter", "passive", "detractor"),
}

LEADERBOARDS = ("clv", "engagement")

SENTIMENT_SOURCES = ("feedback", "form", "mention")

SENTIMENT_LABELS = ("positive", "negative", "neutral", "mixed", "unscored")

SEGMENT_TYPES = ("behavioral", "demographic", "rfm", "value_based", "engagement", "custom")

ADDED_REASONS = ("rule", "manual")

EXPERIMENT_TYPES = ("ad_creative", "landing_page", "audience", "budget", "bidding")

# The status of an experiment that is not analysed.
DRAFT = "draft"

EXPERIMENT_STATUSES = (DRAFT, "running", "paused", "completed")

# What arms are made of: units that were exposed, or days of ad sets.
EXPERIMENT_SOURCES = ("units", "ad_days")

EXPERIMENT_UNITS = ("visitor", "customer")

EXPERIMENT_METRICS = ("conversion_rate", "ctr", "cpc", "roas", "leads", "revenue")

METRIC_KINDS = ("proportion", "mean", "ratio")

METRIC_ROLES = ("primary", "guardrail")

EXPERIMENT_DIMENSIONS = ("country", "device", "channel", "landing_page", "customer_type")

# What a series of revenue is of, beside everything: `channel:email`, `segment:Loyal`.
REVENUE_SERIES = (
    EVERYBODY,
    *(f"channel:{channel}" for channel in (*CHANNELS, UNATTRIBUTED)),
    *(f"segment:{segment}" for segment in (*RFM_SEGMENTS, PROSPECTS, WITHOUT_SEGMENT)),
)

FORECAST_PERIODS = ("day", "total")

# What every method of forecasting has to beat.
BASELINE_METHOD = "seasonal_naive"

FORECAST_METHODS = ("weekday_level", BASELINE_METHOD)

# The method of what could not be forecast.
NO_METHOD = "none"

CAMPAIGN_MEASURES = ("spend", "conversions", "revenue", "roas")

BUDGET_KINDS = ("daily", "flight")

PACING_STATUSES = ("under", "over", "on_track", "unknown")

LEADERBOARD_WINDOWS = (7, 30, 90)

ROAS_TRENDS = ("up", "down", "flat")

FUNNEL_WINDOWS = ("30", "90", EVERYBODY)

# The steps of campaigns.funnel, first to last.
CAMPAIGN_STEPS = ("impression", "click", "session", "cart", "purchase")

FREQUENCY_SOURCES = ("messages", "meta")

MESSAGES_SEEN = ("1", "2", "3", "4+")

# The number of messages seen, in campaigns.frequency, of what Meta tells as an average alone.
REPORTED = "reported"

LEAD_SOURCES = ("meta", "form")

# The stages of campaigns.leads, first to last.
LEAD_STAGES = ("new", "contacted", "qualified", "converted")
METRICS = (
    "roas",
    "ctr",
    "conversion_rate",
    "web_conversion_rate",
    "cac",
    "cpc",
    "impressions",
    "budget_utilisation",
    "average_order_value",
    "ltv_12m",
    "cac_payback_months",
    "repeat_purchase_rate",
    "gross_margin",
    "cohort_retention_30",
    "cohort_retention_60",
    "cohort_retention_90",
    "open_rate",
    "click_rate",
    "message_frequency",
    "message_frequency_share",
    "hours_to_first_conversion",
    "incrementality",
    "holdout_lift",
    "net_incremental_revenue",
    "attribution_spread",
    "data_freshness",
    "model_accuracy",
    "run_success",
    "cost_per_query",
)

METRIC_UNITS = (
    "x",
    "%",
    "money",
    "count",
    "months",
    "hours",
    "minutes",
    "points",
    "AUC",
    "s",
)

METRIC_PERIODS = ("1d", "7d", "30d", "90d", "ytd", "day")

METRIC_DIMENSIONS = (
    "all",
    "campaign",
    "channel",
    "segment",
    "behaviour",
    "maturity",
    "times_seen",
    "source",
    "model",
    "query",
)

# Metrics that are a part of a whole.
METRIC_SHARES = (
    "conversion_rate",
    "web_conversion_rate",
    "repeat_purchase_rate",
    "cohort_retention_30",
    "cohort_retention_60",
    "cohort_retention_90",
    "open_rate",
    "click_rate",
    "message_frequency_share",
    "model_accuracy",
    "run_success",
)
