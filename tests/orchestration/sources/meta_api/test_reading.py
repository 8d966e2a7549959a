"""What lands: rows, days, pages, accounts, what was deleted."""

import json
from datetime import UTC, date, datetime, timedelta

import duckdb
import pytest

from orchestration.ingestion.contract import table_named
from orchestration.ingestion.load import load_table
from orchestration.ingestion.state import LoadRun, prepare
from orchestration.sources.connector import SourceError
from tests.orchestration.sources.meta_api.conftest import TODAY, Meta, day, insight, objects
from tests.orchestration.sources.meta_api.graph_server import Account, error


def test_every_table_lands_with_the_columns_of_the_contract(meta: Meta):
    counts = meta.fetch()
    assert counts == {
        "meta_ads.campaigns": 1,
        "meta_ads.adsets": 1,
        "meta_ads.ads": 1,
        "meta_ads.creatives": 1,
        "meta_ads.insights": 5,
    }
    (ad,) = meta.rows("meta_ads.ads", "1")
    assert (ad["id"], ad["creative_id"], ad["adset_id"]) == ("a1", "x1", "s1")
    (campaign,) = meta.rows("meta_ads.campaigns", "1")
    # In cents, as Meta gives it.
    assert campaign["daily_budget"] == "2550"
    (row,) = meta.rows("meta_ads.insights", f"1/{day(0)}")
    assert (row["spend"], row["date_start"], row["date_stop"]) == ("1.50", day(0), day(0))
    assert json.loads(row["actions"]) == [{"action_type": "purchase", "value": "1"}]
    assert list(row)[:5] == ["account_id", "account_currency", "campaign_id", "adset_id", "ad_id"]


def test_lists_are_read_to_their_last_page(meta: Meta):
    rows = [insight(f"a{ad}", back) for ad in range(40) for back in range(3)]
    meta.server.accounts["1"].insights["meta_ads.insights"] = rows
    meta.settings = {"page_size": 7}
    assert meta.fetch()["meta_ads.insights"] == 120
    assert len(meta.rows("meta_ads.insights", f"1/{day(1)}")) == 40


def test_a_page_without_rows_is_not_the_end(meta: Meta):
    server = meta.server
    link = f"{server.url}/v25.0/act_1/campaigns?access_token={server.token}&after=MA=="
    empty = {"data": [], "paging": {"cursors": {"after": "MA=="}, "next": link}}
    server.fail("act_1/campaigns", (200, empty))
    assert meta.fetch()["meta_ads.campaigns"] == 1


def test_a_cursor_that_leads_nowhere_stops_instead_of_going_round(meta: Meta):
    page = {"data": [{"id": "c1"}], "paging": {"cursors": {"after": "MA=="}, "next": "https://x"}}
    meta.server.fail("act_1/campaigns", (200, page), times=9)
    with pytest.raises(SourceError, match=r"next page of .*campaigns but no way to it"):
        meta.fetch()


def test_fetching_again_touches_nothing_that_did_not_change(meta: Meta):
    meta.fetch()
    before = {path: path.stat().st_mtime_ns for path in meta.workspace.landing.rglob("*.parquet")}
    meta.fetch()
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_day_read_again_is_replaced_and_what_meta_deleted_is_gone(meta: Meta):
    table = "meta_ads.insights"
    stored = meta.server.accounts["1"].insights
    stored[table] = [insight("a1", 0), insight("a2", 0), insight("a1", 1)]
    meta.fetch()
    stored[table] = [insight("a1", 0, spend="9.99")]
    meta.fetch()
    assert [row["spend"] for row in meta.rows(table, f"1/{day(0)}")] == ["9.99"]
    assert list(meta.files(table)) == [f"1/{day(0)}"]


def test_the_next_run_reads_the_last_28_days_and_those_not_settled(meta: Meta):
    meta.settings = {"chunk_days": 90}
    meta.fetch()
    assert meta.ranges() == [(day(89), day(0)), (day(90), day(90))]
    meta.server.calls.clear()
    meta.fetch()
    assert meta.ranges() == [(day(27), day(0))]
    meta.server.calls.clear()
    # Ten days later: what was too young to be settled then, and all since.
    later = TODAY + timedelta(days=10)
    meta.fetch(today=later, started_at=datetime(2026, 6, 10, 12))
    assert meta.ranges() == [(day(27), str(later))]


def test_days_asked_for_are_read_exactly(meta: Meta):
    meta.fetch()
    meta.server.calls.clear()
    meta.fetch(first=TODAY - timedelta(days=60), last=TODAY - timedelta(days=50))
    assert meta.ranges() == [(day(60), day(50))]
    meta.server.calls.clear()
    meta.fetch(first=TODAY - timedelta(days=2))
    assert meta.ranges() == [(day(2), day(0))]


