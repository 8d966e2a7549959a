from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from orchestration.segments.fields import FieldKind, Known
from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.segment_rules import RuleCondition, RuleGroup
from orchestration.workspace.segments import Segment, load_segments

Write = Callable[[str, str], Path]


def _load(write: Write, rest: str) -> Segment:
    (segment,) = load_segments(
        write("segments.yaml", f"segments:\n  - {{name: s, type: custom, {rest}}}\n")
    )
    return segment


def _condition(write: Write, rest: str, field: str = "clv") -> RuleCondition:
    rules = _load(write, f"rules: {{all: [{{field: {field}, {rest}}}]}}").rules
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
    ("word", "operator", "field"),
    [
        ("greater_than", ">", "clv"),
        ("less_than", "<", "clv"),
        ("equals", "==", "clv"),
        ("within_days", "within_last_days", "last_order_at"),
        ("older_than_days", "older_than_days", "last_order_at"),
    ],
)
def test_operators_may_be_words(write: Write, word: str, operator: str, field: str) -> None:
    assert _condition(write, f"operator: {word}, value: 30", field).operator == operator


@pytest.mark.parametrize(
    ("field", "rest", "value"),
    [
        ("clv", "operator: between, value: [1, '2.5']", (1, "2.5")),
        ("country", "operator: in, value: [a, b]", ("a", "b")),
        ("clv", "operator: is_null", None),
        ("clv", "operator: is_null, value: false", False),
        ("city", "operator: not_contains, value: vip", "vip"),
        ("last_order_at", "operator: '<', value: 2026-01-01", date(2026, 1, 1)),
        ("last_order_at", "operator: '<', value: 2026-01-01T00:00:00", datetime(2026, 1, 1)),
        ("orders", "operator: '>=', value: ' 300 '", " 300 "),
        ("total_spent", "operator: '>', value: 1e3", 1000.0),
        ("marketing_opt_in", "operator: '==', value: 'False'", "False"),
        ("country", "operator: '==', value: 7", 7),
        (
            "behaviour",
            "operator: in, value: [INACTIVE, HIGH_SPENDER]",
            ("INACTIVE", "HIGH_SPENDER"),
        ),
    ],
)
def test_values_fit_their_operators(write: Write, field: str, rest: str, value: object) -> None:
    assert _condition(write, rest, field).value == value


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


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        ("field: ordrs", ["field: unknown field; given 'ordrs'", "closest first: orders, "]),
        ("field: Clv", ["field: unknown field; given 'Clv'", "closest first: clv, "]),
        ("field: totl_spent", ["closest first: total_spent, "]),
        ("field: 'orders\"; drop table x; --'", ["unknown field", "accepted: event_count and"]),
        ("field: orders, value: many", ["value: given 'many'", "a number or a date"]),
        ("field: orders, value: 2026-01-01", ["value: given 2026-01-01", "for orders: a number"]),
        ("field: orders, operator: '==', value: true", ["given True", "for orders: a number"]),
        ("field: orders, operator: in, value: [1, x]", ["given 'x'", "for orders: a number"]),
        ("field: orders, operator: contains", ["operator: given 'contains'", "a number: >=, <="]),
        (
            "field: orders, operator: within_days",
            ["given 'within_last_days'; accepted: for orders"],
        ),
        ("field: last_order_at", ["value: given 1", "a date such as 2026-03-01"]),
        (
            "field: last_order_at, value: 2026-01-01T10:00:00",
            ["given 2026-01-01 10:00:00", "without a time of day"],
        ),
        ("field: country", ["operator: given '>'", "for country, which is text: ==, !="]),
        ("field: country, operator: '==', value: true", ["given True", "for country: text"]),
        ("field: country, operator: contains, value: ''", ["given ''", "text that is not empty"]),
        ("field: is_identified, operator: '=='", ["given 1", "is_identified: true or false"]),
        (
            "field: behaviours, operator: contains, value: high_spender",
            ["given 'high_spender'", "the patterns, closest first: HIGH_SPENDER, ", "INACTIVE"],
        ),
        ("field: behaviours", ["operator: given '>'", "which is a set of patterns: =="]),
        ("field: clv, event_type: purchase", ["event_type: given 'purchase'", "event_count only"]),
        ("field: clv, within_days: 3", ["within_days: given 3", "event_count only"]),
        ("field: event_count", ["event_type: missing key", "the events to count: session, "]),
        (
            "field: event_count, event_type: purchse",
            ["event_type: unknown event type; given 'purchse'", "closest first: purchase, "],
        ),
        ("field: event_count, event_type: purchase, operator: contains", ["a number: >=, <="]),
        ("field: event_count, event_type: purchase, within_days: x", ["within_days: given 'x'"]),
        ("field: country, operator: '==', value: \"\\ud800\"", ["for country: text"]),
    ],
)
def test_what_no_field_can_have_is_told(write: Write, rule: str, parts: list[str]) -> None:
    defaults = {"operator": "'>'", "value": "1"}
    given = ", ".join(
        [rule, *(f"{key}: {value}" for key, value in defaults.items() if f"{key}:" not in rule)]
    )
    with pytest.raises(DefinitionsError) as caught:
        _load(write, f"rules: {{any: [{{none: [{{{given}}}]}}]}}")
    for part in ["segments.yaml, segment 's', rules.any[1].none[1].", *parts]:
        assert part in str(caught.value)


