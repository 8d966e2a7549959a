"""Shops to attribute, made by hand."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.dbt_project.attribution.models import Shop, compile_attribution


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_attribution(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def new_shop(compiled: Path) -> Callable[[], Shop]:
    return partial(Shop, compiled)


@pytest.fixture
def shop(new_shop: Callable[[], Shop]) -> Shop:
    return new_shop()