def test_everything_is_read_from_the_first_day(meta: Meta):
    meta.settings = {"first_day": date(2026, 3, 15), "chunk_days": 30}
    meta.fetch()
    meta.server.calls.clear()
    meta.fetch(everything=True)
    assert meta.ranges() == [
        ("2026-05-02", "2026-05-31"),
        ("2026-04-02", "2026-05-01"),
        ("2026-03-15", "2026-04-01"),
    ]


def test_an_earlier_first_day_is_caught_up_with(meta: Meta):
    meta.settings = {"first_day": date(2026, 4, 1), "chunk_days": 90}
    meta.fetch()
    meta.server.calls.clear()
    meta.settings = {"first_day": date(2026, 3, 1), "chunk_days": 90}
    meta.fetch()
    assert meta.ranges() == [(day(27), day(0)), ("2026-03-01", "2026-03-31")]


def test_files_taken_away_are_read_again(meta: Meta):
    meta.fetch()
    before = meta.files("meta_ads.insights")
    folder = meta.workspace.landing / "meta_ads" / "insights"
    folder.rename(meta.workspace.root / "elsewhere")
    meta.server.calls.clear()
    meta.fetch()
    assert meta.ranges()[-1][0] == day(90)
    assert meta.files("meta_ads.insights") == before


def test_the_last_day_is_the_accounts_not_the_workspaces(meta: Meta):
    meta.server.accounts["1"].timezone = "America/Los_Angeles"
    meta.fetch(started_at=datetime(2026, 5, 31, 3))
    assert meta.ranges()[0][1] == day(1)


def test_accounts_are_kept_apart_and_an_empty_one_is_no_fault(meta: Meta):
    rows = [{**insight("a2", 0, spend="300"), "account_currency": "JPY"}]
    meta.server.accounts["2"] = Account(
        "JPY", edges=objects(2), insights={"meta_ads.insights": rows}
    )
    meta.server.accounts["3"] = Account()
    meta.settings = {"accounts": ["act_1", 2, "3"]}
    counts = meta.fetch()
    assert (counts["meta_ads.insights"], counts["meta_ads.campaigns"]) == (6, 2)
    assert list(meta.files("meta_ads.campaigns")) == ["1", "2"]
    assert meta.rows("meta_ads.campaigns", "2")[0]["daily_budget"] == "2550"
    assert "3/meta_ads.insights" in meta.state()["insights"]


def test_deleted_ads_keep_their_spend_and_their_names(meta: Meta):
    edges = meta.server.accounts["1"].edges
    meta.fetch()
    for rows in edges.values():
        for row in rows:
            row["effective_status"] = row["status"] = "DELETED"
    meta.fetch()
    assert len(meta.files("meta_ads.insights")) == 5
    for kind in ("campaigns", "adsets", "ads"):
        (row,) = meta.rows(f"meta_ads.{kind}", "1")
        assert row["effective_status"] == "DELETED"
    meta.server.calls.clear()
    meta.fetch()
    # A deleted object stays so: nobody asks again (creatives have no status).
    assert {call.params["ids"] for call in meta.server.calls if "ids" in call.params} <= {"x1"}


def test_what_was_deleted_before_the_first_fetch_is_asked_for_by_number(meta: Meta):
    account = meta.server.accounts["1"]
    for edge, rows in objects(2, "DELETED").items():
        account.edges[edge] += rows
    account.insights["meta_ads.insights"].append(insight("a2", 3, spend="77"))
    meta.fetch()
    assert [row["id"] for row in meta.rows("meta_ads.campaigns", "1")] == ["c1", "c2"]
    assert [row["creative_id"] for row in meta.rows("meta_ads.ads", "1")] == ["x1", "x2"]


def test_what_meta_knows_nothing_of_is_asked_for_once(meta: Meta):
    rows = meta.server.accounts["1"].insights["meta_ads.insights"]
    rows += [insight(f"a{number}", 3) for number in (5, 6, 7)]
    meta.fetch()
    assert meta.state()["absent"]["1/meta_ads.ads"] == ["a5", "a6", "a7"]
    meta.server.calls.clear()
    meta.fetch()
    assert not [call for call in meta.server.calls if "ids" in call.params]


