"""What is written: every row, readable, in the order of days, twice the same."""

import hashlib
import json
from pathlib import Path

import duckdb
import pytest
import ruamel.yaml

from python_assets.simulation import Shop, ShopPlan, simulate_shop
from python_assets.simulation.landing import write_definitions, write_shop
from python_assets.simulation.layout import LAYOUTS

READERS = {
    ".parquet": "read_parquet(?)",
    ".csv": "read_csv(?, all_varchar = true)",
    ".gz": "read_csv(?, all_varchar = true)",
    ".json": "read_json(?)",
    ".jsonl": "read_json(?, format = 'newline_delimited')",
}


@pytest.fixture(scope="module")
def workspace(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("workspace")
    write_shop(shop, directory)
    return directory


def _files(directory: Path, name: str) -> list[Path]:
    source, table = name.split(".")
    return sorted(p for p in (directory / "landing" / source / table).rglob("*") if p.is_file())


def _rows(path: Path) -> int:
    query = f"select count(*) from {READERS[path.suffix]}"
    found = duckdb.execute(query, [str(path)]).fetchone()
    assert found is not None
    return int(found[0])


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_row_can_be_read_again(shop: Shop, workspace: Path, name: str):
    assert (
        sum(_rows(path) for path in _files(workspace, name))
        == (shop.truth.scalars["rows"][name]["read"])
    )


def test_insights_arrive_in_the_shape_of_the_api(workspace: Path):
    line = _files(workspace, "meta_ads.insights")[0].read_text(encoding="utf-8").splitlines()[0]
    row = json.loads(line)
    assert isinstance(row["spend"], str)
    assert isinstance(row["impressions"], str)
    assert set(row["actions"][0]) == {"action_type", "value"}
    assert isinstance(row["actions"][0]["value"], str)


def test_good_and_bad_json_differ_as_meant(workspace: Path):
    actions = [
        json.loads(line)["actions"]
        for path in _files(workspace, "meta_ads.insights")
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    broken = [value for value in actions if isinstance(value, str)]
    assert broken
    with pytest.raises(json.JSONDecodeError):
        json.loads(broken[0])


@pytest.mark.parametrize("name", ["web.events", "commerce.orders", "meta_ads.insights"])
def test_files_of_later_days_are_newer(workspace: Path, name: str):
    daily = [path for path in _files(workspace, name) if "late_and_bad" not in str(path)]
    times = [path.stat().st_mtime for path in daily]
    assert times == sorted(set(times))
    assert len(times) == 40


def test_event_files_are_partitioned_by_date(workspace: Path):
    folders = {path.parent.name for path in _files(workspace, "web.events")}
    assert {"date=2026-01-01", "date=2026-02-09", "late_and_bad"} <= folders


def _fingerprint(directory: Path) -> dict[str, tuple[str, float]]:
    return {
        str(path.relative_to(directory)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime,
        )
        for path in directory.rglob("*")
        if path.is_file()
    }


def test_two_simulations_are_alike_to_the_byte(tmp_path: Path):
    for name in ("one", "two"):
        write_shop(simulate_shop(ShopPlan(days=6, orders_per_day=5)), tmp_path / name)
    assert _fingerprint(tmp_path / "one") == _fingerprint(tmp_path / "two")


def test_truth_is_written_beside_the_landing_files(shop: Shop, workspace: Path):
    scalars = json.loads((workspace / "truth/truth.json").read_text(encoding="utf-8"))
    assert scalars["rows"] == shop.truth.scalars["rows"]
    customers = duckdb.execute(
        "select count(*), count(distinct customer_id) from read_parquet(?)",
        [str(workspace / "truth/customers.parquet")],
    ).fetchone()
    assert customers == (len(shop.truth.customers), len(shop.truth.customers))


def test_definitions_are_written_once_and_never_over(shop: Shop, tmp_path: Path):
    written = write_definitions(shop, tmp_path)
    assert [path.name for path in written] == ["goals.yaml", "experiments.yaml"]
    yaml = ruamel.yaml.YAML(typ="safe")
    goals = yaml.load((tmp_path / "definitions/goals.yaml").read_text(encoding="utf-8"))["goals"]
    assert [goal["name"] for goal in goals] == [
        "purchase",
        "newsletter",
        "add_to_cart",
        "begin_checkout",
        "deep_scroll",
    ]
    text = (tmp_path / "definitions/experiments.yaml").read_text(encoding="utf-8")
    experiment = yaml.load(text)["experiments"][0]
    assert [variant["name"] for variant in experiment["variants"]] == ["control", "bright"]
    (tmp_path / "definitions/goals.yaml").write_text("mine", encoding="utf-8")
    assert write_definitions(shop, tmp_path) == []
    assert (tmp_path / "definitions/goals.yaml").read_text(encoding="utf-8") == "mine"


def test_load_rules_applied_to_the_order_files_give_the_counts_of_the_truth(
    shop: Shop, workspace: Path
):
    """The rules of the raw contract, written again in SQL over the files as they landed."""
    connection = duckdb.connect()
    pattern = str(workspace / "landing/commerce/orders/*.csv")
    connection.execute(
        """
        create table landed as
        select *, parse_filename(filename) as file, try_cast(created_at as timestamp) as moment
        from read_csv(?, all_varchar = true, filename = true)
        """,
        [pattern],
    )
    reasons = connection.execute(
        """
        select case
            when id is null then 'missing_key'
            when moment is null then 'unparseable_timestamp'
            when moment >= timestamp '2026-02-10' then 'future_timestamp'
            when cast(total as double) < 0 then 'negative_amount'
            when currency_code not in ('USD', 'EUR') then 'unknown_currency'
            else 'good' end as reason, count(*)
        from landed group by all
        """
    ).fetchall()
    counted = dict(reasons)
    truth = shop.truth.scalars["rows"]["commerce.orders"]
    good = counted.pop("good")
    assert counted == truth["bad"]
    assert good == truth["accepted"] + truth["duplicate"]
    accepted = connection.execute(
        """
        select
            count(*),
            cast(sum(cast(total as decimal(18, 2))) filter (
                status in ('completed', 'archived') and currency_code = 'USD'
            ) as double)
        from (
            select * from landed
            where (id not like 'bad_%') and moment < timestamp '2026-02-10'
            qualify row_number() over (partition by id order by updated_at desc, file desc) = 1
        )
        """
    ).fetchone()
    revenue = shop.truth.scalars["orders"]["valid_gross_by_currency"]["USD"]
    assert accepted == (truth["accepted"], revenue)


def test_event_files_hold_only_times_and_the_bad_file_the_rest(shop: Shop, workspace: Path):
    folder = workspace / "landing/web/events"
    kind, count = duckdb.execute(
        """
        select any_value(typeof("timestamp")), count(*) from read_parquet(?)
        where "timestamp" is not null and event_id is not null
        """,
        [str(folder / "date=*/*.parquet")],
    ).fetchall()[0]
    assert kind == "TIMESTAMP"
    assert count == len(shop.tables["web.events"])
    reasons = duckdb.execute(
        """
        select
            count(*) filter (event_id is null),
            count(*) filter (try_cast("timestamp" as timestamp) is null),
            count(*) filter (try_cast("timestamp" as timestamp) > timestamp '2026-02-10'),
            count(*) filter (currency = '??'),
            count(*) filter (properties is not null and not json_valid(properties))
        from read_json(?, format = 'newline_delimited',
            columns = {event_id: 'varchar', timestamp: 'varchar', currency: 'varchar',
                       properties: 'varchar'})
        """,
        [str(folder / "late_and_bad/bad_rows.jsonl")],
    ).fetchone()
    assert reasons == tuple(shop.truth.scalars["rows"]["web.events"]["bad"].values())
