from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.experiments import Experiment, load_experiments

Write = Callable[[str, str], Path]

PAIR = "[{name: a, split: 0.5, is_control: true}, {name: b, split: 0.5}]"


def _load(write: Write, rest: str, timezone: str = "UTC") -> Experiment:
    text = f"experiments:\n  - {{name: x, type: ad_creative, {rest}}}\n"
    (experiment,) = load_experiments(write("experiments.yaml", text), timezone)
    return experiment


def test_the_example_of_the_contract_loads(write: Write) -> None:
    experiment = _load(
        write,
        "status: running, primary_metric: conversion_rate, goal: purchase, unit: visitor, "
        "variants: [{name: control, split: 0.5, is_control: true}, {name: bright, split: 0.5}], "
        "confidence_level: 0.95, target_sample_size: 1000, started_at: 2026-03-01, ended_at: null",
    )
    assert [variant.name for variant in experiment.variants] == ["control", "bright"]
    assert experiment.control is not None
    assert experiment.control.name == "control"
    assert experiment.started_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert experiment.ended_at is None
    assert (experiment.dimensions, experiment.guardrail_metrics) == ((), ())


def test_a_missing_file_means_none(tmp_path: Path) -> None:
    assert load_experiments(tmp_path / "none.yaml") == ()


def test_dates_are_whole_days_of_the_workspace(write: Write) -> None:
    experiment = _load(
        write,
        f"status: completed, variants: {PAIR}, started_at: 2026-03-01, ended_at: 2026-03-01",
        "America/Los_Angeles",
    )
    assert experiment.started_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert experiment.ended_at == datetime(2026, 3, 2, 7, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "hour"),
    [("2026-03-01T09:00:00+02:00", 7), ("2026-03-01T09:00:00Z", 9), ("2026-03-01 09:00:00", 9)],
)
def test_times_are_utc_unless_they_carry_an_offset(write: Write, given: str, hour: int) -> None:
    experiment = _load(write, f"started_at: {given}", "America/Los_Angeles")
    assert experiment.started_at == datetime(2026, 3, 1, hour, tzinfo=UTC)


def test_what_may_be_left_out(write: Write) -> None:
    experiment = _load(write, "status: draft, paused_at: null, conversion_window_days: null")
    assert (experiment.paused_at, experiment.conversion_window_days) == (None, None)
    assert experiment.minimum_effect == 0.1


def test_a_pause_begins_with_its_day(write: Write) -> None:
    experiment = _load(
        write,
        f"status: paused, variants: {PAIR}, started_at: 2026-03-01, paused_at: 2026-03-01",
        "America/Los_Angeles",
    )
    assert experiment.paused_at == experiment.started_at == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_ad_sets_are_ids_as_text_or_numbers(write: Write) -> None:
    experiment = _load(
        write,
        "variants: [{name: a, split: 0.5, ad_sets: [238500000000104, ' 7 ']}, "
        "{name: b, split: 0.5, ad_sets: [8]}]",
    )
    assert [variant.ad_sets for variant in experiment.variants] == [
        ("238500000000104", "7"),
        ("8",),
    ]


@pytest.mark.parametrize("status", ["draft", "running", "paused", "completed"])
@pytest.mark.parametrize(
    "variants",
    [
        "[]",
        "[{name: a, split: 1, is_control: true}]",
        "[{name: a, split: 1}]",
        "[{name: a, split: 0.5}, {name: b, split: 0.5}]",
    ],
)
def test_what_cannot_be_compared_loads_all_the_same(
    write: Write, status: str, variants: str
) -> None:
    experiment = _load(write, f"status: {status}, started_at: 2026-03-01, variants: {variants}")
    assert experiment.status == status


def test_a_draft_may_be_unfinished(write: Write) -> None:
    assert _load(write, "status: draft").control is None


