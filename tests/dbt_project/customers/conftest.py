from pathlib import Path

import pytest

from tests.dbt_project.customers.models import Shop, compile_customers


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_customers(tmp_path_factory.mktemp("customers"))


@pytest.fixture
def shop(compiled: Path) -> Shop:
    return Shop(compiled)
