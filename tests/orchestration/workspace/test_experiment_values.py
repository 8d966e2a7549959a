"""What is written reads back as it was."""

from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from orchestration.workspace.experiment_values import yaml_text


def read(text: str) -> object:
    content: object = YAML(typ="safe", pure=True).load(StringIO(text))
    return content


# Lone surrogates are no text; definitions refuse them before anything is written.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["null", "true", "no", "~", "1", "1e5", "0x1f", "2026-03-01", ".inf", "-", "---", "<<", "=", ""]
)
SCALARS = (
    TEXT
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.dates()
)


@given(st.lists(SCALARS, max_size=3), TEXT)
def test_values_read_back_as_given(values: list[object], text: str):
    item = {"key": text, "list": values}
    assert read(yaml_text(item)) == item
    assert read(f"- key: {yaml_text(text)} # why\n  list: {yaml_text(values)}\n") == [item]
    assert "\n" not in yaml_text(item)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (datetime(2026, 3, 1, 9, tzinfo=UTC), "2026-03-01T09:00:00Z"),
        (datetime(2026, 3, 1, 9), "2026-03-01T09:00:00Z"),
        (
            datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=1))),
            "2026-03-01T09:00:00+01:00",
        ),
        (date(2026, 3, 1), "2026-03-01"),
        ("summer_banner", "summer_banner"),
        ("a b", "a b"),
        ("a: b", '"a: b"'),
        ("00123", '"00123"'),
    ],
)
def test_values_are_written_as_a_person_would(value: object, written: str):
    assert yaml_text(value) == written
