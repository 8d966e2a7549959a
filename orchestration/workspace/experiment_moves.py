"""Which moves an experiment can make, and what each of them changes in its definition."""

from datetime import date, datetime
from typing import Literal

from orchestration.workspace.errors import WorkspaceError, show
from orchestration.workspace.experiments import Experiment

Action = Literal["edit", "start", "pause", "stop", "delete"]
Changes = dict[str, object]

# What has been seen by customers is neither changed nor forgotten: that would rewrite its result.
POSSIBLE: dict[str, tuple[Action, ...]] = {
    "draft": ("edit", "start", "delete"),
    "running": ("pause", "stop"),
    "paused": ("start", "stop"),
    "completed": (),
}


def refuse_impossible(action: Action, experiment: Experiment) -> None:
    """Let a move through that the experiment's status allows.

    Raises:
        WorkspaceError: If it does not; the message names the status and the possible moves.
    """
    possible = POSSIBLE[experiment.status]
    if action in possible:
        return
    statuses = [status for status, actions in POSSIBLE.items() if action in actions]
    rest = f"possible now: {', '.join(possible)}" if possible else "nothing is possible any more"
    raise WorkspaceError(
        f"experiment {show(experiment.name)} is {experiment.status}: {action} is for "
        f"{' and '.join(statuses)} experiments; {rest}"
    )


def started(experiment: Experiment, at: date | None, now: datetime) -> Changes:
    """What starting a draft, or resuming a paused experiment, changes.

    Args:
        experiment: The experiment.
        at: When it started, a day or a moment; None for now.
        now: The present moment.

    Raises:
        WorkspaceError: If it cannot start; the message names what is missing.
    """
    refuse_impossible("start", experiment)
    _refuse_incomparable(experiment)
    if experiment.status == "draft":
        return {"status": "running", "started_at": at or now, "paused_at": None}
    if at is not None:
        raise WorkspaceError(
            f"experiment {show(experiment.name)} is paused: started again, it keeps its "
            "started_at; accepted is start without --at"
        )
    return {"status": "running", "paused_at": None}


def paused(experiment: Experiment, at: date | None, now: datetime) -> Changes:
    """What pausing a running experiment changes; arguments as for `started`.

    Raises:
        WorkspaceError: If it is not running.
    """
    refuse_impossible("pause", experiment)
    return {"status": "paused", "paused_at": at or now}


def stopped(experiment: Experiment, at: date | None, now: datetime) -> Changes:
    """What completing a running or paused experiment changes; arguments as for `started`.

    Without `at` it ends now; a paused one when it was paused, as nobody was treated since, and one
    whose planned end has passed with that.

    Raises:
        WorkspaceError: If it is neither running nor paused.
    """
    refuse_impossible("stop", experiment)
    if at is not None:
        return {"status": "completed", "ended_at": at}
    pause, start = experiment.paused_at, experiment.started_at
    is_paused = experiment.status == "paused" and pause is not None and pause != start
    end = pause.astimezone(now.tzinfo) if pause is not None and is_paused else now
    if experiment.ended_at is not None and experiment.ended_at <= end:
        return {"status": "completed"}
    return {"status": "completed", "ended_at": end}


def _refuse_incomparable(experiment: Experiment) -> None:
    """A comparison takes two arms, one of which the others are compared with."""
    missing = []
    count = len(experiment.variants)
    if count < 2:  # noqa: PLR2004 (a comparison takes two)
        missing.append(f"two or more variants (it has {count})")
    if experiment.control is None:
        missing.append("a control, one variant with is_control: true")
    if missing:
        raise WorkspaceError(
            f"experiment {show(experiment.name)} cannot start: missing are {'; '.join(missing)}. "
            f"`adplan experiment edit` sets them with --variant and --control"
        )
