"""The mart gate's suites: what is about to be published, table by table.

That keys are unique and that tables agree with each other is in `expectations/invariants.py`.
"""

from expectations.checks import Check
from expectations.marts import (
    attribution_campaign_days,
    attribution_channel_days,
    attribution_fct_credits,
    attribution_fct_touchpoints,
    attribution_model_comparison,
    attribution_paths,
    attribution_resolution_stats,
    campaigns_dim_campaigns,
    campaigns_fct_ad_days,
    conversions_dim_goals,
    conversions_fct_conversions,
    customers_dim_people,
    customers_fct_orders,
)

_MODULES = (
    conversions_fct_conversions,
    conversions_dim_goals,
    attribution_fct_touchpoints,
    attribution_fct_credits,
    attribution_channel_days,
    attribution_campaign_days,
    attribution_paths,
    attribution_model_comparison,
    attribution_resolution_stats,
    campaigns_dim_campaigns,
    campaigns_fct_ad_days,
    customers_dim_people,
    customers_fct_orders,
)

MART_CHECKS: dict[str, tuple[Check, ...]] = {module.TABLE: module.CHECKS for module in _MODULES}
