"""The raw gate's suites: what landed, before anything is built from it.

What every table must meet is derived from its contract in `common.py`. A table with something
of its own to say has a module. Only what would make published numbers wrong refuses.
"""

from expectations.checks import Check
from expectations.landing import (
    commerce_order_items,
    commerce_orders,
    commerce_refunds,
    crm_consents,
    crm_deletion_requests,
    crm_feedback,
    experiments_exposures,
    finance_fx_rates,
    marketing_costs,
    messaging_events,
    meta_ads_leads,
    web_events,
    web_sessions,
)
from expectations.landing.common import LandedTable, LandingLimits, common_checks
from expectations.landing.meta_ads_insights import TABLES as INSIGHTS_TABLES
from expectations.landing.meta_ads_insights import insights_checks
from expectations.landing.references import reference_checks
from expectations.landing.schedules import ENDS, schedule_checks

__all__ = ["OWN_CHECKS", "LandedTable", "LandingLimits", "checks_of_landed"]

_MODULES = (
    commerce_order_items,
    commerce_orders,
    commerce_refunds,
    crm_consents,
    crm_deletion_requests,
    crm_feedback,
    experiments_exposures,
    finance_fx_rates,
    marketing_costs,
    messaging_events,
    meta_ads_leads,
    web_events,
    web_sessions,
)

OWN_CHECKS: dict[str, tuple[Check, ...]] = {
    **{module.TABLE: module.CHECKS for module in _MODULES},
    **{table: insights_checks(table) for table in INSIGHTS_TABLES},
    **{table: schedule_checks(table) for table in ENDS},
}


def checks_of_landed(table: LandedTable, limits: LandingLimits) -> tuple[Check, ...]:
    """Return everything that is expected of a landed table."""
    name = table.contract.full_name
    return (*common_checks(table, limits), *OWN_CHECKS.get(name, ()), *reference_checks(name))
