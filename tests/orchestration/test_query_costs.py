from pathlib import Path

import duckdb
import pytest

from orchestration import query_costs
from orchestration.query_costs import measure_queries


def _published(folder: Path) -> Path:
    database = folder / "adplan.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create schema metrics; create table metrics.dictionary as select 1 as x"
        )
    return database


def test_queries_are_run_on_the_published_file(tmp_path: Path):
    queries = tmp_path / "queries"
    queries.mkdir()
    (queries / "overview.sql").write_text("select * from metrics.dictionary")
    (queries / "campaigns.sql").write_text("select * from campaigns.not_yet_published")
    (queries / "notes.md").write_text("not a query")
    campaigns, overview = measure_queries(_published(tmp_path), queries)
    assert campaigns["query"] == "campaigns"
    assert campaigns["seconds"] is None
    assert "not_yet_published" in str(campaigns["why_not"])
    assert overview["query"] == "overview"
    assert overview["why_not"] is None
    assert 0 < float(str(overview["seconds"])) < 10


def test_without_a_file_or_queries_nothing_is_measured(tmp_path: Path):
    assert measure_queries(tmp_path / "adplan.duckdb", tmp_path) == []
    assert measure_queries(_published(tmp_path), tmp_path / "absent") == []


@pytest.mark.parametrize(("seconds", "runs"), [(0.9, 3), (1.1, 1)])
def test_a_slow_query_is_run_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, runs: int
):
    (tmp_path / "page.sql").write_text("select 1")
    run: list[str] = []

    def slow(_: object, query: str) -> float:
        run.append(query)
        return seconds

    monkeypatch.setattr(query_costs, "_seconds", slow)
    (cost,) = measure_queries(_published(tmp_path), tmp_path)
    assert cost["seconds"] == seconds
    assert len(run) == runs
