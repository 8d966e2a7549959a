"""What is decided, from exposures to a sentence; and that nothing is made up."""

import math

import pytest

from tests.conftest import SHARED
from tests.dbt_project.experiments.lab import Lab

GATE = (
    "{name: gate, type: landing_page, status: running, started_at: 2026-03-01, goal: kept, "
    "variants: [{name: gate_30, split: 0.5, is_control: true}, {name: gate_40, split: 0.5}]"
)
KEPT = "goals:\n  - {name: kept, conversion_type: custom, on: event, where: {event_type: kept}}\n"
COOKIE_CATS = SHARED / "data" / "cases" / "experiments" / "cookie_cats.csv"


def land_cookie_cats(lab: Lab) -> None:
    if not COOKIE_CATS.exists():
        pytest.skip(f"{COOKIE_CATS} is absent: published data are not part of this repository")
    lab.connection.execute(
        "insert into staging.stg_experiments__exposures "
        f"select 'gate', userid, version, '2026-03-05 12:00:00' from '{COOKIE_CATS}'"
    )
    lab.connection.execute(
        "insert into conversions.fct_conversions select 'c' || userid, 'visitor:' || userid, "
        f"userid, 'kept', 'custom', 0, '2026-03-06' from '{COOKIE_CATS}' where retention_7"
    )


def test_a_published_test_of_90189_players_is_decided_as_published(lab: Lab):
    lab.define(GATE + ", target_sample_size: 90000}", goals=KEPT)
    land_cookie_cats(lab)
    lab.build()
    result = lab.result("gate")
    assert (result["control_units"], result["treatment_units"]) == (44700, 45489)
    published = {
        "control_value": 0.19020134228187918,
        "treatment_value": 0.18200004396667327,
        "difference": -0.008201298315205913,
        "difference_lower": -0.013281940871914845,
        "difference_upper": -0.00312130268876128,
        "p_value": 0.001554249975614329,
        "srm_p_value": 0.008607987810836262,
        "always_valid_lower": -0.01681322465324816,
        "always_valid_upper": 0.00041062802283632974,
        "always_valid_p_value": 0.08328426535857636,
        "lift_lower": 0.9311088495683821 - 1,
        "lift_upper": 0.9833664257427264 - 1,
    }
    assert {name: result[name] for name in published} == pytest.approx(published, rel=1e-6)
    assert (result["interval_kind"], result["winner"]) == ("fixed_horizon", "gate_30")
    assert result["why_not"] is None


def test_before_its_target_it_is_not_decided_by_a_look_that_happens_to_be_lucky(lab: Lab):
    lab.define(GATE + ", target_sample_size: 100000}", goals=KEPT)
    land_cookie_cats(lab)
    lab.build()
    result = lab.result("gate")
    assert result["p_value"] == pytest.approx(0.001554249975614329)
    assert (result["interval_kind"], result["is_significant"]) == ("always_valid", False)
    assert result["winner"] is None
    assert "100,000" in result["why_not"]


@pytest.mark.parametrize(
    ("variants", "exposed", "told"),
    [
        ("[{name: a, split: 0.5}, {name: b, split: 0.5}]", {"a": 300, "b": 300}, "control"),
        ("[{name: a, split: 1, is_control: true}]", {"a": 300}, ""),
        ("[]", {}, ""),
        ("[{name: a, split: 0.5, is_control: true}, {name: b, split: 0.5}]", {}, ""),
        ("[{name: a, split: 0.5, is_control: true}, {name: b, split: 0.5}]", {"a": 300}, ""),
        (
            "[{name: a, split: 0.5, is_control: true}, {name: b, split: 0.5}]",
            {"a": 300, "b": 301},
            "",
        ),
    ],
    ids=["no control", "one arm", "no arm", "nobody", "nobody in the other arm", "no conversion"],
)
def test_what_cannot_be_compared_says_so_and_invents_nothing(
    variants: str, exposed: dict[str, int], told: str, lab: Lab
):
    lab.define(
        "{name: gate, type: landing_page, status: running, started_at: 2026-03-01, goal: kept, "
        f"variants: {variants}}}",
        goals=KEPT,
    )
    for variant, units in exposed.items():
        for number in range(units):
            lab.expose("gate", f"{variant}{number}", variant, "2026-03-05 12:00:00")
    lab.build()
    rows = lab.rows("select * from experiments.results")
    assert rows
    assert not any(isinstance(value, float) and math.isnan(value) for row in rows for value in row)
    nothing = lab.rows(
        "select p_value, adjusted_p_value, always_valid_p_value, winner from experiments.results"
    )
    assert set(nothing) == {(None, None, None, None)}
    for (why_not,) in lab.rows("select why_not from experiments.results"):
        assert why_not
        assert told in why_not


def test_drafts_have_no_results(lab: Lab):
    lab.define("{name: idea, type: budget}")
    lab.build()
    assert lab.rows("select * from experiments.results") == []
    assert lab.rows("select experiment, status from experiments.dim_experiments") == [
        ("idea", "draft")
    ]


def test_ad_sets_are_compared_by_their_days(lab: Lab):
    lab.define(
        "{name: bids, type: bidding, status: running, started_at: 2026-03-02, "
        "primary_metric: cpc, guardrail_metrics: [roas], variants: ["
        "{name: a, split: 0.5, is_control: true, ad_sets: [1, 2]}, "
        "{name: b, split: 0.5, ad_sets: [3]}]}"
    )
    # By hand: a click costs 0.50 in a, and 0.25 in b from the second day on.
    for day in range(1, 21):
        noise = day % 3
        for ad_set, cost in (("1", 5.0 + noise), ("2", 5.0 - noise), ("3", 2.5 + noise / 10)):
            row = (f"ad{ad_set}", ad_set, 1000, 10, cost, 1.0, 20.0, 0.0, f"2026-03-{day:02}")
            lab.insert("campaigns.fct_ad_days", row)
    lab.build("2026-03-20")
    result = lab.result("bids", "cpc")
    assert result["control_units"] == 19
    assert result["control_value"] == pytest.approx(0.5)
    assert result["treatment_value"] == pytest.approx((2.5 * 19 + 0.1 * 19) / 190, rel=1e-2)
    assert result["srm_p_value"] is None
    assert result["difference"] < 0
    assert result["p_value"] < 1e-6
    assert lab.result("bids", "roas")["metric_role"] == "guardrail"


def test_looking_again_gives_the_same(lab: Lab):
    lab.define(GATE + ", target_sample_size: 90000}", goals=KEPT)
    land_cookie_cats(lab)
    lab.build()
    first = lab.rows("select * from experiments.results")
    lab.connection.execute(
        "create or replace table staging.stg_experiments__exposures as "
        "select * from staging.stg_experiments__exposures order by hash(unit_id)"
    )
    lab.build()
    assert lab.rows("select * from experiments.results") == first
