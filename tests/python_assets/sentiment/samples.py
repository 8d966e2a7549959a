"""Texts to judge: short ones in twenty languages, and cases that others published."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from python_assets.simulation.engagement import COMMENTS
from tests.conftest import SHARED

TEXTS = Path(__file__).with_name("texts.csv")
CASES = SHARED / "data" / "cases" / "scores" / "cases.json"

# The simulated comments are three in English, then three in other languages, for each mood.
_ENGLISH_COMMENTS = 3


def english_texts() -> list[str]:
    """Texts in English, or mostly."""
    comments = [text for texts in COMMENTS.values() for text in texts[:_ENGLISH_COMMENTS]]
    return comments + [text for language, text in _texts() if "English" in language]


def other_texts() -> list[str]:
    """Texts in other languages, or mostly."""
    comments = [text for texts in COMMENTS.values() for text in texts[_ENGLISH_COMMENTS:]]
    return comments + [text for language, text in _texts() if "English" not in language]


def languages() -> set[str]:
    """Names of the languages of the texts."""
    return {language for language, _ in _texts()}


def published_case(name: str) -> dict[str, Any]:
    """Read a published case; skip the test where there are none."""
    if not CASES.is_file():
        pytest.skip(f"{CASES} is absent: the published cases are not part of this repository")
    cases: list[dict[str, Any]] = json.loads(CASES.read_text(encoding="utf-8"))
    return next(case for case in cases if case["name"] == name)


def _texts() -> list[tuple[str, str]]:
    with TEXTS.open(newline="", encoding="utf-8") as file:
        return [(row["language"], row["text"]) for row in csv.DictReader(file)]
