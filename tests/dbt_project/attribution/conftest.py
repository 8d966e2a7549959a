"""Shops to attribute, made by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dbt_project.attribution.models import Shop, compile_attribution


@pytest.fixture(scope="session")
def compiled(published_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("compiled")
    return compile_attribution(published_shop / "warehouse", target)


@pytest.fixture
def new_shop(compiled: Path, tmp_path: Path) -> Iterator[Callable[[], Shop]]:
    """Make a shop; the one before is closed and gone."""
    made: list[Shop] = []

    def make() -> Shop:
        while made:
            made.pop().connection.close()
        made.append(Shop(compiled, tmp_path))
        return made[-1]

    yield make
    while made:
        made.pop().connection.close()


@pytest.fixture
def shop(new_shop: Callable[[], Shop]) -> Shop:
    return new_shop()
