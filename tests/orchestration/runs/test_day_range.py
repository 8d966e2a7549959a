from datetime import date
from pathlib import Path

import pytest

from orchestration.runs.day_range import day_range
from orchestration.runs.refresh import RefreshOptions, refresh
from orchestration.sources.registry import KINDS
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings
from tests.orchestration.sources.shop_api import ShopApi, kind

TODAY = date(2026, 3, 10)


@pytest.fixture
def _source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "shop_api", kind(ShopApi(["up"])))  # type: ignore[arg-type]


def read(first: str, last: str) -> tuple[date, date] | None:
    return day_range(first, last, today=TODAY, settings=Settings())


@pytest.mark.usefixtures("_source")
def test_a_range_has_both_ends_and_may_end_today():
    assert read("2026-03-01", "2026-03-04") == (date(2026, 3, 1), date(2026, 3, 4))
    assert read("2026-03-10", "2026-03-10") == (TODAY, TODAY)
    assert read("2026-03-01", "") == (date(2026, 3, 1), TODAY)


def test_no_range_is_none_whether_or_not_there_is_a_source():
    assert read("", "") is None


@pytest.mark.usefixtures("_source")
@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "2026-03-04", "--to 2026-03-04 needs --from"),
        ("2026-03-05", "2026-03-04", "--from 2026-03-05 is after --to 2026-03-04"),
        ("2026-03-11", "", "--from 2026-03-11 is after --to 2026-03-10"),
        ("2026-03-01", "2026-03-11", "the last day of a run as of 2026-03-10 is 2026-03-10"),
        ("1 March", "2026-03-11", "--from '1 March': accepted is a day as YYYY-MM-DD"),
        ("2026-03-01", "2026-02-30", "--to '2026-02-30': accepted is a day"),
    ],
)
def test_a_wrong_range_says_what_is_wrong(first: str, last: str, words: str):
    with pytest.raises(WorkspaceError, match=words):
        read(first, last)


def test_a_range_needs_somebody_to_ask():
    with pytest.raises(WorkspaceError, match=r"adplan\.yaml sets none up"):
        read("2026-03-01", "")


def test_a_range_is_refused_before_a_run_starts(tmp_path: Path):
    (tmp_path / "landing").mkdir()
    workspace = Workspace.open(tmp_path)
    with pytest.raises(WorkspaceError, match="give one of them"):
        refresh(workspace, RefreshOptions(full_refresh=True, first_day="2026-01-01"))
    with pytest.raises(WorkspaceError, match="sets none up"):
        refresh(workspace, RefreshOptions(select="group:web", first_day="2026-01-01"))
    assert not workspace.run_log.exists()
