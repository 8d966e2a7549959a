"""The published numeric cases of scores, which are not part of this repository."""

import json
from typing import Any

import pytest

from tests.conftest import SHARED

SCORES = SHARED / "data" / "cases" / "scores"


def case(name: str) -> dict[str, Any]:
    """Return one case, or skip the test where they are absent."""
    file = SCORES / "cases.json"
    if not file.exists():
        pytest.skip(f"{file} is absent: the published cases are not part of this repository")
    found: dict[str, Any] = next(one for one in json.loads(file.read_text()) if one["name"] == name)
    return found
