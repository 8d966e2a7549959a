from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.workspace.errors import DefinitionsError
from orchestration.workspace.stages import DEFAULT_STAGES, load_stages, stage_rows

Write = Callable[[str, str], Path]


def _stages(path: Path) -> dict[tuple[object, object], object]:
    rows = stage_rows(load_stages(path))
    return {(row["event_type"], row["condition"]): row["stage"] for row in rows}


def test_a_missing_or_empty_file_gives_the_defaults(write: Write, tmp_path: Path) -> None:
    assert load_stages(tmp_path / "none.csv") == DEFAULT_STAGES
    assert load_stages(write("stages.csv", "event_type,condition,stage\n")) == DEFAULT_STAGES


def test_defaults_lead_from_awareness_to_advocacy(tmp_path: Path) -> None:
    stages = _stages(tmp_path / "none.csv")
    assert len(stages) == len(DEFAULT_STAGES) == 23
    assert stages["session", "first"] == "awareness"
    assert stages["session", ""] == "interest"
    assert stages["page_view", "first"] == "awareness"
    assert stages["page_view", ""] == "interest"
    assert stages["message_open", ""] == "interest"
    assert stages["message_click", ""] == "consideration"
    assert stages["lead_capture", ""] == "consideration"
    assert stages["begin_checkout", ""] == "intent"
    assert stages["purchase", "first"] == "conversion"
    assert stages["purchase", "repeat"] == "retention"
    assert stages["feedback", ""] == "retention"
    assert stages["feedback", "positive"] == "advocacy"


def test_a_line_replaces_the_default_of_its_event_and_condition(write: Write) -> None:
    path = write(
        "stages.csv", "event_type,condition,stage\npage_view,,awareness\nquiz,first,interest\n"
    )
    stages = _stages(path)
    assert stages["page_view", ""] == "awareness"
    assert stages["quiz", "first"] == "interest"
    assert len(stages) == 24


def test_event_types_are_known_by_one_spelling(write: Write) -> None:
    path = write(
        "stages.csv", "event_type,condition,stage\n PageView ,,awareness\nQuiz,,interest\n"
    )
    stages = _stages(path)
    assert stages["page_view", ""] == "awareness"
    assert stages["quiz", ""] == "interest"
    assert len(stages) == 24


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        ("quiz,,interst\n", ["line 2, stage: given 'interst'", "'interest'"]),
        ("quiz,often,interest\n", ["line 2, condition: given 'often'", "'first', 'repeat'"]),
        (",,interest\n", ["line 2, event_type: missing key"]),
        ("quiz,,intent\nQuiz,,interest\n", ["line 3, event_type", "line 2 has it already"]),
    ],
)
def test_a_wrong_line_is_told(write: Write, lines: str, parts: list[str]) -> None:
    with pytest.raises(DefinitionsError) as caught:
        load_stages(write("stages.csv", "event_type,condition,stage\n" + lines))
    for part in ["stages.csv", *parts]:
        assert part in str(caught.value)
