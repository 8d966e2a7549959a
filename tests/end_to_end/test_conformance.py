"""Published attribution cases, landed as files and refreshed as a user would.

The cases that share settings (a lookback of four days) are people of one shop, so that one
refresh serves them all; tests/dbt_project/attribution/ runs the others too.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED, Command, rows

CASES = SHARED / "data" / "cases" / "attribution" / "attribution_conformance_cases.json"

SETTINGS = """
as_of: 2023-01-31
attribution: {lookback_days: 4, half_life_days: 1}
"""
GOALS = """
goals:
  - {name: converted, conversion_type: purchase, on: event, where: {event_type: converted},
     value: value, counts_as_revenue: true}
  - {name: converted_once, conversion_type: purchase, on: event, once_per: person,
     where: {event_type: converted_once}, value: value, counts_as_revenue: true}
"""
# Two spellings of one campaign, and the campaign itself.
OVERRIDES = "utm_campaign,campaign_id\nspring-sale-2026,spring\n"
CAMPAIGN = ("spring", "Spring Sale 2026")
SESSION_COLUMNS = (
    "session_id", "visitor_id", "user_id", "started_at", "landing_page", "utm_source",
    "utm_medium", "utm_campaign", "pageviews",
)  # fmt: skip
EVENT_COLUMNS = ("event_id", "event_type", "timestamp", "user_id", "value")
MODELS = ("first_touch", "last_touch", "linear", "time_decay", "position_based")


def published_cases() -> dict[str, dict[str, Any]]:
    if not CASES.is_file():
        return {}
    cases = json.loads(CASES.read_text())["cases"]
    return {
        case["name"]: case
        for case in cases
        if case["window_days"] == 4 and not case.get("exclude_direct")
        and not case.get("exclude_unattributed") and "path" not in case["expect"]
    }  # fmt: skip


def write(file: Path, columns: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="") as landed:
        writer = csv.writer(landed)
        writer.writerow(columns)
        writer.writerows(lines)


def land(workspace: Path, cases: dict[str, dict[str, Any]]) -> None:
    sessions, events = [], []
    for name, case in cases.items():
        for number, session in enumerate(case["sessions"]):
            person = f"{name}/{session['person']}"
            is_tagged = session.get("campaign") or session.get("source")
            sessions.append(
                (f"{name}/{number}", f"v/{person}", person, session["session_start"], "/",
                 session.get("source", "partner" if is_tagged else ""),
                 session.get("medium", "referral" if is_tagged else ""),
                 session.get("campaign", ""), session.get("pageviews", 1))
            )  # fmt: skip
        kinds = ["converted"]
        if case.get("allow_multiple") is False:
            kinds.append("converted_once")
        for number, conversion in enumerate(case["conversions"]):
            person = f"{name}/{conversion['person']}"
            events += [
                (f"{name}/{kind}/{number}", kind, conversion["at"], person, conversion["revenue"])
                for kind in kinds
            ]
    landing = workspace / "landing"
    write(landing / "web/sessions/sessions.csv", SESSION_COLUMNS, sessions)
    write(landing / "web/events/events.csv", EVENT_COLUMNS, events)
    write(landing / "marketing/campaigns/campaigns.csv", ("id", "name"), [CAMPAIGN])


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory, adplan: Command) -> Path:
    cases = published_cases()
    if not cases:
        pytest.skip(f"{CASES} is absent: the published cases are not part of this repository")
    workspace = tmp_path_factory.mktemp("conformance") / "shop"
    definitions = workspace / "definitions"
    definitions.mkdir(parents=True)
    (workspace / "adplan.yaml").write_text(SETTINGS)
    (definitions / "goals.yaml").write_text(GOALS)
    (definitions / "campaign_overrides.csv").write_text(OVERRIDES)
    land(workspace, cases)
    result = adplan("refresh", "-w", workspace)
    assert result.returncode == 0, result.stderr
    return workspace


def credit(workspace: Path, name: str, model: str, goal: str = "converted") -> dict[str, float]:
    by_label = rows(
        workspace,
        f"""
        select coalesce(campaigns.campaign_name, touches.utm_campaign, ''),
            sum(credit)
        from attribution.fct_credits as credits
        join attribution.fct_touchpoints as touches using (touchpoint_id)
        left join campaigns.dim_campaigns as campaigns
            on touches.campaign_id = campaigns.campaign_id
        where attribution_model = '{model}' and goal = '{goal}'
            and starts_with(credits.person_id, '{name}/') and converted_at >= '2023-01-01'
        group by 1
        """,
    )
    return {str(label): float(str(value)) for label, value in by_label}


@pytest.mark.parametrize("name", [name for name in published_cases() if "direct" not in name])
def test_case_is_credited_as_published(name: str, refreshed: Path):
    expect = published_cases()[name]["expect"]
    once = published_cases()[name].get("allow_multiple") is False
    for model in MODELS:
        got = credit(refreshed, name, model, "converted_once" if once else "converted")
        if model in expect:
            wanted = expect[model]
            assert {**dict.fromkeys(wanted, 0), **got} == pytest.approx(wanted, abs=1e-9), model
        for absent in expect.get("absent", []):
            assert absent not in got
        if isinstance(expect.get("rows"), list):
            assert sorted(got) == sorted(expect["rows"])
    if once:
        several = expect["with_allow_multiple"]["last_touch"]
        assert credit(refreshed, name, "last_touch") == pytest.approx(several)
    if not once and "unattributed_conversions" in expect:
        ((without,),) = rows(
            refreshed,
            "select count(*) from attribution.fct_credits where channel = 'unattributed' "
            f"and attribution_model = 'linear' and starts_with(person_id, '{name}/')",
        )
        assert without == expect["unattributed_conversions"]


def test_direct_earns_credit(refreshed: Path):
    assert rows(
        refreshed,
        "select channel, sum(credit) from attribution.fct_credits "
        "where attribution_model = 'last_touch' "
        "and starts_with(person_id, 'direct_traffic_earns_credit/') group by 1",
    ) == [("direct", 1)]


def test_every_session_with_a_time_is_a_touch(refreshed: Path):
    cases = published_cases().values()
    timed = [session for case in cases for session in case["sessions"] if session["session_start"]]
    assert rows(refreshed, "select count(*) from attribution.fct_touchpoints") == [(len(timed),)]
