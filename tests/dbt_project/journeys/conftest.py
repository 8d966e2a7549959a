"""Shops to follow people through, made by hand."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.dbt_project.journeys.models import Shop, compile_journeys


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compile_journeys(tmp_path_factory.mktemp("compiled"))


@pytest.fixture
def new_shop(compiled: Path) -> Callable[[], Shop]:
    return partial(Shop, compiled)


@pytest.fixture
def shop(new_shop: Callable[[], Shop]) -> Shop:
    return new_shop()
