"""Edits of experiments.yaml: what is touched is as wanted, and all else is as it was."""

import difflib
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration.workspace.errors import DefinitionsError, WorkspaceError
from orchestration.workspace.experiment_edits import (
    add_experiment,
    change_experiment,
    find_experiment,
    remove_experiment,
)
from orchestration.workspace.experiments import load_experiments

Write = Callable[[str, str], Path]
Changes = dict[str, object]

FILE = "experiments.yaml"

# Everything a person may have put there that means nothing to a reader.
BY_HAND = """\
# Ours, "since" May\x20\x20
experiments:   # all of them

  # the first one: done
  - name: "spring"      # quoted
    type:   bidding
    status: 'completed'
    started_at: 2026-03-01\x20
    ended_at: 2026-03-20
    variants:
      - {name: control, split: 0.5, is_control: true}   # as ever
      # the new one
      - name: bright
        split: 0.5
  # of spring, still

  # the second one: żółw 🐢
  - name: summer_banner
    type: ad_creative
    status: draft      # not yet
    description: |
      What we try,
      # not a comment

    primary_metric: conversion_rate
    goal: purchase
    variants: [{name: control, split: 0.5, is_control: true}, {name: bright, split: 0.5}]
    confidence_level: 0.95
    target_sample_size: 1000
    started_at:   # by plan in June
    ended_at: null
    # to do: ask Ann

  -   {name: autumn, type: budget, status: draft,
       variants: [{name: a, split: 0.5, is_control: true},  # half
                  {name: b, split: 0.5}]}  # flow
#  - name: old
#    type: budget
# the end"""

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def written(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def difference(before: str, after: str) -> list[str]:
    """The lines that went, and those that came."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "-+"]


EDITS: list[tuple[str, Changes, list[str]]] = [
    (
        "summer_banner",
        {"status": "running", "started_at": NOW, "paused_at": None},
        [
            "-     status: draft      # not yet\n",
            "+     status: running      # not yet\n",
            "-     started_at:   # by plan in June\n",
            "+     started_at: 2026-06-01T09:30:00Z   # by plan in June\n",
        ],
    ),
    (
        "summer_banner",
        {"conversion_window_days": 14, "goal": None},
        ["-     goal: purchase\n", "+     conversion_window_days: 14\n"],
    ),
    (
        "summer_banner",
        {"description": None, "name": "summer: sale"},
        [
            "-   - name: summer_banner\n",
            '+   - name: "summer: sale"\n',
            "-     description: |\n",
            "-       What we try,\n",
            "-       # not a comment\n",
        ],
    ),
    (
        "summer_banner",
        {"description": "short"},
        [
            "-     description: |\n",
            "+     description: short\n",
            "-       What we try,\n",
            "-       # not a comment\n",
        ],
    ),
    (
        "summer_banner",
        {
            "variants": [
                {"name": "control", "split": 0.4, "is_control": True},
                {"name": "bright", "split": 0.6},
            ]
        },
        [
            "-     variants: [{name: control, split: 0.5, is_control: true}, "
            "{name: bright, split: 0.5}]\n",
            "+     variants: [{name: control, split: 0.4, is_control: true}, "
            "{name: bright, split: 0.6}]\n",
        ],
    ),
    (
        "spring",
        {
            "status": "paused",
            "paused_at": date(2026, 3, 9),
            "ended_at": None,
            "variants": [
                {"name": "control", "split": 0.5},
                {"name": "bright", "split": 0.5, "is_control": True, "ad_sets": []},
            ],
        },
        [
            "-     status: 'completed'\n",
            "+     status: 'paused'\n",
            "-     ended_at: 2026-03-20\n",
            "-       - {name: control, split: 0.5, is_control: true}   # as ever\n",
            "+       - {name: control, split: 0.5}   # as ever\n",
            "+         is_control: true\n",
            "+         ad_sets: []\n",
            "+     paused_at: 2026-03-09\n",
        ],
    ),
    (
        "spring",
        {"name": "april", "variants": [{"name": "only", "split": 1}]},
        [
            '-   - name: "spring"      # quoted\n',
            '+   - name: "april"      # quoted\n',
            "+     variants: [{name: only, split: 1}]\n",
            "-     variants:\n",
            "-       - {name: control, split: 0.5, is_control: true}   # as ever\n",
            "-       # the new one\n",
            "-       - name: bright\n",
            "-         split: 0.5\n",
        ],
    ),
    (
        "autumn",
        {"status": "running", "started_at": date(2026, 9, 1)},
        [
            "-   -   {name: autumn, type: budget, status: draft,\n",
            "+   -   {name: autumn, type: budget, status: running,\n",
            "-                   {name: b, split: 0.5}]}  # flow\n",
            "+                   {name: b, split: 0.5}], started_at: 2026-09-01}  # flow\n",
        ],
    ),
]


@pytest.mark.parametrize(("name", "changes", "expected"), EDITS)
@pytest.mark.parametrize(("end", "encoding"), [("\n", "utf-8"), ("\r\n", "utf-8-sig")])
def test_only_the_lines_of_a_change_differ(  # noqa: PLR0913, PLR0917
    write: Write, name: str, changes: Changes, expected: list[str], end: str, encoding: str
) -> None:
    path = write(FILE, "")
    path.write_bytes(BY_HAND.replace("\n", end).encode(encoding))
    before = written(path)
    loaded = load_experiments(path)
    edit = change_experiment(path, name, changes, "UTC")
    assert difference(before, written(path)) == [line.replace("\n", end) for line in expected]
    assert edit.change == "changed"
    after = load_experiments(path)
    assert [one for one in after if one not in loaded] == [edit.experiment]
    assert [one for one in loaded if one not in after] == [edit.before]
    assert [file.name for file in path.parent.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"goal": "purchase", "ended_at": None, "unit": None},
        {"variants": [{"name": "control", "split": 0.5, "is_control": True},
                      {"name": "bright", "split": 0.5}]},
    ],
)  # fmt: skip
def test_the_same_again_writes_nothing(write: Write, changes: Changes) -> None:
    path = write(FILE, BY_HAND.replace("    ended_at: null\n", ""))
    before = path.stat()
    assert change_experiment(path, "summer_banner", changes, "UTC").change == "unchanged"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_change_and_its_reverse_leave_the_file_as_it_was(write: Write) -> None:
    path = write(FILE, BY_HAND)
    change_experiment(path, "autumn", {"goal": "purchase", "target_sample_size": 5}, "UTC")
    change_experiment(path, "autumn", {"goal": None, "target_sample_size": None}, "UTC")
    assert written(path) == BY_HAND


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("spring", slice(4, 14)),
        ("summer_banner", slice(17, 32)),
        ("autumn", slice(33, 36)),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_the_lines_of_an_item_are_removed(
    write: Write, name: str, gone: slice, end: str
) -> None:
    path = write(FILE, "")
    path.write_bytes(BY_HAND.replace("\n", end).encode())
    edit = remove_experiment(path, name, "UTC")
    lines = BY_HAND.split("\n")
    del lines[gone]
    assert written(path) == end.join(lines)
    assert (edit.change, edit.experiment.name) == ("removed", name)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # What two items share cannot be changed for one of them.
        (
            "experiments:\n- &a {name: a, type: budget}\n- {<<: *a, name: b, goal: g}\n",
            ["experiment 'a'", "cannot be edited here", "write by hand status: running, started"],
        ),
        ("experiments:\n- {name: a, type: budget, x: 1}\n", ["x: unknown key"]),
        ("experiments: [\n", ["experiments.yaml, line 2"]),
        ("experiments: {name: a}\n", ["a list: one `- name: ...` per item"]),
    ],
)
def test_what_cannot_be_edited_is_told_and_the_file_stays(
    write: Write, text: str, parts: list[str]
) -> None:
    path = write(FILE, text)
    changes: Changes = {"status": "running", "started_at": date(2026, 1, 1)}
    with pytest.raises(DefinitionsError) as caught:
        change_experiment(path, "a", changes, "UTC")
    for part in [str(path), *parts]:
        assert part in str(caught.value)
    assert "tmp" not in str(caught.value).replace(str(path), "")
    assert written(path) == text
    assert [file.name for file in path.parent.iterdir()] == [FILE]


def test_a_key_of_a_shared_mapping_is_set_for_one_item(write: Write) -> None:
    text = "experiments:\n- &a\n  name: a\n  type: budget\n- <<: *a\n  name: b\n"
    path = write(FILE, text)
    change_experiment(path, "b", {"goal": "g"}, "UTC")
    assert written(path) == text + "  goal: g\n"


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"confidence_level": 95.0}, ["confidence_level: given 95.0", "less than 1"]),
        ({"type": "bid"}, ["type: given 'bid'", "'bidding'"]),
        ({"status": "running"}, ["started_at: missing key"]),
        ({"name": "autumn"}, ["experiment 'autumn': there is one of this name"]),
        ({"name": " "}, ["text that is not blank"]),
        ({"description": "\udcff"}, ["not all of its text is UTF-8"]),
    ],
)
def test_a_wrong_change_is_refused_before_it_is_written(
    write: Write, changes: Changes, parts: list[str]
) -> None:
    path = write(FILE, BY_HAND)
    with pytest.raises(DefinitionsError) as caught:
        change_experiment(path, "summer_banner", changes, "UTC")
    for part in [str(path), *parts]:
        assert part in str(caught.value)
    with pytest.raises(DefinitionsError):
        add_experiment(path, {"name": "x", "type": "budget"} | changes, "UTC")
    assert written(path) == BY_HAND


def test_an_unknown_experiment_is_told_with_those_there_are(write: Write, tmp_path: Path) -> None:
    path = write(FILE, BY_HAND)
    assert find_experiment(path, " autumn ", "UTC")[1] == 2
    with pytest.raises(WorkspaceError, match=r"'autum': accepted are .* first: 'autumn', '"):
        find_experiment(path, "autum", "UTC")
    with pytest.raises(WorkspaceError, match="has none yet"):
        find_experiment(tmp_path / FILE, "x", "UTC")
