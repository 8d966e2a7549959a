"""The published conformance cases, on tables made by hand.

Those that ask for what is decided before attribution (spellings of campaigns, sessions without a
time, conversions once per person) are landed as files in tests/end_to_end/test_conformance.py.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import SHARED
from tests.dbt_project.attribution.models import Shop

CASES = SHARED / "data" / "cases" / "attribution" / "attribution_conformance_cases.json"
MODELS = ("first_touch", "last_touch", "linear", "time_decay", "position_based")
DECIDED_BEFORE = {
    "dirty_campaign_spellings_collapse_via_mapping",
    "empty_campaign_never_mapped_to_real_name",
    "one_conversion_per_visitor_keeps_first",
    "unresolvable_session_id_is_not_a_1970_touch",
}
OUR_NAMES = {"Direct": "direct", "Paid Search": "paid_search"}


def cases() -> list[Any]:
    if not CASES.is_file():
        reason = f"{CASES} is absent: the published cases are not part of this repository"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason))]
    published = json.loads(CASES.read_text())["cases"]
    assert len(published) == 23
    return [
        pytest.param(case, id=case["name"])
        for case in published
        if case["name"] not in DECIDED_BEFORE
    ]


def land(shop: Shop, case: dict[str, Any]) -> None:
    for number, session in enumerate(case["sessions"]):
        source, medium = session.get("source"), session.get("medium")
        is_untagged = not source and not session.get("campaign")
        shop.touch(
            f"s{number}",
            session["person"],
            moment(session["session_start"]),
            "direct" if is_untagged else "paid_search" if medium == "cpc" else "referral",
            session.get("campaign", source if case["breakdown"] == "source" else None),
        )
    for number, conversion in enumerate(case["conversions"]):
        at = moment(conversion["at"])
        if at >= case.get("date_from", "0"):
            shop.convert(f"c{number}", conversion["person"], at, conversion["revenue"])


def moment(text: str) -> str:
    return text.replace("T", " ").removesuffix("Z")


def attribute(shop: Shop, case: dict[str, Any], *, with_exclusion: bool = True) -> None:
    # What lacks the dimension is direct in all these cases.
    excludes = case.get("exclude_direct") or case.get("exclude_unattributed")
    shop.attribute(
        lookback_days=case["window_days"],
        half_life_days=float(case.get("half_life_days", max(case["window_days"] / 4, 1))),
        direct_handling="only_if_alone" if excludes and with_exclusion else "credit",
        max_touches=len(case["expect"].get("path", [])) or None,
    )


def credit(shop: Shop, case: dict[str, Any], model: str) -> dict[str, float]:
    by = "channel" if case["breakdown"] == "channel" else "coalesce(campaign_id, '')"
    return {
        str(name): float(value)
        for name, value in shop.credit(model, f"case when touch_count > 0 then {by} end").items()
        if name is not None
    }


@pytest.mark.parametrize("case", cases())
def test_published_case(case: dict[str, Any], new_shop: Callable[[], Shop]):
    expect = case["expect"]
    shop = new_shop()
    land(shop, case)
    attribute(shop, case)
    for model in MODELS:
        if model in expect:
            wanted = {OUR_NAMES.get(name, name): value for name, value in expect[model].items()}
            got = credit(shop, case, model)
            assert {**dict.fromkeys(wanted, 0), **got} == pytest.approx(wanted, abs=1e-9), model
        for name in expect.get("absent", []):
            assert name not in credit(shop, case, model)
    if "linear_without_exclusion" in expect:
        attribute(shop, case, with_exclusion=False)
        wanted = expect["linear_without_exclusion"]
        wanted = {OUR_NAMES.get(name, name): value for name, value in wanted.items()}
        assert credit(shop, case, "linear") == pytest.approx(wanted)
    _check_counts(shop, case, expect)
    _check_paths(shop, expect)


def _check_counts(shop: Shop, case: dict[str, Any], expect: dict[str, Any]) -> None:
    ((total, without),) = shop.rows(
        "select count(distinct conversion_id), count(distinct conversion_id) "
        "filter (where channel = 'unattributed') from attribution.fct_credits"
    )
    assert total == expect.get("total_conversions", total)
    assert without == expect.get("unattributed_conversions", without)
    assert total - without == expect.get("attributed_conversions", total - without)
    if expect.get("rows") == 0:
        assert credit(shop, case, "linear") == {}
    influenced = shop.rows(
        "select campaign_id, count(distinct conversion_id), sum(value), count(distinct visitor_id) "
        "from (select distinct credits.campaign_id, conversion_id, value, visitor_id "
        "from attribution.fct_credits as credits "
        "join attribution.fct_touchpoints using (touchpoint_id) "
        "join conversions.fct_conversions using (conversion_id)) group by 1"
    )
    columns = {"influenced": 1, "influenced_value": 2, "visitors": 3}
    for name, column in columns.items():
        if name in expect:
            assert {row[0]: row[column] for row in influenced} == expect[name]
    if "conversion_rate" in expect:
        ((rate,),) = shop.rows(
            "select sum(conversions) / sum(visits) from attribution.channel_days "
            "where attribution_model = 'linear'"
        )
        assert rate == expect["conversion_rate"]
    if "last_touch_value" in expect:
        assert dict(
            shop.rows(
                "select campaign_id, sum(credited_value) from attribution.fct_credits "
                "where attribution_model = 'last_touch' group by 1"
            )
        ) == pytest.approx(expect["last_touch_value"])


def _check_paths(shop: Shop, expect: dict[str, Any]) -> None:
    """Paths of the published cases are of sources, which are told by campaign here."""
    paths = shop.rows(
        "select path, count(*) from (select string_agg(campaign_id, ' > ' order by touch_index) "
        "as path from attribution.fct_credits where attribution_model = 'linear' "
        "and touch_count > 0 group by conversion_id) group by 1"
    )
    if "paths" in expect:
        assert dict(paths) == expect["paths"]
    if "path" in expect:
        assert paths == [(" > ".join(expect["path"]), 1)]
