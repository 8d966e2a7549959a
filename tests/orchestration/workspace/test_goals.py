import json
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.goals import Goal, goal_condition_rows, goal_rows, load_goals

Write = Callable[[str, str], Path]

GOAL = "goals:\n  - {{name: g, conversion_type: custom, {0}}}\n"


def _refusal(write: Write, text: str) -> str:
    with pytest.raises(DefinitionsError) as caught:
        load_goals(write("goals.yaml", text))
    return str(caught.value)


def _conditions(write: Write, where: str) -> list[tuple[object, ...]]:
    goals = load_goals(write("goals.yaml", GOAL.format(f"on: event, where: {where}")))
    return [tuple(row.values())[1:] for row in goal_condition_rows(goals)]


def test_the_examples_of_the_contract_load_as_rows(write: Write) -> None:
    goals = load_goals(
        write(
            "goals.yaml",
            """
goals:
  - {name: purchase, conversion_type: purchase, on: order, value: total, counts_as_revenue: true}
  - {name: newsletter, conversion_type: lead_form_submission, on: form,
     where: {form_name: newsletter}, value: 5, once_per: person}
  - {name: deep_scroll, conversion_type: scroll_depth, on: event,
     where: {event_type: scroll_depth, properties.percent: {">=": 75}}, once_per: session}
""",
        )
    )
    assert [tuple(row.values()) for row in goal_rows(goals, attributed=("purchase",))] == [
        ("purchase", 1, "purchase", "order", "total", None, "event", True, True),
        ("newsletter", 2, "lead_form_submission", "form", None, 5.0, "person", False, False),
        ("deep_scroll", 3, "scroll_depth", "event", None, None, "session", False, False),
    ]
    assert [tuple(row.values()) for row in goal_condition_rows(goals)] == [
        ("newsletter", 1, "form_name", "==", "newsletter"),
        ("deep_scroll", 1, "event_type", "==", "scroll_depth"),
        ("deep_scroll", 2, "properties.percent", ">=", "75"),
    ]


def test_rows_have_the_columns_that_sql_reads(write: Write) -> None:
    goals = load_goals(write("goals.yaml", GOAL.format("on: event, where: {value: 1}")))
    assert list(goal_rows(goals)[0]) == [
        "goal",
        "goal_index",
        "conversion_type",
        "source",
        "value_field",
        "value_fixed",
        "once_per",
        "counts_as_revenue",
        "is_attributed",
    ]
    assert list(goal_condition_rows(goals)[0]) == [
        "goal",
        "condition_index",
        "field",
        "operator",
        "value_text",
    ]


@pytest.mark.parametrize("text", [None, "", "# later\n", "goals:\n"])
def test_without_goals_purchases_are_the_only_one(
    write: Write, tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "none.yaml" if text is None else write("goals.yaml", text)
    (row,) = goal_rows(load_goals(path))
    assert row == {
        "goal": "purchase",
        "goal_index": 1,
        "conversion_type": "purchase",
        "source": "order",
        "value_field": "total",
        "value_fixed": None,
        "once_per": "event",
        "counts_as_revenue": True,
        "is_attributed": True,
    }


def test_an_empty_list_means_no_goals(write: Write) -> None:
    assert load_goals(write("goals.yaml", "goals: []")) == ()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("{event_type: [a, b, 3]}", [(1, "event_type", "in", '["a", "b", "3"]')]),
        ("{value: {'>=': 1, '<': 2.5}}", [(1, "value", ">=", "1"), (2, "value", "<", "2.5")]),
        ("{properties.a.b: true}", [(1, "properties.a.b", "==", "true")]),
        ("{context.x: 5.0}", [(1, "context.x", "==", "5")]),
        ("{order_id: {exists: false}}", [(1, "order_id", "exists", "false")]),
        ("{page_url: {contains: '/blog'}}", [(1, "page_url", "contains", "/blog")]),
        ("{page_url: {starts_with: 'https:'}}", [(1, "page_url", "starts_with", "https:")]),
        ("{event_type: {not_in: [x]}}", [(1, "event_type", "not_in", '["x"]')]),
        ("{timestamp: {'>=': 2026-03-01}}", [(1, "timestamp", ">=", "2026-03-01")]),
        ('{utm_source: "x\' or 1=1 --"}', [(1, "utm_source", "==", "x' or 1=1 --")]),
    ],
)
def test_conditions_become_rows(
    write: Write, where: str, expected: list[tuple[object, ...]]
) -> None:
    assert _conditions(write, where) == expected


def test_a_list_of_values_is_a_json_array(write: Write) -> None:
    ((_, _, _, text),) = _conditions(write, "{event_type: ['a \"quote\"', 'ä, b']}")
    assert json.loads(str(text)) == ['a "quote"', "ä, b"]