def test_thirds_may_be_written_with_three_digits(write: Write) -> None:
    thirds = ", ".join(f"{{name: {name}, split: 0.333}}" for name in "abc")
    assert len(_load(write, f"status: draft, variants: [{thirds}]").variants) == 3


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        (
            "variants: [{name: a, split: 0.5, is_control: true}, {name: b, split: 0.4}], "
            "status: running, started_at: 2026-03-01",
            ["variants: given [0.5, 0.4]", "splits that sum to 1; these sum to 0.9"],
        ),
        (
            "variants: [{name: a, split: 0.5, is_control: true}, "
            "{name: b, split: 0.5, is_control: true}]",
            ["given ['a', 'b']", "exactly one variant with is_control: true"],
        ),
        (
            "variants: [{name: a, split: 0.5, is_control: true}, {name: a, split: 0.5}]",
            ["given ['a', 'a']", "a name of its own for each variant"],
        ),
        (
            "status: running, started_at: 2026-03-01, variants: [{name: a, split: 0.5}]",
            ["variants: given [0.5]", "these sum to 0.5"],
        ),
        (f"status: paused, variants: {PAIR}", ["started_at: missing key", "only a draft"]),
        (
            f"status: completed, variants: {PAIR}, started_at: 2026-03-02, ended_at: 2026-03-01",
            ["ended_at: given '2026-03-01T23:59:59", "a date after started_at (2026-03-02"],
        ),
        (
            f"status: paused, variants: {PAIR}, started_at: 2026-03-02, paused_at: 2026-03-01",
            ["paused_at: given '2026-03-01T00:00:00", "not before started_at (2026-03-02T00"],
        ),
        (
            "variants: [{name: a, split: 0.5, ad_sets: [1]}, {name: b, split: 0.5}]",
            ["variants without ad_sets; given ['b']", "for every variant, or for none"],
        ),
        (
            "variants: [{name: a, split: 0.5, ad_sets: [7, 8]}, "
            "{name: b, split: 0.5, ad_sets: ['8']}]",
            ["variants: given ['8']", "each ad set once, in one variant"],
        ),
        (
            "variants: [{name: a, split: 0.5, ad_sets: [7, 7]}, "
            "{name: b, split: 0.5, ad_sets: [8]}]",
            ["variants: given ['7']", "each ad set once"],
        ),
        (
            "dimensions: [country, colour]",
            [
                "dimensions[2]: given 'colour'",
                "'country', 'device', 'channel', 'landing_page'",
                "'customer_type'",
            ],
        ),
        ("minimum_effect: 0", ["minimum_effect: given 0", "more than 0"]),
        ("conversion_window_days: 0", ["conversion_window_days: given 0", "at least 1"]),
        ("conversion_window_days: 1.5", ["a whole number at least 1"]),
        ("started_at: soon", ["started_at: given 'soon'", "a date such as 2026-03-01"]),
        ("status: runing", ["status: given 'runing'", "'draft', 'running', 'paused', 'completed'"]),
        ("unit: household", ["unit: given 'household'", "'visitor', 'customer'"]),
        ("primary_metric: aov", ["primary_metric: given 'aov'", "'roas'"]),
        ("guardrail_metrics: [ctr, x]", ["guardrail_metrics[2]: given 'x'", "'cpc'"]),
        ("confidence_level: 95", ["given 95", "at least 0.5 and less than 1"]),
        ("variants: [{name: a, split: 2}]", ["variants[1].split: given 2", "at most 1"]),
        ("variants: [{name: a, split: 1, control: yes}]", ["variants[1].control: unknown key"]),
        ("target_sample: 5", ["target_sample: unknown key, did you mean 'target_sample_size'?"]),
    ],
)
def test_a_wrong_experiment_is_told_with_what_is_accepted(
    write: Write, rest: str, parts: list[str]
) -> None:
    with pytest.raises(DefinitionsError) as caught:
        _load(write, rest)
    for part in ["experiments.yaml, experiment 'x', ", *parts]:
        assert part in str(caught.value)
