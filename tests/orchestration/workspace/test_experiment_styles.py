"""Experiments are added, removed and changed in files of any style."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.resources import files as package_files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.workspace.experiment_edits import (
    add_experiment,
    change_experiment,
    remove_experiment,
)
from orchestration.workspace.experiments import load_experiments

Write = Callable[[str, str], Path]
Changes = dict[str, object]

FILE = "experiments.yaml"
NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def written(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


DRAFT = {
    "name": "new",
    "type": "audience",
    "status": "draft",
    "variants": [{"name": "a", "split": 1, "ad_sets": ["0012", "13"]}],
}
LINES = (
    "- name: new",
    "  type: audience",
    "  status: draft",
    '  variants: [{name: a, split: 1, ad_sets: ["0012", "13"]}]',
)
ONE_LINE = (
    "{name: new, type: audience, status: draft, "
    'variants: [{name: a, split: 1, ad_sets: ["0012", "13"]}]}'
)
OTHER = "{name: other, type: budget}"


def indented(by: int, end: str = "\n") -> str:
    return "".join(" " * by + line + end for line in LINES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "experiments:\n" + indented(2)),
        ("# mine", "# mine\nexperiments:\n" + indented(2)),
        ("# mine\r\n", "# mine\r\nexperiments:\r\n" + indented(2, "\r\n")),
        ("experiments:", "experiments:\n" + indented(2)),
        ("experiments: # all\n# - x\n", "experiments: # all\n# - x\n" + indented(2)),
        ("experiments: null  # all\n", "experiments:  # all\n" + indented(2)),
        ("experiments: ~", "experiments:\n" + indented(2)),
        ("experiments: []\n", f"experiments: [{ONE_LINE}]\n"),
        (f"experiments: [{OTHER}] # x\n", f"experiments: [{OTHER}, {ONE_LINE}] # x\n"),
        (f"{{experiments: [{OTHER}]}}", f"{{experiments: [{OTHER}, {ONE_LINE}]}}"),
        (
            f"experiments: [\n   {OTHER} # x\n]\n",
            f"experiments: [\n   {OTHER}, # x\n   {ONE_LINE}\n]\n",
        ),
        (
            f"experiments: [\n   {OTHER}, # x\n]\n",
            f"experiments: [\n   {OTHER}, # x\n   {ONE_LINE}\n]\n",
        ),
        (f"experiments:\n- {OTHER}\n# end", f"experiments:\n- {OTHER}\n# end\n" + indented(0)),
        (f"---\nexperiments:\n    - {OTHER}", f"---\nexperiments:\n    - {OTHER}\n" + indented(4)),
        (
            "experiments:\n - name: a\n   type: budget\n   description: >\n     x\n\n",
            "experiments:\n - name: a\n   type: budget\n   description: >\n     x\n\n"
            + indented(1),
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_new_item_comes_last_in_the_style_of_the_file(
    write: Write, text: str, expected: str, encoding: str
) -> None:
    path = write(FILE, "")
    path.write_bytes(text.encode(encoding))
    edit = add_experiment(path, DRAFT, "UTC")
    assert path.read_bytes() == expected.encode(encoding)
    assert edit.change == "added"
    assert load_experiments(path)[-1] == edit.experiment
    remove_experiment(path, "new", "UTC")
    assert edit.experiment not in load_experiments(path)


def test_the_template_keeps_its_comments(write: Write) -> None:
    folder = package_files("orchestration.workspace") / "template" / "definitions"
    template = (folder / FILE).read_text(encoding="utf-8")
    path = write(FILE, template)
    add_experiment(path, DRAFT, "UTC")
    assert written(path) == template + indented(2)
    remove_experiment(path, "new", "UTC")
    assert written(path) == template


def test_a_missing_file_is_created(tmp_path: Path) -> None:
    path = tmp_path / "definitions" / FILE
    add_experiment(path, DRAFT, "UTC")
    assert written(path) == "experiments:\n" + indented(2)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f"experiments: [{OTHER}, {{name: b, type: budget}}]", "other",
         "experiments: [{name: b, type: budget}]"),
        (f"experiments: [{OTHER}, {{name: b, type: budget}}]", "b", f"experiments: [{OTHER}]"),
        (f"experiments: [{OTHER}]", "other", "experiments: []"),
        (f"experiments: [\n  {OTHER}, # x\n  {{name: b, type: budget}} # y\n]", "b",
         f"experiments: [\n  {OTHER} # x # y\n]"),
        (f"experiments: [\n  {OTHER}, # x\n  {{name: b, type: budget}}]", "b",
         f"experiments: [\n  {OTHER} # x\n  ]"),
        (f"experiments: [\n  {OTHER}, # x\n  {{name: b, type: budget}}, # y\n]", "other",
         "experiments: [\n  {name: b, type: budget}, # y\n]"),
        (f"experiments:\n- {OTHER}\n", "other", "experiments:\n"),
        (f"experiments:\n-   # why\n  # so\n  {OTHER}\n-\n  name: b\n  type: budget", "b",
         f"experiments:\n-   # why\n  # so\n  {OTHER}\n"),
        (f"experiments:\n-   # why\n  # so\n  {OTHER}\n-\n  name: b\n  type: budget", "other",
         "experiments:\n-\n  name: b\n  type: budget"),
    ],
)  # fmt: skip
def test_items_are_removed_from_lists_of_any_style(
    write: Write, text: str, name: str, expected: str
) -> None:
    path = write(FILE, text)
    remove_experiment(path, name, "UTC")
    assert written(path) == expected


@pytest.mark.parametrize(
    ("item", "key", "expected"),
    [
        ("{name: a, goal: g, type: budget}", "goal", "{name: a, type: budget}"),
        ("{goal: g, name: a, type: budget}", "goal", "{name: a, type: budget}"),
        ("{name: a, type: budget, goal: g}", "goal", "{name: a, type: budget}"),
        ("{name: a, type: budget, goal: }", "goal", "{name: a, type: budget }"),
        ("{name: a, type: budget, goal: g , }", "goal", "{name: a, type: budget, }"),
        ("{name: a, type: budget, unit: , goal: g}", "goal", "{name: a, type: budget, unit: }"),
        ("{name: a, # x\n  goal: g, # y\n  type: budget}", "goal",
         "{name: a, # x\n  type: budget}"),
        ("{name: a, type: budget, # x\n  goal: g # y\n  }", "goal",
         "{name: a, type: budget # x # y\n  }"),
        ("goal: g # y\n  # x\n  name: a\n  type: budget", "goal", "name: a\n  type: budget"),
        ("name: a\n  type: budget\n  goal: g # y", "goal", "name: a\n  type: budget\n"),
        ('name: a\n  type: budget\n  "goal" : g\n  unit: customer', "goal",
         "name: a\n  type: budget\n  unit: customer"),
    ],
)  # fmt: skip
def test_keys_are_removed_from_items_of_any_style(
    write: Write, item: str, key: str, expected: str
) -> None:
    path = write(FILE, f"experiments:\n- {item}")
    change_experiment(path, "a", {key: None}, "UTC")
    assert written(path) == f"experiments:\n- {expected}"


COMMENTS = st.sampled_from(["", " # why: {a, [b]", "   "])
# A comment that is further right than the dashes is within the item above it.
BETWEEN = st.sampled_from(["", "\n", "# between - name: x\n", "\n# far left\n\n"])


@st.composite
def items(draw: st.DrawFn, name: str, indent: int) -> str:
    """One experiment in a style of somebody's."""
    pairs = {
        "name": f"'{name}'" if draw(st.booleans()) else name,
        "type": "budget",
        "status": draw(st.sampled_from(["draft", '"draft"'])),
        "goal": draw(st.sampled_from(["", "null", "purchase", "'a # b'"])),
        "variants": "[{name: a, split: 0.5, is_control: true}, {name: b, split: 0.5,}]",
        "description": draw(st.sampled_from(["two\n      lines", '"a: b"', ">-\n      x\n"])),
    }
    keys = draw(st.permutations(list(pairs)))
    if draw(st.booleans()):
        pairs["description"] = '"a: b"'
        comma = f",{draw(COMMENTS)}\n" + " " * (indent + 4) if draw(st.booleans()) else ", "
        inside = comma.join(f"{key}: {pairs[key]}" for key in keys)
        return " " * indent + f"- {{{inside}{draw(st.sampled_from(['', ',', ' ']))}}}\n"
    if draw(st.booleans()):
        pairs["variants"] = (
            f"{draw(COMMENTS)}\n{' ' * (indent + 2)}- {{name: a, split: 0.5}}{draw(COMMENTS)}\n"
            f"{' ' * (indent + 2)}- name: b\n{' ' * (indent + 4)}split: 0.5"
        )
    lines = [
        f"{key}: {pairs[key]}{'' if key == 'description' else draw(COMMENTS)}\n" for key in keys
    ]
    return " " * indent + "- " + (" " * (indent + 2)).join(lines)


