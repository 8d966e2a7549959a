"""What pages say is what the published file says, whatever the filters; links lead further."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.conftest import rows
from tests.reports.conftest import Site, Visit, settle

pytestmark = pytest.mark.xdist_group("reports")

FIGURES = """
    with settings as (select * from health.settings),
    days as (
        select days.* from attribution.channel_days as days, settings
        where days.attribution_model = settings.headline_model
            and days.date > settings.as_of - {days} and ({channel})
    ),
    paid as (
        select channel from attribution.channel_days group by channel having sum(cost) > 0
    )
    select
        sum(revenue),
        sum(cost),
        sum(revenue) filter (channel in (from paid)) / sum(cost),
        sum(cost) / sum(new_customers) filter (channel in (from paid)),
        sum(purchases) / sum(visits)
    from days
"""
CARDS = ("Revenue", "Spend", "ROAS", "CAC", "Conversion rate")


def _shown(visited: Visit) -> list[float]:
    card = "[data-kpi='{}']"
    page = visited.page
    return [
        float(page.locator(card.format(name)).get_attribute("data-value") or "nan")
        for name in CARDS
    ]


def _wait_for(visited: Visit, card: str, value: object) -> None:
    """Wait until a card shows a value: a filter takes a moment to reach it."""
    visited.page.wait_for_function(
        """([card, value]) => Math.abs(
            document.querySelector(`[data-kpi="${card}"]`)?.dataset.value - value
        ) < 0.001""",
        arg=[card, value],
    )


def _published(site: Site, days: int, channel: str = "true") -> list[object]:
    return list(rows(site.workspace, FIGURES.format(days=days, channel=channel))[0])


def test_cards_say_what_the_file_says(site: Site, visit: Callable[..., Visit]):
    visited = visit(site.address + "/")
    assert _shown(visited) == pytest.approx(_published(site, 30), rel=1e-9)
    revenue = visited.page.locator("[data-kpi='Revenue'] .value").inner_text()
    assert revenue == f"${_published(site, 30)[0]:,.0f}"


def test_filters_change_figures_and_stay_in_the_address(site: Site, visit: Callable[..., Visit]):
    visited = visit(site.address + "/")
    page = visited.page
    page.get_by_label("Period").select_option("7")
    page.get_by_label("Channel").select_option("paid_social")
    settle(visited)
    expected = _published(site, 7, "days.channel = 'paid_social'")
    _wait_for(visited, "Revenue", expected[0])
    assert _shown(visited) == pytest.approx(expected, rel=1e-9)
    assert parse_qs(urlsplit(page.url).query) == {"days": ["7"], "channel": ["paid_social"]}

    page.reload()
    settle(visited)
    _wait_for(visited, "Revenue", expected[0])
    assert page.get_by_label("Channel").input_value() == "paid_social"
    assert visited.problems == []
    assert visited.outside == []


def test_dates_of_ones_own(site: Site, visit: Callable[..., Visit]):
    ((first, last, revenue),) = rows(
        site.workspace,
        "select min(date), max(date), sum(revenue) from attribution.channel_days, health.settings "
        "where attribution_model = headline_model and date between as_of - 9 and as_of - 3",
    )
    visited = visit(f"{site.address}/?from={first}&to={last}")
    _wait_for(visited, "Revenue", revenue)


def test_text_of_an_address_is_no_sql(site: Site, visit: Callable[..., Visit]):
    visited = visit(site.address + "/?channel=o'brien%22%3Cb%3E")
    visited.page.get_by_text("No sessions, purchases or costs in this period").wait_for()
    assert visited.problems == []


def test_the_model_switch_changes_credit(site: Site, visit: Callable[..., Visit]):
    sql = """
        select sum(revenue) from attribution.channel_days, health.settings
        where attribution_model = 'first_touch' and channel = 'direct' and date > as_of - 30
    """
    ((revenue,),) = rows(site.workspace, sql)
    visited = visit(site.address + "/attribution/?model=first_touch")
    row = visited.page.locator("tr:visible", has_text="direct").filter(has_text=f"${revenue:,.0f}")
    row.first.wait_for()
    visited.page.locator("th:visible", has_text="ROAS (30 d)").wait_for()


def test_links_lead_to_a_campaign(site: Site, visit: Callable[..., Visit]):
    visited = visit(site.address + "/campaigns/")
    page = visited.page
    link = page.locator("td a:visible").first
    name = link.inner_text()
    link.click()
    page.wait_for_url("**/campaigns/*/")
    page.get_by_role("heading", name=name).wait_for()
    ((spend,),) = rows(
        site.workspace,
        "select sum(spend) from campaigns.campaign_days, health.settings where campaign_id = "
        f"'{page.url.split('/')[-2]}' and date > as_of - 30",
    )
    _wait_for(visited, "Spend", spend)
    assert visited.problems == []


def test_tables_can_be_downloaded(site: Site, visit: Callable[..., Visit]):
    page = visit(site.address + "/health/").page
    page.locator(".table-container:visible").first.hover()
    with page.expect_download() as downloading:
        page.locator("button:visible", has_text="Download").first.click()
    assert downloading.value.suggested_filename.endswith(".csv")


def test_hashes_stand_for_persons(site: Site):
    ids = {
        str(person) for (person,) in rows(site.workspace, "select person_id from customers.at_risk")
    }
    shown = (site.folder / "customers" / "index.html").read_text()
    assert not any(f">{person}<" in shown for person in ids)
