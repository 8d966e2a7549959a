"""Which moves each status allows, and what they set."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.experiment_moves import (
    POSSIBLE,
    Action,
    paused,
    refuse_impossible,
    started,
    stopped,
)
from orchestration.workspace.experiments import Experiment

NOW = datetime(2026, 3, 20, 10, 30, tzinfo=timezone(timedelta(hours=1)))
DAY = date(2026, 3, 10)
PAIR = [{"name": "a", "split": 0.5, "is_control": True}, {"name": "b", "split": 0.5}]


def experiment(status: str, **keys: object) -> Experiment:
    given = {
        "name": "x",
        "type": "bidding",
        "status": status,
        "variants": PAIR,
        "started_at": None if status == "draft" else date(2026, 3, 1),
    }
    return Experiment.model_validate(given | keys, context={"timezone": UTC})


@pytest.mark.parametrize("status", ["draft", "running", "paused", "completed"])
@pytest.mark.parametrize("action", ["edit", "start", "pause", "stop", "delete"])
def test_every_move_is_possible_or_refused_by_name(status: str, action: Action):
    expected = {
        "draft": ["edit", "start", "delete"],
        "running": ["pause", "stop"],
        "paused": ["start", "stop"],
        "completed": [],
    }[status]
    if action in expected:
        refuse_impossible(action, experiment(status))
        return
    with pytest.raises(WorkspaceError) as caught:
        refuse_impossible(action, experiment(status))
    told = str(caught.value)
    assert told.startswith(f"experiment 'x' is {status}: {action} is for ")
    assert told.endswith("; nothing is possible any more" if not expected else ", ".join(expected))


def test_each_move_checks_that_it_is_possible():
    for move, statuses in {
        started: {"running", "completed"},
        paused: {"draft", "paused", "completed"},
        stopped: {"draft", "completed"},
    }.items():
        for status in POSSIBLE:
            if status in statuses:
                with pytest.raises(WorkspaceError, match=f"is {status}"):
                    move(experiment(status), None, NOW)
            else:
                assert move(experiment(status), None, NOW)["status"] != status


@pytest.mark.parametrize(("at", "expected"), [(None, NOW), (DAY, DAY)])
def test_a_draft_starts_now_or_when_it_is_said(at: date | None, expected: date):
    wanted = {"status": "running", "started_at": expected, "paused_at": None}
    assert started(experiment("draft"), at, NOW) == wanted


def test_a_paused_experiment_keeps_its_start():
    resumed = experiment("paused", paused_at=DAY)
    assert started(resumed, None, NOW) == {"status": "running", "paused_at": None}
    with pytest.raises(WorkspaceError, match="keeps its started_at; accepted is start without"):
        started(resumed, DAY, NOW)


@pytest.mark.parametrize("status", ["draft", "paused"])
@pytest.mark.parametrize(
    ("variants", "parts"),
    [
        ([], ["two or more variants (it has 0)", "a control"]),
        ([{**PAIR[0], "split": 1}], ["two or more variants (it has 1)"]),
        ([{"name": "a", "split": 0.5}, PAIR[1]], ["a control, one variant with is_control: true"]),
    ],
)
def test_what_cannot_be_compared_does_not_start(
    status: str, variants: list[object], parts: list[str]
):
    with pytest.raises(WorkspaceError) as caught:
        started(experiment(status, variants=variants), None, NOW)
    for part in ["experiment 'x' cannot start: missing are ", *parts]:
        assert part in str(caught.value)


@pytest.mark.parametrize(("at", "expected"), [(None, NOW), (DAY, DAY)])
def test_a_pause_begins_now_or_when_it_is_said(at: date | None, expected: date):
    assert paused(experiment("running"), at, NOW) == {"status": "paused", "paused_at": expected}


PAUSE = datetime(2026, 3, 10, 6, tzinfo=UTC)
COMPLETED = {"status": "completed"}


@pytest.mark.parametrize(
    ("given", "at", "expected"),
    [
        (experiment("running"), None, COMPLETED | {"ended_at": NOW}),
        (experiment("running"), DAY, COMPLETED | {"ended_at": DAY}),
        # A pause that a person left behind says nothing of a running one.
        (experiment("running", paused_at=PAUSE), None, COMPLETED | {"ended_at": NOW}),
        (experiment("paused", paused_at=PAUSE), None, COMPLETED | {"ended_at": PAUSE}),
        (experiment("paused", paused_at=PAUSE), DAY, COMPLETED | {"ended_at": DAY}),
        (experiment("paused"), None, COMPLETED | {"ended_at": NOW}),
        # It may not end with its beginning.
        (experiment("paused", paused_at=date(2026, 3, 1)), None, COMPLETED | {"ended_at": NOW}),
        (experiment("running", ended_at=date(2026, 3, 15)), None, COMPLETED),
        (experiment("running", ended_at=date(2026, 3, 25)), None, COMPLETED | {"ended_at": NOW}),
        (experiment("paused", paused_at=PAUSE, ended_at=date(2026, 3, 5)), None, COMPLETED),
    ],
)
def test_an_experiment_ends_once(given: Experiment, at: date | None, expected: dict[str, object]):
    assert stopped(given, at, NOW) == expected
