"""Sessions: what they began with, and that one over several files comes out once and whole."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.sources.connector import Fetch
from orchestration.sources.ga4_export.connector import Ga4Export
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.ga4_export import Ga4ExportSettings
from tests.orchestration.ingestion.landing import Landing
from tests.orchestration.sources.ga4_export.ga4 import event, page, put_parquet

Load = Callable[[str], Landing]
SHOP = "https://shop.example"

LATE = page(
    "2026-01-05 23:58:00",
    f"{SHOP}/?utm_source=news&utm_medium=email&utm_campaign=jan",
    params={"page_referrer": "https://mail.example/"},
)
EARLY = page("2026-01-06 00:03:00", f"{SHOP}/cart", params={"page_referrer": f"{SHOP}/"})
OTHER = page("2026-01-05 12:00:00", f"{SHOP}/", session=9)

WHOLE = [
    (
        "u1.1",
        datetime(2026, 1, 5, 23, 58),
        datetime(2026, 1, 6, 0, 3),
        f"{SHOP}/?utm_source=news&utm_medium=email&utm_campaign=jan",
        "https://mail.example/",
        "jan",
        2,
    ),
]
COLUMNS = "session_id, started_at, ended_at, landing_page, referrer, utm_campaign, pageviews"


@pytest.fixture
def put(fetch: Fetch) -> Callable[..., Path]:
    def put(day: str, *events: dict[str, object]) -> Path:
        folder = fetch.workspace.root / "exports" / "ga4"
        return put_parquet(folder / f"events_{day}.parquet", *events)

    return put


def run(fetch: Fetch, **given: object) -> dict[str, int]:
    settings = Ga4ExportSettings.model_validate(given)
    return dict(Ga4Export(settings, ResourceSettings(threads=2)).fetch(fetch))


def whole(landing: Landing) -> list[tuple[object, ...]]:
    return landing.query(f"select {COLUMNS} from raw_web.sessions where session_id = 'u1.1'")


def test_a_session_past_midnight_is_laid_once_when_both_days_are_there(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("20260105", OTHER, LATE)
    put("20260106", EARLY)
    assert run(fetch)["web.sessions"] == 2
    sessions = loaded("web.sessions")
    assert whole(sessions) == WHOLE
    assert (sessions.last.rows_read, sessions.last.rows_duplicate) == (2, 0)


def test_the_next_days_file_makes_a_session_whole_and_rewrites_nothing(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("20260105", OTHER, LATE)
    run(fetch)
    first = loaded("web.sessions")
    assert whole(first)[0][-1] == 1
    before = {path: path.stat() for path in first.folder.rglob("*.parquet")}
    put("20260106", EARLY)
    run(fetch)
    assert {path: path.stat() for path in before} == before
    sessions = loaded("web.sessions")
    assert whole(sessions) == WHOLE
    assert (sessions.last.rows_read, sessions.last.rows_accepted) == (1, 1)
    assert sessions.query("select count(*) from raw_web.sessions") == [(2,)]


def test_an_earlier_day_that_comes_late_completes_the_session_too(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("20260106", EARLY)
    run(fetch)
    loaded("web.sessions")
    put("20260105", OTHER, LATE)
    run(fetch)
    assert whole(loaded("web.sessions")) == WHOLE


def test_a_day_exported_again_changes_the_session_and_a_day_that_is_gone_takes_its_part(
    put: Callable[..., Path], fetch: Fetch, loaded: Load, everything: Fetch
):
    put("20260105", OTHER, LATE)
    late_file = put("20260106", EARLY)
    run(fetch)
    loaded("web.sessions")
    put("20260105", LATE, page("2026-01-05 23:59:00", f"{SHOP}/x"))
    run(fetch)
    sessions = loaded("web.sessions")
    assert whole(sessions) == [(*WHOLE[0][:-1], 3)]
    assert sessions.query("select count(*) from raw_web.sessions") == [(1,)]
    late_file.unlink()
    run(fetch)
    assert whole(loaded("web.sessions"))[0][-1] == 2
    files = {path.name for path in loaded("web.events").folder.rglob("*.parquet")}
    assert files == {"events_20260105.parquet.parquet"}
    # What a full refresh makes is what single runs made.
    before = whole(loaded("web.sessions"))
    run(everything)
    assert whole(loaded("web.sessions")) == before


def test_a_session_of_three_files_is_whole_from_wherever_it_is_seen(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    days = {
        "20260105": LATE,
        "20260106": EARLY,
        "20260107": page("2026-01-07 00:10:00", f"{SHOP}/pay"),
    }
    for day in ("20260106", "20260107", "20260105"):
        put(day, days[day])
        run(fetch)
        loaded("web.sessions")
    expected = (*WHOLE[0][:2], datetime(2026, 1, 7, 0, 10), *WHOLE[0][3:-1], 3)
    assert whole(loaded("web.sessions")) == [expected]


def test_a_day_in_several_files_has_every_session_once(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("20260105_000000000000", LATE)
    put("20260105_000000000001", OTHER, EARLY)
    run(fetch)
    sessions = loaded("web.sessions")
    assert whole(sessions) == WHOLE
    assert sessions.last.rows_duplicate == 0


def test_a_run_killed_before_the_sessions_lays_them_next_time(
    put: Callable[..., Path], fetch: Fetch, loaded: Load, monkeypatch: pytest.MonkeyPatch
):
    put("20260105", OTHER, LATE)
    with monkeypatch.context() as patch:
        patch.setattr(Ga4Export, "finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(fetch)
    assert run(fetch) == {"web.events": 0, "web.sessions": 2}
    assert len(loaded("web.sessions").rows()) == 2


def test_a_session_is_of_the_campaign_it_began_with_and_its_parts_are_never_mixed(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put(
        "20260105",
        page("2026-01-05 10:05:00", f"{SHOP}/?utm_source=b&utm_campaign=second&utm_term=t"),
        page("2026-01-05 10:00:00", f"{SHOP}/?utm_source=a&utm_campaign=first"),
        event("2026-01-05 09:59:59", "session_start", params={"page_location": f"{SHOP}/start"}),
        # First-user scope says nothing of this visit.
        event(
            "2026-01-05 09:59:58",
            "user_engagement",
            session=2,
            traffic_source={"source": "google", "medium": "cpc", "name": "old"},
        ),
    )
    run(fetch)
    sessions = loaded("web.sessions")
    assert sessions.rows("session_id, utm_source, utm_campaign, utm_term, landing_page") == [
        ("u1.1", "a", "first", None, f"{SHOP}/start"),
        ("u1.2", None, None, None, None),
    ]


CLICK = {
    "manual_campaign": {"source": "news", "medium": "email", "campaign_name": "(not set)"},
    "google_ads_campaign": None,
    "cross_channel_campaign": {"default_channel_group": "Email"},
}
ADS = {
    "manual_campaign": {"source": "google", "medium": "organic", "campaign_name": "(organic)"},
    "google_ads_campaign": {"campaign_name": "Brand DE"},
    "cross_channel_campaign": {"default_channel_group": "Paid Search"},
}


def test_last_click_stands_in_where_events_are_silent_unless_it_is_not_wanted(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    click = {"session_traffic_source_last_click": CLICK}
    put(
        "20260105",
        page("2026-01-05 10:00:00", f"{SHOP}/", **click),
        page("2026-01-05 10:00:00", f"{SHOP}/?utm_source=own", session=2, **click),
    )
    run(fetch)
    columns = "utm_source, utm_medium, utm_campaign, channel_reported"
    own = ("own", None, None, "Email")
    assert loaded("web.sessions").rows(columns) == [("news", "email", None, "Email"), own]
    run(fetch, last_click=False)
    assert loaded("web.sessions").rows(columns) == [(None, None, None, "Email"), own]


def test_a_google_click_that_ga4_calls_organic_is_a_paid_one(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put(
        "20260105",
        page(
            "2026-01-05 10:00:00",
            f"{SHOP}/?gclid=abc",
            params={"source": "google", "medium": "organic", "gclid": "abc"},
            session_traffic_source_last_click=ADS,
        ),
        page(
            "2026-01-05 10:00:00",
            f"{SHOP}/?fbclid=xyz",
            session=2,
            session_traffic_source_last_click={**ADS, "google_ads_campaign": None},
        ),
    )
    run(fetch)
    found = loaded("web.sessions").rows("utm_source, utm_medium, utm_campaign, click_id")
    assert found == [("google", "cpc", "Brand DE", "abc"), (None, None, None, "fbclid=xyz")]


def test_engagement_is_ga4s_word_else_its_definition(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    at = "2026-01-05 10:00:00"
    put(
        "20260105",
        page(at, SHOP, session=1, params={"session_engaged": "1"}),
        page(at, SHOP, session=2, params={"session_engaged": "0"}),
        page(at, SHOP, session=3),
        page(at, SHOP, session=4, params={"engagement_time_msec": 10_000}),
        page(at, SHOP, session=5),
        page("2026-01-05 10:00:01", SHOP, session=5),
    )
    run(fetch)
    assert loaded("web.sessions").column("is_bounce") == [False, True, True, False, False]


def test_two_users_in_one_session_make_it_nobodys(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    at = "2026-01-05 10:00:00"
    put(
        "20260105",
        page(at, SHOP, user_id="a"),
        page(at, SHOP, user_id=None),
        page(at, SHOP, session=2, user_id="a"),
        page(at, SHOP, session=2, user_id="b"),
    )
    run(fetch)
    assert loaded("web.sessions").column("user_id") == ["a", None]


def test_a_preliminary_day_gives_way_to_the_final_one(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("intraday_20260105", OTHER, LATE)
    run(fetch)
    assert len(loaded("web.events").rows()) == 2
    put("20260105", OTHER)
    run(fetch)
    assert len(loaded("web.events").rows()) == 1
    assert loaded("web.sessions").column("session_id") == ["u1.9"]


def test_moments_are_utc_whatever_the_workspaces_timezone(
    put: Callable[..., Path], fetch: Fetch, loaded: Load
):
    put("20260105", LATE)
    run(replace(fetch, timezone="Pacific/Auckland"))
    assert loaded("web.sessions").column("started_at") == [datetime(2026, 1, 5, 23, 58)]
