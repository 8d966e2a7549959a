from pathlib import Path

import pytest

from tests.dbt_project.experiments.lab import Lab, compile_experiments


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_experiments(tmp_path_factory.mktemp("experiments"))


@pytest.fixture
def lab(compiled: Path, tmp_path: Path) -> Lab:
    return Lab(compiled, tmp_path)