@pytest.mark.parametrize(
    ("source", "field"),
    [
        ("event", "properties.percent"),
        ("event", "context.page.title"),
        ("form", "fields.Company size"),
        ("lead", "field_data.what_is_your_budget?"),
        ("order", "promo_code"),
    ],
)
def test_fields_of_each_source_are_known(source: str, field: str) -> None:
    goal = Goal.model_validate(
        {"name": "g", "conversion_type": "custom", "on": source, "where": {field: "x"}}
    )
    assert [condition.field for condition in goal.where] == [field]


def test_an_unknown_field_is_told_with_the_fields_there_are(write: Write) -> None:
    message = _refusal(write, GOAL.format("on: order, where: {statu: x}"))
    assert "goals.yaml, goal 'g', where.statu: unknown field" in message
    assert "the fields of commerce.orders, closest first: status," in message
    assert "promo_code" in message


@pytest.mark.parametrize(
    ("rest", "parts"),
    [
        ("on: order, where: {properties.x: 1}", ["where.properties.x: unknown field"]),
        ("on: event, where: {properties.: 1}", ["where.properties.: unknown field"]),
        ("on: event, where: {'properties.a[*]': 1}", ["unknown field", "properties.<path>"]),
        ("on: event, where: {event_type: {'=>': 1}}", ["where.event_type.=>", "unknown operator"]),
        ("on: event, where: {event_type: {in: a}}", ["where.event_type.in", "a list of one"]),
        ("on: event, where: {event_type: []}", ["where.event_type: given []", "a list of one"]),
        ("on: event, where: {value: {'>': many}}", ["given 'many'", "a number or a date"]),
        ("on: event, where: {value: many}", ["where.value: given 'many'", "field of numbers"]),
        ("on: lead, where: {is_organic: 'y'}", ["where.is_organic: given 'y'", "true or false"]),
        ("on: event, where: {order_id: null}", ["where.order_id", "write {exists: false}"]),
        ("on: event, where: {order_id: {exists: 1}}", ["order_id.exists", "true or false"]),
        ("on: event, where: [x]", ["where: given ['x']", "{form_name: newsletter}"]),
        ("on: order, value: totl", ["value: unknown field", "commerce.orders: total, subtotal"]),
        ("on: order, value: status", ["value: not a numeric field", "given 'status'", "total"]),
        ("on: event, value: properties", ["value: not a numeric field", "properties.<path>"]),
        ("on: event, value: -1", ["value: given -1", "a number of 0 or more"]),
        ("on: event, value: .inf", ["value: given inf", "a number of 0 or more"]),
        ("on: event, value: true", ["value: given True", "a number of 0 or more"]),
        ("on: order, counts_as_revenue: true", ["counts_as_revenue", "only with a value"]),
        ("on: click", ["on: given 'click'", "'event', 'form', 'lead', 'order'"]),
        ("on: event, once_per: day", ["once_per: given 'day'", "'session', 'person', 'event'"]),
        ("on: event, vlaue: 3", ["vlaue: unknown key, did you mean 'value'?"]),
        ("value: 3", ["on: missing key", "event, form, lead or order"]),
    ],
)
def test_a_wrong_goal_is_told_with_what_is_accepted(
    write: Write, rest: str, parts: list[str]
) -> None:
    message = _refusal(write, GOAL.format(rest))
    for part in ["goals.yaml, goal 'g', ", *parts]:
        assert part in message


def test_an_unknown_conversion_type_lists_the_types(write: Write) -> None:
    message = _refusal(write, "goals: [{name: g, conversion_type: sale, on: order}]")
    assert "conversion_type: given 'sale'; accepted: 'purchase', 'lead_form_submission'" in message


@pytest.mark.parametrize("names", [("a", "a"), ("a", "' a '")])
def test_a_name_used_twice_is_refused(write: Write, names: tuple[str, str]) -> None:
    goals = "".join(f"  - {{name: {n}, conversion_type: custom, on: lead}}\n" for n in names)
    assert "goal 'a', name: used 2 times" in _refusal(write, "goals:\n" + goals)


def test_all_problems_of_a_goal_are_listed_together(write: Write) -> None:
    message = _refusal(write, GOAL.format("on: order, where: {a: 1, total: x}, value: b"))
    assert message.startswith("3 problems:")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("goal: []", "goal: unknown key, did you mean 'goals'?"),
        ("goals: {name: a}", "one `- name: ...` per item"),
        ("goals: [3]", "goal 1: given 3; accepted: keys with values"),
        ("goals: [{on: lead}]", "goal 1, name: missing key"),
        ("- a", "the key goals with a list"),
        ("goals: [", "line 1"),
    ],
)
def test_a_file_of_another_shape_is_refused(write: Write, text: str, part: str) -> None:
    assert part in _refusal(write, text)