@st.composite
def files(draw: st.DrawFn) -> tuple[list[str], str]:
    """A file of three experiments, and its line ends."""
    indent = draw(st.sampled_from([0, 2, 3]))
    parts = [f"experiments:{draw(COMMENTS)}\n"]
    for name in "pqr":
        parts += [draw(BETWEEN), draw(items(name, indent))]
    parts.append(draw(BETWEEN))
    return parts, draw(st.sampled_from(["\n", "\r\n"]))


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.just("draft"),
        "goal": st.sampled_from([None, "purchase", "x: y"]),
        "description": st.sampled_from([None, "it's", "two\nlines"]),
        "target_sample_size": st.sampled_from([None, 10]),
        "started_at": st.just(NOW),
        "variants": st.sampled_from(
            [
                None,
                [{"name": "c", "split": 1}],
                [
                    {"name": "a", "split": 0.5, "ad_sets": ["1"]},
                    {"name": "b", "split": 0.5, "is_control": True, "ad_sets": ["2"]},
                ],
            ]
        ),
    },
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(files(), st.sampled_from([0, 1, 2]), CHANGES)
def test_whatever_the_style_the_rest_is_kept(
    write: Write, file: tuple[list[str], str], index: int, changes: Changes
) -> None:
    parts, end = file
    path = write(FILE, "")
    path.write_bytes("".join(parts).replace("\n", end).encode())
    before = load_experiments(path)
    # What is between two items may be a comment within the first, which comes after its last key.
    own = 2 * index + 2
    head = "".join(parts[:own]).replace("\n", end)
    tail = "".join(parts[own + 1 :]).replace("\n", end)
    edit = change_experiment(path, before[index].name, changes, "UTC")
    after = load_experiments(path)
    assert after[index] == edit.experiment
    assert [*after[:index], *after[index + 1 :]] == [*before[:index], *before[index + 1 :]]
    assert written(path).startswith(head)
    assert written(path).endswith(tail)
    for key, value in changes.items():
        assert value is None or key == "variants" or getattr(edit.experiment, key) == value
    remove_experiment(path, before[index].name, "UTC")
    assert written(path).startswith(head[:-1])
    assert written(path).endswith(tail)
