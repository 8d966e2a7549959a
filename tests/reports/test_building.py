"""`adplan reports`: what it says of wrong input, and what a failed build leaves."""

import os
from pathlib import Path

import pytest

from tests.conftest import Command, copied

# Builds wait for each other.
pytestmark = pytest.mark.xdist_group("reports")

USAGE = 2
FAILED = 1


@pytest.fixture
def empty(tmp_path: Path, adplan: Command) -> Path:
    assert adplan("init", tmp_path / "shop").returncode == 0
    return tmp_path / "shop"


@pytest.fixture(scope="module")
def shop(published_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(published_shop, tmp_path_factory.mktemp("reported") / "shop")


def test_nothing_is_published(empty: Path, adplan: Command):
    result = adplan("reports", "build", "-w", empty)
    assert result.returncode == USAGE
    assert "adplan refresh" in result.stderr


def test_nothing_is_built(empty: Path, adplan: Command):
    result = adplan("reports", "serve", "-w", empty)
    assert result.returncode == USAGE
    assert "adplan reports build" in result.stderr


def test_node_is_missing(shop: Path, tmp_path: Path, adplan: Command):
    result = adplan("reports", "build", "-w", shop, PATH=str(tmp_path))
    assert result.returncode == USAGE
    assert "install Node.js 20 or newer" in result.stderr


def test_node_is_too_old(shop: Path, tmp_path: Path, adplan: Command):
    _program(tmp_path / "node", "echo v16.20.0")
    _program(tmp_path / "npm", "true")
    result = adplan("reports", "build", "-w", shop, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert result.returncode == USAGE
    assert "v16.20.0" in result.stderr


def test_another_folder_is_not_replaced(shop: Path, tmp_path: Path, adplan: Command):
    (tmp_path / "thesis.txt").write_text("mine")
    result = adplan("reports", "build", "-w", shop, "--to", tmp_path)
    assert result.returncode == USAGE
    assert (tmp_path / "thesis.txt").exists()


def test_a_failed_build_keeps_the_site_before_it(shop: Path, tmp_path: Path, adplan: Command):
    site = shop / "warehouse" / "site"
    site.mkdir()
    (site / "index.html").write_text("the site before")
    _program(
        tmp_path / "node", '[ "$1" = --version ] && echo v20.0.0 || { echo no memory; exit 1; }'
    )
    _program(tmp_path / "npm", "echo no registry; exit 1")
    result = adplan("reports", "build", "-w", shop, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert result.returncode == FAILED
    assert "no memory" in result.stderr or "no registry" in result.stderr
    assert (site / "index.html").read_text() == "the site before"


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