def test_archived_objects_are_listed(meta: Meta):
    meta.server.accounts["1"].edges["campaigns"][0]["effective_status"] = "ARCHIVED"
    meta.fetch()
    assert meta.rows("meta_ads.campaigns", "1")[0]["effective_status"] == "ARCHIVED"
    assert not [call for call in meta.server.calls if "ids" in call.params]


def test_breakdowns_go_into_tables_of_their_own(meta: Meta):
    stored = meta.server.accounts["1"].insights
    stored["meta_ads.insights_age_gender"] = [
        insight("a1", 0, age=age, gender="female") for age in ("25-34", "18-24")
    ]
    stored["meta_ads.insights_platform"] = [
        insight("a1", 0, publisher_platform="instagram", platform_position="feed")
    ]
    stored["meta_ads.insights_country"] = [insight("a1", 0, country="DE")]
    meta.settings = {"breakdowns": ["age_gender", "platform", "country"]}
    counts = meta.fetch()
    assert [counts[f"meta_ads.insights{end}"] for end in ("", "_age_gender", "_country")] == [
        5,
        2,
        1,
    ]
    rows = meta.rows("meta_ads.insights_age_gender", f"1/{day(0)}")
    assert [(row["age"], row["gender"]) for row in rows] == [
        ("18-24", "female"),
        ("25-34", "female"),
    ]
    (row,) = meta.rows("meta_ads.insights_platform", f"1/{day(0)}")
    assert (row["publisher_platform"], row["platform_position"]) == ("instagram", "feed")


def test_other_fields_are_asked_for_and_kept(meta: Meta):
    meta.server.accounts["1"].insights["meta_ads.insights"] = [insight("a1", 0, ctr="2.5")]
    meta.settings = {"fields": {"insights": ["spend", "ctr"]}}
    meta.fetch()
    (row,) = meta.rows("meta_ads.insights", f"1/{day(0)}")
    assert (row["ctr"], row["ad_id"]) == ("2.5", "a1")


def _lead(number: int, moment: str) -> dict[str, object]:
    data = [{"name": "email", "values": ["someone@example.com"]}]
    return {"id": f"l{number}", "created_time": moment, "ad_id": "a1", "field_data": data}


def test_leads_are_read_from_ads_that_had_some_and_stay(meta: Meta):
    account = meta.server.accounts["1"]
    account.insights["meta_ads.insights"] += [
        insight("a2", 0, actions=[{"action_type": "leadgen.other", "value": "2"}]),
        insight("a3", 0),
    ]
    account.leads["a2"] = [
        _lead(1, f"{day(1)}T08:49:14+0000"),
        _lead(2, f"{day(1)}T09:49:14+0000"),
    ]
    meta.settings = {"leads": True}
    assert meta.fetch()["meta_ads.leads"] == 2
    assert {call.path for call in meta.server.asked("/leads")} == {"a2/leads"}
    # After 90 days Meta forgets.
    account.leads["a2"] = [_lead(3, f"{day(1)}T10:00:00+0000")]
    meta.fetch()
    assert [row["id"] for row in meta.rows("meta_ads.leads", f"1/{day(1)}")] == ["l1", "l2", "l3"]


def test_ads_of_lead_campaigns_are_asked_before_insights_count_a_lead(meta: Meta):
    account = meta.server.accounts["1"]
    account.edges["campaigns"][0]["objective"] = "OUTCOME_LEADS"
    account.leads["a1"] = [_lead(1, f"{day(0)}T08:49:14+0000")]
    meta.settings = {"leads": True}
    assert meta.fetch()["meta_ads.leads"] == 1


