"""A workspace in which nothing has landed: pages say what is missing, and nothing breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reports.conftest import Site, Visit
from tests.reports.pages import address, page_files, page_name

pytestmark = pytest.mark.xdist_group("reports")

# What each page asks for, where it has nothing to show.
MISSING = {
    "reports_overview": "land commerce.orders",
    "reports_campaigns": "land meta_ads.insights or marketing.costs",
    "reports_creatives": "land meta_ads.ads",
    "reports_reconciliation": "land commerce.orders and meta_ads.insights",
    "reports_attribution": "land web.sessions or web.events",
    "reports_conversions": "land commerce.orders or web.events",
    "reports_journeys": "land web.sessions or web.events",
    "reports_segments": "RFM segments need orders",
    "reports_customers": "land crm.feedback",
    "reports_cohorts": "land more months of commerce.orders",
    "reports_experiments": "adplan experiment create",
    "reports_forecasts": "land commerce.orders",
    "reports_leads_and_social": "land meta_ads.leads",
    "reports_health": "None",
}


@pytest.mark.parametrize(
    "file", [file for file in page_files() if page_name(file) in MISSING], ids=page_name
)
def test_an_empty_page_says_what_is_missing(
    file: Path, empty_site: Site, visit: Callable[..., Visit]
):
    visited = visit(empty_site.address + address(file))
    assert MISSING[page_name(file)] in visited.page.locator("article").inner_text()
    assert visited.problems == []
    assert visited.outside == []
