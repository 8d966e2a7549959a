"""Every page of the site: it loads without complaint, within bounds, and for everybody."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import rows
from tests.reports.conftest import PICTURES, Site, Visit, axe_script, settle
from tests.reports.pages import address, page_files, page_name

# A site takes a minute to build: all tests that look at it are in one process.
pytestmark = pytest.mark.xdist_group("reports")

WIDTHS = (1920, 768, 375)
MOST_DATA_BYTES = 1_000_000
VIOLATIONS = """async () => (await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'],
})).violations
    .filter((found) => ['serious', 'critical'].includes(found.impact))
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.html).slice(0, 3)}`)"""


def _of(file: Path, site: Site) -> str:
    parameter = ""
    if file.stem == "[campaign]":
        (((parameter,),)) = rows(
            site.workspace,
            "select campaign_id from campaigns.campaign_days where spend > 0 "
            "group by 1 order by sum(spend) desc, 1 limit 1",
        )
    elif file.stem == "[experiment]":
        found = rows(site.workspace, "select experiment from experiments.dim_experiments limit 1")
        if not found:
            pytest.skip("this shop has no experiment")
        ((parameter,),) = found
    return site.address + address(file, str(parameter))


@pytest.mark.parametrize("file", page_files(), ids=page_name)
def test_a_page_is_sound(file: Path, site: Site, visit: Callable[..., Visit]):
    visited = visit(_of(file, site))
    page = visited.page

    assert page.locator("h1").first.inner_text()
    assert page.locator(".seen").count() == 1
    visited.page.add_script_tag(path=str(axe_script()))
    assert page.evaluate(VIOLATIONS) == []

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1080})
        settle(visited)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{page_name(file)}_{width}.png", full_page=True)

    assert visited.problems == []
    assert visited.outside == []
    assert visited.data_bytes <= MOST_DATA_BYTES


def test_the_menu_names_every_page(site: Site, visit: Callable[..., Visit]):
    page = visit(site.address + "/").page
    links = {link.get_attribute("href").rstrip("/") for link in page.locator("aside a").all()}
    expected = {address(file).rstrip("/") for file in page_files() if "[" not in file.stem}
    assert expected - {""} <= links


def test_dark_mode_is_readable(site: Site, visit: Callable[..., Visit]):
    visited = visit(site.address + "/", color_scheme="dark")
    page = visited.page
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.add_script_tag(path=str(axe_script()))
    assert page.evaluate(VIOLATIONS) == []
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / "reports_overview_dark.png", full_page=True)
