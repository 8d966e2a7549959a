"""Channels of sources, media and campaigns as published, and of what people really put there."""

import csv
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess

import pytest

from tests.conftest import SHARED, rows

CASES = SHARED / "data" / "cases" / "attribution" / "channel_grouping_cases.csv"

# Google's labels that are more than our names with other capitals and spaces.
OUR_NAMES = {"Mobile Push Notifications": "push", "Affiliates": "affiliate"}

# Channel and campaign tag by session.
Channels = dict[str, list[object]]

HOSTILE = {
    "sql": "'; drop table x; --",
    "jinja": "{{ 1 / 0 }}{% raw %}",
    "emoji": "🛍️ summer",
    "right_to_left": "تخفيضات\u202e",
    "a_megabyte": "x" * 1_000_000,
    "wildcards": "%_*[",
}


@pytest.fixture(scope="module")
def channels(
    tmp_path_factory: pytest.TempPathFactory, adplan: Callable[..., CompletedProcess[str]]
) -> Channels:
    """Channel and campaign tag of every case, after a refresh of a workspace of such sessions."""
    workspace = tmp_path_factory.mktemp("channels") / "shop"
    landing = workspace / "landing" / "web" / "sessions"
    landing.mkdir(parents=True)
    (workspace / "adplan.yaml").write_text("name: channels\nas_of: 2026-01-05\n")
    columns = ("session_id", "visitor_id", "started_at", "utm_source", "utm_medium")
    with (landing / "sessions.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "utm_campaign", "landing_page"])
        for session, source, medium, campaign, page in _sessions():
            moment = "2026-01-05T10:00:00Z"
            writer.writerow([session, f"v-{session}", moment, source, medium, campaign, page])
    refreshed = adplan("refresh", "-w", workspace)
    assert refreshed.returncode == 0, refreshed.stderr
    found = rows(
        workspace, "select session_id, channel, utm_campaign from attribution.fct_touchpoints"
    )
    return {str(session): values for session, *values in found}


def _sessions() -> Iterator[tuple[str, str, str, str, str]]:
    for index, case in enumerate(_cases()):
        yield f"case-{index}", case["source"], case["medium"], case["campaign"], "/"
    for name, text in HOSTILE.items():
        yield name, "google", "cpc", text, "/"
    yield "latin_1_address", "", "", "", "https://shop.example/?utm_source=caf%E9&utm_medium=email"


def _cases() -> list[dict[str, str]]:
    if not CASES.is_file():
        return []
    with CASES.open(newline="") as file:
        return list(csv.DictReader(file))


def test_published_cases_are_grouped_as_google_groups_them(channels: Channels):
    cases = _cases()
    if not cases:
        pytest.skip(f"{CASES} is absent: the published cases are not part of this repository")
    expected = {
        f"case-{index}": OUR_NAMES.get(label, label.lower().replace("-", "_").replace(" ", "_"))
        for index, label in enumerate(case["expected_channel"] for case in cases)
    }
    assert len(expected) == 30
    assert {session: channels[session][0] for session in expected} == expected


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_passes_unchanged(channels: Channels, name: str):
    assert channels[name] == ["paid_search", HOSTILE[name]]


def test_an_address_that_is_not_utf_8_stops_nothing(channels: Channels):
    assert channels["latin_1_address"][0] == "email"
