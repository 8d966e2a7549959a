"""Whatever lands, a refresh publishes what is good and accounts for the rest, row by row."""

import json
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from ruamel.yaml import YAML

from tests.conftest import Command, rows
from tests.end_to_end.bad_landing import AS_OF, HUGE, NASTY, Expected, write_bad_landing


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, adplan: Command) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "it's {{ 1/0 }} here"
    assert adplan("init", folder).returncode == 0
    goals = [
        {"name": "purchase", "conversion_type": "purchase", "on": "order", "value": "total",
         "counts_as_revenue": True},
        *(
            {"name": f"{number} {' '.join(text.split())}", "conversion_type": "custom",
             "on": "event", "where": {"utm_campaign": text}}
            for number, text in enumerate(NASTY)
        ),
    ]  # fmt: skip
    with (folder / "definitions" / "goals.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"goals": goals}, file)
    (folder / "definitions" / "channels.csv").write_text(
        'channel,source,medium,campaign\naffiliate,,,"\'; drop table*"\ninfluencer,,,"{% raw %}"\n'
    )
    (folder / "definitions" / "campaign_overrides.csv").write_text(
        "session_id,utm_campaign,campaign_id,note\n,{{ 1/0 }},m_9,it's by hand\n"
    )
    return folder


@pytest.fixture(scope="module")
def landed(workspace: Path) -> dict[str, Expected]:
    return write_bad_landing(workspace)


@pytest.fixture(scope="module")
def refreshed(workspace: Path, landed: dict[str, Expected], adplan: Command) -> Path:
    assert landed
    result = adplan("refresh", "-w", workspace, "--as-of", AS_OF)
    assert result.returncode == 0, result.stderr
    return workspace


def test_every_row_is_counted_exactly(refreshed: Path, landed: dict[str, Expected]):
    counted = {
        table: (read, accepted, duplicate, quarantined)
        for table, read, accepted, duplicate, quarantined in rows(
            refreshed,
            "select source_table, rows_read, rows_accepted, rows_duplicate, rows_quarantined "
            "from health.load_log where rows_read > 0",
        )
    }
    assert counted == {table: expected.counts for table, expected in landed.items()}


def test_every_refused_row_is_kept_with_its_reason(refreshed: Path, landed: dict[str, Expected]):
    folder = refreshed / "warehouse" / "quarantine"
    kept: dict[str, Counter[str]] = {}
    for file in folder.glob("*.parquet"):
        relation = duckdb.read_parquet(str(file))
        found = relation.project("source_table, reason, source_file, original").fetchall()
        kept[file.stem] = Counter(reason for _, reason, _, _ in found)
        assert all(source_file for _, _, source_file, _ in found)
        assert all(original or reason == "unreadable_file" for _, reason, _, original in found)
    assert kept == {table: one.reasons for table, one in landed.items() if one.reasons}


def test_the_newest_version_of_an_order_wins(refreshed: Path):
    assert rows(
        refreshed, "select gross_revenue from customers.fct_orders where order_id = 'twice'"
    ) == [(2,)]


def test_an_amount_without_a_rate_has_no_value_and_fails_a_check(refreshed: Path):
    revenue = rows(
        refreshed,
        "select order_id, original_total, gross_revenue from customers.fct_orders "
        "where order_id in ('no_rate', 'no_rate_that_day', 'rate') order by 1",
    )
    assert revenue == [
        ("no_rate", 100, None),
        ("no_rate_that_day", 10, None),
        ("rate", 100, pytest.approx(110)),
    ]
    values = rows(
        refreshed,
        "select order_id, value from conversions.fct_conversions where order_id like 'no_rate%' "
        "order by 1",
    )
    assert values == [("no_rate", None), ("no_rate_that_day", None)]
    assert rows(
        refreshed, "select original_spend, spend from campaigns.fct_ad_days where ad_id = 'a_sek'"
    ) == [(pytest.approx(12.34), None)]
    checks = rows(
        refreshed,
        "select table_name, severity, offending_count from health.checks "
        "where check_name = 'no_exchange_rate_is_missing' and not passed order by 1",
    )
    assert ("conversions.fct_conversions", "warn", 2) in checks
    assert ("campaigns.fct_ad_days", "warn", 1) in checks


def test_references_that_do_not_resolve_lose_no_row(refreshed: Path):
    ghost = rows(
        refreshed,
        "select orders.customer_id, people.orders from customers.fct_orders as orders "
        "join customers.dim_people as people using (person_id) where order_id = 'ghost'",
    )
    assert ghost == [("no such customer", 1)]
    orphans = rows(
        refreshed,
        "select table_name, check_name from health.checks "
        "where not passed and table_name in ('commerce.orders', 'commerce.refunds')",
    )
    assert {table for table, _ in orphans} == {"commerce.orders", "commerce.refunds"}


def test_an_order_without_anything_but_a_key_and_a_time_is_there_and_counts_nothing(
    refreshed: Path,
):
    assert rows(
        refreshed,
        "select status, is_counted, is_paid, gross_revenue from customers.fct_orders "
        "where order_id = 'bare'",
    ) == [(None, False, False, None)]


@pytest.mark.parametrize(
    "column",
    [
        "promo_code from customers.fct_orders where order_id like 'nasty%'",
        "utm_campaign from attribution.fct_touchpoints where utm_campaign is not null "
        "and length(utm_campaign) < 1000",
        "utm_content from attribution.fct_touchpoints where utm_content is not null",
        "city from customers.dim_people where city is not null",
    ],
)
def test_text_is_kept_letter_by_letter(refreshed: Path, column: str):
    assert {text for (text,) in rows(refreshed, f"select {column}")} == set(NASTY)


def test_a_megabyte_of_utm_is_kept(refreshed: Path):
    assert rows(
        refreshed,
        "select utm_campaign from attribution.fct_touchpoints where length(utm_campaign) > 1000",
    ) == [(HUGE,)]


def test_definitions_are_data_and_never_code(refreshed: Path):
    goals = dict(
        rows(
            refreshed,
            "select goal, count(*) from conversions.fct_conversions "
            "where conversion_type = 'custom' group by 1",
        )
    )
    assert goals == {f"{n} {' '.join(text.split())}": 1 for n, text in enumerate(NASTY)}
    channels = dict(
        rows(
            refreshed,
            "select utm_campaign, channel from attribution.fct_touchpoints "
            "where utm_campaign in ('''; drop table x; --', '{% raw %}', 'NULL')",
        )
    )
    assert channels == {
        "'; drop table x; --": "affiliate",
        "{% raw %}": "influencer",
        "NULL": "email",
    }
    assert rows(
        refreshed,
        "select campaign_id, resolution_method from attribution.fct_touchpoints "
        "where utm_campaign = '{{ 1/0 }}'",
    ) == [("m_9", "manual")]


def test_campaigns_are_resolved_by_name_whatever_the_name(refreshed: Path):
    resolved = rows(
        refreshed,
        "select utm_campaign, campaign_id, resolution_method from attribution.fct_touchpoints "
        "where utm_campaign in ('مرحبا بالعالم', '''; drop table x; --') order by 2",
    )
    assert resolved == [
        ("'; drop table x; --", "m_0", "exact_utm_match"),
        ("مرحبا بالعالم", f"m_{NASTY.index('مرحبا بالعالم')}", "exact_utm_match"),
    ]


def test_nothing_that_landed_was_run():
    assert not Path("/tmp/adplan_was_here").exists()


def test_commands_show_such_text(refreshed: Path, adplan: Command):
    assert adplan("status", "-w", refreshed).returncode == 0
    status = json.loads(adplan("status", "-w", refreshed, "--json").stdout)
    assert any(check["table_name"] == "commerce.orders" for check in status["failed_checks"])
    sql = "select distinct promo_code from customers.fct_orders where promo_code is not null"
    shown = adplan("query", "-w", refreshed, sql)
    assert shown.returncode == 0
    assert all(text in shown.stdout for text in NASTY if "\n" not in text)
    as_json = json.loads(adplan("query", "-w", refreshed, "--json", sql).stdout)
    assert {row["promo_code"] for row in as_json} == set(NASTY)


def test_the_same_files_again_change_nothing(refreshed: Path, adplan: Command):
    result = adplan("refresh", "-w", refreshed, "--as-of", AS_OF, "--json")
    assert json.loads(result.stdout)["outcome"] == "unchanged"


def test_no_personal_field_is_published(refreshed: Path):
    published = (refreshed / "warehouse" / "adplan.duckdb").read_bytes()
    assert b"@example.com" not in published
