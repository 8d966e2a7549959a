"""Files that change, vanish or cannot be read; what is touched and what is not."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from orchestration.sources.connector import Fetch, SourceError
from orchestration.sources.exports.engine import reading_connection
from orchestration.sources.ga4_export.connector import Ga4Export
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from tests.orchestration.ingestion.landing import Landing
from tests.orchestration.sources.ga4_export.ga4 import event, page, put_lines, put_parquet

Load = Callable[[str], Landing]
A_PAGE = page("2026-01-05 10:00:00", "https://shop.example/")
A_PURCHASE = event("2026-01-05 10:01:00", "purchase", ecommerce={"transaction_id": "T"})


@pytest.fixture
def day(fetch: Fetch) -> Path:
    return put_parquet(
        fetch.workspace.root / "exports" / "ga4" / "events_20260105.parquet", A_PAGE, A_PURCHASE
    )


def run(fetch: Fetch, **given: object) -> dict[str, int]:
    settings = Ga4ExportSettings.model_validate(given)
    return dict(Ga4Export(settings, ResourceSettings(threads=2)).fetch(fetch))


def laid(fetch: Fetch) -> dict[str, int]:
    return {
        path.relative_to(fetch.workspace.landing).as_posix(): path.stat().st_mtime_ns
        for path in fetch.workspace.landing.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("day")
def test_what_did_not_change_is_neither_read_nor_touched(fetch: Fetch, everything: Fetch):
    assert run(fetch) == {"web.events": 2, "web.sessions": 1}
    before = laid(fetch)
    assert run(fetch) == {"web.events": 0, "web.sessions": 0}
    assert run(everything) == {"web.events": 2, "web.sessions": 1}
    assert laid(fetch) == before


@pytest.mark.usefixtures("day")
def test_what_was_removed_from_landing_is_laid_again(fetch: Fetch):
    run(fetch)
    before = set(laid(fetch))
    for path in fetch.workspace.landing.rglob("*.parquet"):
        path.unlink()
    assert run(fetch)["web.events"] == 2
    assert set(laid(fetch)) == before


@pytest.mark.usefixtures("day")
def test_what_is_not_asked_for_any_more_is_removed(fetch: Fetch):
    assert run(fetch, orders=True)["commerce.orders"] == 1
    run(fetch, orders=False)
    assert not any(name.startswith("commerce/") for name in laid(fetch))


def test_a_folder_that_is_gone_or_empty_takes_nothing_away(fetch: Fetch, day: Path):
    run(fetch)
    before = laid(fetch)
    day.rename(fetch.workspace.root / "elsewhere.parquet")
    with pytest.raises(SourceError, match="no file there; what was read before stays"):
        run(fetch)
    day.parent.rmdir()
    with pytest.raises(SourceError, match="does not exist: put the exported files there"):
        run(fetch)
    assert laid(fetch) == before


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("events_20260106.parquet", b"PAR1 half of it", "too small|magic|footer"),
        ("events_20260106.jsonl", b"\x00\x01\x02 no json", "not JSON"),
        ("events_20260106.jsonl.gz", b"\x1f\x8b\x08\x00 cut", "."),
        ("events_20260106.jsonl", b'{"a": 1}\n', "not a GA4 export: it has no event_name"),
        ("events_20260106.csv", b"a,b\n1,2\n", "not a JSON file; accepted are .json"),
    ],
)
@pytest.mark.usefixtures("day")
def test_a_file_that_cannot_be_read_is_quarantined_by_name_and_the_others_are_read(
    fetch: Fetch, loaded: Load, name: str, content: bytes, reason: str
):
    (fetch.workspace.root / "exports" / "ga4" / name).write_bytes(content)
    said: list[str] = []
    run(replace(fetch, report=said.append))
    events = loaded("web.events")
    assert (events.last.rows_accepted, events.last.rows_quarantined) == (2, 1)
    ((code, file, original),) = events.quarantine("reason, source_file, original")
    assert (code, file) == ("unreadable_file", f"ga4_export/{name}.unreadable")
    assert str(original).startswith(f"{name}: ")
    assert re.search(reason, str(original))
    assert any(name in line and "cannot be read" in line for line in said)


def test_a_broken_replacement_keeps_what_the_readable_file_brought(
    fetch: Fetch, day: Path, loaded: Load
):
    run(fetch)
    whole = day.read_bytes()
    day.write_bytes(whole[: len(whole) // 2])
    run(fetch)
    events = loaded("web.events")
    assert (events.last.rows_accepted, events.reasons()) == (2, ["unreadable_file"])
    assert len(loaded("web.sessions").rows()) == 1
    day.write_bytes(whole)
    run(fetch)
    events = loaded("web.events")
    assert (events.last.rows_accepted, events.reasons()) == (2, [])


def test_an_empty_file_is_no_error(fetch: Fetch, day: Path):
    day.unlink()
    put_lines(day.with_name("events_20260105.jsonl")).write_bytes(b"")
    assert run(fetch) == {"web.events": 0, "web.sessions": 0}
    assert laid(fetch) == {}


def test_paths_may_be_patterns_absolute_and_odd(fetch: Fetch, tmp_path: Path):
    folder = tmp_path / "it's [here]"
    for name in ("2026/events_20260105.parquet", "2026/other.parquet", "2027/events.parquet"):
        put_parquet(folder / name, A_PAGE)
    odd = "it's [[]here]"
    assert run(fetch, path=f"{tmp_path}/{odd}/2026/events_*.parquet")["web.events"] == 1
    assert run(fetch, path=f"{tmp_path}/{odd}/**/*.parquet")["web.events"] == 2
    assert sum(name.startswith("web/events/") for name in laid(fetch)) == 3


def test_a_probe_lays_nothing_and_names_what_is_wrong(fetch: Fetch, day: Path):
    connector = Ga4Export(Ga4ExportSettings(), ResourceSettings())
    (events,) = connector.probe(fetch)
    assert (events.table, len(events.rows)) == ("web.events", 2)
    assert str(events.newest_at) == "2026-01-05 10:01:00"
    assert laid(fetch) == {}
    day.write_bytes(b"broken")
    with pytest.raises(SourceError, match=r"events_20260105.parquet cannot be read"):
        connector.probe(fetch)


def test_the_connection_reaches_nothing_else(fetch: Fetch, tmp_path: Path):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with reading_connection(fetch.workspace, ResourceSettings(), [tmp_path / "shop"]) as connection:
        for query in (
            f"from read_csv('{secret}')",
            f"copy (select 1) to '{secret}'",
            "install httpfs",
            "load httpfs",
            "set enable_external_access = true",
        ):
            with pytest.raises(Exception, match=r"(?i)permission|disabled|locked|not found"):
                connection.execute(query)