def test_all_problems_of_a_segment_are_told_at_once(write: Write) -> None:
    with pytest.raises(DefinitionsError) as caught:
        _load(write, "rules: {all: [{field: x, operator: is_null}, {field: y, operator: is_null}]}")
    assert [problem.key for problem in caught.value.problems] == [
        "rules.all[1].field",
        "rules.all[2].field",
    ]


@pytest.mark.parametrize("event_type", ["purchase", "message_click", "add_to_cart", "Quiz_Done"])
def test_the_events_of_journeys_are_those_of_stages(write: Write, event_type: str) -> None:
    write("stages.csv", "event_type,condition,stage\nquiz_done,,interest\n")
    rest = f"operator: '>', value: 0, event_type: {event_type}, within_days: '30'"
    condition = _condition(write, rest, "event_count")
    assert condition.within_days == 30


def test_while_stages_cannot_be_read_any_event_may_be_meant(write: Write) -> None:
    write("stages.csv", "event_type,stage\nx,y\n")
    assert _condition(write, "operator: '>', value: 0, event_type: quiz", "event_count")


def test_fields_that_are_known_some_other_way_are_accepted(write: Write) -> None:
    path = write(
        "segments.yaml",
        "segments: [{name: s, rules: {all: [{field: shoe_size, operator: '>', value: 40}]}}]",
    )
    known = Known({"shoe_size": FieldKind.NUMBER}, None)
    assert load_segments(path, known)[0].name == "s"


def test_groups_may_be_nested_but_not_without_end(write: Write) -> None:
    def nested(depth: int) -> str:
        groups = "{any: [" * depth + "{field: clv, operator: is_null}" + "]}" * depth
        return f"rules: {groups}"

    assert _load(write, nested(50)).rules is not None
    with pytest.raises(DefinitionsError, match="groups in groups, at most 50 deep"):
        _load(write, nested(51))


@pytest.mark.parametrize("rest", ["description", "name"])
def test_text_that_no_database_can_hold_is_refused(write: Write, rest: str) -> None:
    given = {"name": "s", rest: '"\\ud800"'}
    keys = ", ".join(f"{key}: {value}" for key, value in given.items())
    path = write("segments.yaml", f"segments: [{{{keys}, manual_members: [a]}}]")
    with pytest.raises(DefinitionsError, match=rf"{rest}: given .*; accepted: text in UTF-8"):
        load_segments(path)


def test_rules_are_kept_as_json_without_what_was_left_out(write: Write) -> None:
    segment = _load(
        write,
        """rules: {none: [{field: first_seen_at, operator: within_days, value: "30"},
                         {any: [{field: city, operator: in, value: [Köln, "'; --"]}]}]}""",
    )
    assert segment.rules_text == (
        '{"none": [{"field": "first_seen_at", "operator": "within_last_days", "value": "30"}, '
        '{"any": [{"field": "city", "operator": "in", "value": ["Köln", "\'; --"]}]}]}'
    )
    assert _load(write, "manual_members: [a]").rules_text is None