def test_what_landed_loads_into_the_raw_tables(meta: Meta):
    account = meta.server.accounts["1"]
    account.leads["a1"] = [_lead(1, f"{day(0)}T08:49:14+0200")]
    account.edges["campaigns"][0]["objective"] = "OUTCOME_LEADS"
    account.insights["meta_ads.insights_country"] = [insight("a1", 0, country="DE")]
    meta.settings = {"leads": True, "breakdowns": ["country"]}
    meta.fetch()
    connection = duckdb.connect()
    tables = [
        *("campaigns", "adsets", "ads", "creatives", "insights", "insights_country", "leads"),
    ]

    def load() -> list[int]:
        run = LoadRun("run", datetime.now(UTC), datetime(2026, 6, 1, 0, 5), "salt")
        prepare(connection, run)
        counts = []
        for name in tables:
            folder = meta.workspace.landing / "meta_ads" / name
            found = load_table(connection, table_named(f"meta_ads.{name}"), folder, run)
            assert (found.rows_duplicate, found.rows_quarantined) == (0, 0)
            counts.append(found.rows_accepted)
        return counts

    assert load() == [1, 1, 1, 1, 5, 1, 1]
    # Nothing changed at Meta, so there is nothing to load.
    meta.fetch()
    assert load() == [0] * 7

    def one(query: str) -> tuple[object, ...]:
        found = connection.execute(query).fetchone()
        assert found is not None
        return found

    assert one(
        "select id, account_id, cast(daily_budget as double), created_time, updated_time "
        "from raw_meta_ads.campaigns"
    ) == ("c1", "1", 2550.0, datetime(2026, 1, 2, 18), datetime(2026, 1, 3, 10))
    assert one(
        "select count(*), cast(sum(spend) as double), sum(impressions), min(date_start), "
        "any_value(actions ->> '$[0].action_type') from raw_meta_ads.insights"
    ) == (5, 7.5, 50, TODAY - timedelta(days=4), "purchase")
    assert one("select targeting ->> '$.age_min' from raw_meta_ads.adsets") == ("18",)
    assert one("select title from raw_meta_ads.creatives") == ("Käse",)
    assert one("select created_time from raw_meta_ads.leads") == (datetime(2026, 5, 31, 6, 49, 14),)
    # A day that Meta corrects is corrected.
    account.insights["meta_ads.insights"][0]["spend"] = "2.50"
    meta.fetch()
    load()
    assert one("select cast(sum(spend) as double) from raw_meta_ads.insights") == (8.5,)


def test_a_probe_shows_first_rows_and_the_newest_and_lays_nothing(meta: Meta):
    meta.server.accounts["1"].leads["a1"] = [_lead(1, f"{day(0)}T08:49:14+0200")]
    meta.settings = {"leads": True, "breakdowns": ["country"]}
    probes = {probe.table: probe for probe in meta.connector().probe(meta.given())}
    assert set(probes) == set(meta.connector().tables)
    assert probes["meta_ads.insights"].newest_at == datetime(2026, 5, 31)
    assert probes["meta_ads.campaigns"].newest_at == datetime(2026, 1, 3, 10)
    assert probes["meta_ads.ads"].rows[0]["creative_id"] == "x1"
    assert probes["meta_ads.insights_country"].rows == ()
    assert probes["meta_ads.leads"].newest_at == datetime(2026, 5, 31, 6, 49, 14)
    assert "someone@" not in str(probes)
    assert meta.all_files() == []


def test_spend_of_an_ad_that_was_not_listed_stops_before_anything_is_laid(meta: Meta):
    held = meta.server.accounts["1"]
    held.insights["meta_ads.insights"].append(insight("a2", 3, spend="7.25"))
    held.edges["ads"].append({**objects(2)["ads"][0], "effective_status": "SUSPENDED_FOR_REVIEW"})
    with pytest.raises(SourceError, match=rf"{day(3)}: 1\.50 of 8\.75.*ad_statuses"):
        meta.fetch()
    assert meta.files("meta_ads.insights") == {}
    meta.settings = {"ad_statuses": ["ACTIVE", "SUSPENDED_FOR_REVIEW"]}
    assert meta.fetch()["meta_ads.insights"] == 6


@pytest.mark.parametrize(("back", "spend"), [(0, "50"), (3, "0.99")])
def test_a_day_that_is_not_over_and_rounding_may_differ(meta: Meta, back: int, spend: str):
    held = meta.server.accounts["1"]
    held.insights["meta_ads.insights"].append(insight("a2", back, spend=spend))
    held.edges["ads"].append({**objects(2)["ads"][0], "effective_status": "UNKNOWN_STATUS"})
    assert meta.fetch()["meta_ads.insights"] == 5


def test_a_difference_may_be_allowed(meta: Meta):
    meta.settings = {"spend_tolerance_percent": 90}
    held = meta.server.accounts["1"]
    held.insights["meta_ads.insights"].append(insight("a2", 3, spend="7.25"))
    held.edges["ads"].append({**objects(2)["ads"][0], "effective_status": "UNKNOWN_STATUS"})
    assert meta.fetch()["meta_ads.insights"] == 5


def test_an_account_whose_own_spend_cannot_be_read_is_warned_of(meta: Meta):
    refused = error(100, "level is not supported", error_subcode=1504042)
    meta.server.fail("act_1/insights", refused, times=9)
    meta.server.faults[-1].matches = lambda call: call.params.get("level") == "account"
    odd: list[str] = []
    meta.fetch(warn=lambda table, rows, what: odd.append(f"{table} {rows} {what}"))
    assert len(meta.files("meta_ads.insights")) == 5
    assert any("not compared with the account's" in one for one in odd)
