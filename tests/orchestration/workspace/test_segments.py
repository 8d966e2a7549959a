from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.segment_rules import RuleCondition, RuleGroup
from orchestration.workspace.segments import Segment, load_segments

Write = Callable[[str, str], Path]


def _load(write: Write, rest: str) -> Segment:
    (segment,) = load_segments(
        write("segments.yaml", f"segments:\n  - {{name: s, type: custom, {rest}}}\n")
    )
    return segment


def _condition(write: Write, rest: str) -> RuleCondition:
    rules = _load(write, f"rules: {{all: [{{field: clv, {rest}}}]}}").rules
    assert rules is not None
    (condition,) = rules.all
    assert isinstance(condition, RuleCondition)
    return condition


def test_the_example_of_the_contract_loads(write: Write) -> None:
    segment = _load(
        write,
        """auto_update: true, rules: {all: [
             {field: total_spent, operator: ">=", value: "250"},
             {any: [{field: churn_risk, operator: ">", value: 70},
                    {field: event_count, event_type: purchase, within_days: 30,
                     operator: "==", value: 0}]}]}, manual_members: [cus_123, 7]""",
    )
    assert segment.manual_members == ("cus_123", "7")
    assert segment.rules is not None
    spent, nested = segment.rules.all
    assert isinstance(spent, RuleCondition)
    assert (spent.field, spent.operator, spent.value) == ("total_spent", ">=", "250")
    assert isinstance(nested, RuleGroup)
    _, bought = nested.any
    assert isinstance(bought, RuleCondition)
    assert (bought.event_type, bought.within_days, bought.value) == ("purchase", 30, 0)


def test_a_missing_file_means_none(tmp_path: Path) -> None:
    assert load_segments(tmp_path / "none.yaml") == ()


@pytest.mark.parametrize(
    ("word", "operator"),
    [
        ("greater_than", ">"),
        ("less_than", "<"),
        ("equals", "=="),
        ("within_days", "within_last_days"),
        ("older_than_days", "older_than_days"),
    ],
)
def test_operators_may_be_words(write: Write, word: str, operator: str) -> None:
    assert _condition(write, f"operator: {word}, value: 30").operator == operator


@pytest.mark.parametrize(
    ("rest", "value"),
    [
        ("operator: between, value: [1, '2.5']", (1, "2.5")),
        ("operator: in, value: [a, b]", ("a", "b")),
        ("operator: is_null", None),
        ("operator: is_null, value: false", False),
        ("operator: not_contains, value: vip", "vip"),
        ("operator: '<', value: 2026-01-01T00:00:00", None),
    ],
)
def test_values_fit_their_operators(write: Write, rest: str, value: object) -> None:
    read = _condition(write, rest).value
    assert read == value or (value is None and str(read) == "2026-01-01 00:00:00")


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        ("operator: '=>', value: 1", ["rules.all[1].operator: given '=>'", "greater_than"]),
        ("operator: betwen, value: 1", ["did you mean 'between'?"]),
        ("operator: '>', value: many", ["rules.all[1].value: given 'many'", "a number or a date"]),
        ("operator: '>'", ["rules.all[1].value: missing key", "a number or a date"]),
        ("operator: between, value: [2, 1]", ["given (2, 1)", "the lower one first"]),
        ("operator: between, value: 1", ["a list of two numbers or dates"]),
        ("operator: in, value: a", ["given 'a'", "a list of one or more"]),
        ("operator: '==', value: [a]", ["text, a number, true, false or a date"]),
        ("operator: within_last_days, value: -1", ["given -1", "a whole number of days"]),
        ("operator: is_null, value: maybe", ["true, false or no value"]),
        ("operator: '>', value: 1, within_days: 0", ["within_days: given 0", "at least 1"]),
        ("operator: '>', value: 1, evnt_type: a", ["unknown key, did you mean 'event_type'?"]),
        ("value: 1", ["rules.all[1].operator: missing key", "between"]),
    ],
)
def test_a_wrong_rule_is_told_with_what_is_accepted(
    write: Write, rest: str, parts: list[str]
) -> None:
    with pytest.raises(DefinitionsError) as caught:
        _condition(write, rest)
    for part in ["segments.yaml, segment 's', ", *parts]:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        ("description: x", ["rules: missing key", "manual_members or both"]),
        ("rules: {}", ["rules: given {}", "under all, any or none"]),
        ("rules: {al: []}", ["rules.al: unknown key, did you mean 'all'?", "the keys all, any"]),
        ("rules: {all: [{any: [{none: []}]}]}", ["rules.all[1].any[1]", "one or more rules"]),
        ("rules: {all: [{any: [{field: x}]}]}", ["rules.all[1].any[1].operator: missing key"]),
        ("rules: {all: [3]}", ["rules.all[1]: given 3", "keys with values"]),
        ("rules: {all: {field: x}}", ["rules.all: given", "a list"]),
        ("rules: {all: [{all: [], field: x}]}", ["rules.all[1].field: unknown key"]),
        ("kind: rfm", ["kind: unknown key"]),
        ("auto_update: perhaps, manual_members: [a]", ["given 'perhaps'", "true or false"]),
    ],
)
def test_a_wrong_structure_is_told(write: Write, rest: str, parts: list[str]) -> None:
    with pytest.raises(DefinitionsError) as caught:
        _load(write, rest)
    for part in ["segments.yaml, segment 's', ", *parts]:
        assert part in str(caught.value)


def test_an_unknown_type_lists_the_types(write: Write) -> None:
    path = write("segments.yaml", "segments: [{name: s, type: vip, manual_members: [a]}]")
    with pytest.raises(DefinitionsError, match=r"type: given 'vip'; accepted: 'behavioral', 'dem"):
        load_segments(path)
