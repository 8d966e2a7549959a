from pathlib import Path

import pytest

from tests.dbt_project.metrics.models import Shop, compile_metrics


@pytest.fixture(scope="session")
def compiled_metrics(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_metrics(tmp_path_factory.mktemp("metrics"))


@pytest.fixture
def shop(compiled_metrics: Path) -> Shop:
    return Shop(compiled_metrics)
