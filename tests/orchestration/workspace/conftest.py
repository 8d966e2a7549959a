"""A workspace in a temporary folder, and a way to write into it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from orchestration.workspace.paths import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "shop")
    made.definitions.mkdir(parents=True)
    made.landing.mkdir()
    return made


@pytest.fixture
def write(workspace: Workspace) -> Callable[[str, str], Path]:
    """Writes text into a definitions file and returns its path."""

    def _write(name: str, text: str) -> Path:
        path = workspace.definitions / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write
