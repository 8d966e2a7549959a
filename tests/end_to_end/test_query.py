"""`adplan query` reads the published tables and reaches nothing else on the machine."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Command, copied

USAGE = 2


@pytest.fixture(scope="module")
def shop(published_shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copied(published_shop, tmp_path_factory.mktemp("queried") / "shop")
    (folder / "secret.csv").write_text("password\nhunter2\n")
    (folder / "secret.json").write_text('{"password": "hunter2"}\n')
    return folder


def state(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file with its size and when it was written."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


ORDERS = "customers.fct_orders"

PROBES = {
    "read a system file": "select * from read_csv('/etc/passwd')",
    "read a file as text": "select * from read_text('/etc/passwd')",
    "read a file as bytes": "select * from read_blob('{shop}/warehouse/build.duckdb')",
    "list files": "select * from glob('{shop}/*')",
    "read Parquet of the workspace": (
        "select * from read_parquet('{shop}/warehouse/quarantine/commerce.orders.parquet')"
    ),
    "read JSON of the workspace": "select * from read_json('{shop}/secret.json')",
    "sniff a file": "from sniff_csv('{shop}/secret.csv')",
    "a file as a table": "from '{shop}/secret.csv'",
    "a file as a table, from the folder": "from 'secret.csv'",
    "a log as a table": "select * from '{shop}/logs/runs.jsonl'",
    "attach the build database": "attach '{shop}/warehouse/build.duckdb' as build",
    "attach a new database": "attach '{shop}/new.duckdb' as new",
    "attach over the network": "attach 'https://example.com/other.duckdb' as other",
    "read over the network": "from 'https://example.com/file.parquet'",
    "copy a table out": f"copy {ORDERS} to '{{shop}}/stolen.csv'",
    "copy a file in": f"copy {ORDERS} from '{{shop}}/secret.csv'",
    "export everything": "export database '{shop}/stolen'",
    "import a database": "import database '{shop}/stolen'",
    "install an extension": "install httpfs",
    "load an extension": "load httpfs",
    "load a file as an extension": "load '{shop}/secret.csv'",
    "create a table": "create table conversions.mine as select 1 as a",
    "create a temporary view of a file": "create temp view v as from '{shop}/secret.csv'",
    "insert": f"insert into {ORDERS} from {ORDERS}",
    "update": f"update {ORDERS} set net_revenue = 0",
    "delete": f"delete from {ORDERS}",
    "drop": f"drop table {ORDERS}",
    "alter": f"alter table {ORDERS} drop column net_revenue",
    "truncate": f"truncate {ORDERS}",
    "comment": f"comment on table {ORDERS} is 'mine'",
    "raise the memory limit": "set memory_limit = '100GB'",
    "raise the memory limit by pragma": "pragma memory_limit = '100GB'",
    "set threads": "set threads = 64",
    "allow external access": "set enable_external_access = true",
    "unlock the configuration": "set lock_configuration = false",
    "reset the lock": "reset lock_configuration",
    "set a spill folder": "set temp_directory = '{shop}'",
    "set a log file": "pragma enable_logging; set log_query_path = '{shop}/log'",
    "profile into a file": "pragma profiling_output = '{shop}/profile.json'",
    "allow folders": "set allowed_directories = ['/']",
    "set a secret folder": "set secret_directory = '{shop}'",
    "create a secret": "create secret s (type s3, key_id 'a', secret 'b')",
    "create a persistent secret": "create persistent secret s (type http, bearer_token 'b')",
    "read the environment": "select getenv('HOME')",
    "checkpoint": "force checkpoint",
    "vacuum": "vacuum",
    "a second statement after a good one": "select 1; create table conversions.mine as select 1",
    "a second statement that reads a file": "select 1; from read_text('/etc/passwd')",
    "call a function that reads a file": "call read_text('/etc/passwd')",
    "a shell command": ".shell echo hello",
    "a shell read": ".read {shop}/secret.csv",
    "query by text": "from query('from read_text(''/etc/passwd'')')",
    "a table by name": "from query_table('{shop}/secret.csv')",
}


@pytest.mark.parametrize("probe", PROBES)
def test_a_query_that_reaches_out_is_refused_and_does_nothing(
    probe: str, shop: Path, adplan: Command, tmp_path: Path
):
    before = state(shop)
    result = adplan(
        "query",
        "-w",
        shop,
        PROBES[probe].format(shop=shop),
        HOME=str(tmp_path),
        TMPDIR=str(tmp_path),
    )
    assert result.returncode == USAGE, result.stdout
    assert result.stderr.startswith("error ")
    said = result.stdout + result.stderr
    assert "hunter2" not in said
    assert "root:x" not in said
    assert state(shop) == before
    assert list(tmp_path.rglob("*")) == []


def test_a_pivot_is_one_query(shop: Path, adplan: Command):
    sql = f"pivot (select status from {ORDERS}) on status using count(*)"
    result = adplan("query", "-w", shop, "--json", sql)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)[0]["completed"] == 242


def test_no_secret_is_found(shop: Path, adplan: Command):
    result = adplan("query", "-w", shop, "--json", "select count(*) as n from duckdb_secrets()")
    assert result.returncode == USAGE or json.loads(result.stdout) == [{"n": 0}]


def test_only_the_published_file_is_attached(shop: Path, adplan: Command):
    result = adplan(
        "query", "-w", shop, "--json",
        "select database_name, path, readonly from duckdb_databases() where not internal",
    )  # fmt: skip
    published = shop / "warehouse" / "adplan.duckdb"
    assert json.loads(result.stdout) == [
        {"database_name": "adplan", "path": str(published), "readonly": True}
    ]


def test_a_query_prints_its_rows(shop: Path, adplan: Command):
    result = adplan("query", "-w", shop, f"select count(*) as orders from {ORDERS}")
    assert result.returncode == 0
    assert "orders" in result.stdout
    assert "277" in result.stdout


def test_json_keeps_what_sql_says(shop: Path, adplan: Command):
    sql = """
        select date '2026-02-03' as day, timestamp '2026-02-03 04:05:06' as moment,
            timestamptz '2026-02-03 04:05:06+02' as zoned,
            12.50::decimal(10, 2) as price, 0.1::double as tenth, 9007199254740993 as large,
            'nan'::double as nothing, 'inf'::double as endless, null as missing, true as yes,
            'żółw 🐢 مرحبا "quoted" [bold]' as text,
            [1, 2] as list, {'a': date '2026-01-01'} as struct,
            map {date '2026-01-01': 1.5::decimal(3, 1)} as map, 'x' as twice, 'y' as twice,
            interval 1 day as length, '\\x00\\xFF'::blob as bytes, time '01:02:03' as clock
    """
    result = adplan("query", "-w", shop, "--json", sql)
    assert result.returncode == 0, result.stderr

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    (row,) = json.loads(result.stdout, parse_constant=refuse)
    assert "żółw 🐢 مرحبا" in result.stdout
    expected = {
        "day": "2026-02-03",
        "moment": "2026-02-03T04:05:06",
        "price": 12.5,
        "tenth": 0.1,
        "large": 9007199254740993,
        "nothing": None,
        "endless": None,
        "missing": None,
        "yes": True,
        "text": 'żółw 🐢 مرحبا "quoted" [bold]',
        "list": [1, 2],
        "struct": {"a": "2026-01-01"},
        "map": {"2026-01-01": 1.5},
        "twice": "x",
        "twice_2": "y",
        "clock": "01:02:03",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["zoned"].startswith("2026-02-03T02:05:06")


def test_text_is_shown_as_it_is(shop: Path, adplan: Command):
    result = adplan("query", "-w", shop, "select '[red]x[/red] \\[y] żółw' as \"[b]name[/b]\"")
    assert "[red]x[/red] \\[y] żółw" in result.stdout
    assert "[b]name[/b]" in result.stdout


@pytest.mark.parametrize(
    ("limit", "shown"), [((), 100), (("--limit", 7), 7), (("--limit", 0), 250)]
)
def test_long_results_are_cut_and_it_says_so(
    shop: Path, adplan: Command, limit: tuple[object, ...], shown: int
):
    sql = "select i from range(250) as t(i) order by i"
    result = adplan("query", "-w", shop, "--json", *limit, sql)
    assert [row["i"] for row in json.loads(result.stdout)] == list(range(shown))
    assert ("give --limit 0 for all of them" in result.stderr) == (shown < 250)


def test_a_result_without_end_is_cut_too(shop: Path, adplan: Command):
    sql = "select i from range(1000000000000) as t(i)"
    result = adplan("query", "-w", shop, "--json", "--limit", 3, sql)
    assert json.loads(result.stdout) == [{"i": 0}, {"i": 1}, {"i": 2}]


def test_a_query_that_needs_too_much_memory_fails_alone(shop: Path, adplan: Command):
    sql = "select count(*) from (select distinct i, repeat('x', 50) from range(200000000) t(i))"
    result = adplan("query", "-w", shop, sql)
    assert result.returncode == USAGE
    assert "Out of Memory" in result.stderr
    assert not list((shop / "warehouse").glob("*tmp*"))


def test_a_wrong_query_says_what_duckdb_says(shop: Path, adplan: Command):
    result = adplan("query", "-w", shop, "select revenu from customers.dim_people")
    assert result.returncode == USAGE
    assert 'Referenced column "revenu" not found' in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("sql", ["", "   ", " -- nothing", "selec 1"])
def test_what_is_no_query_is_refused(shop: Path, adplan: Command, sql: str):
    result = adplan("query", "-w", shop, sql)
    assert result.returncode == USAGE
    assert "Traceback" not in result.stderr


def test_a_workspace_without_published_tables_says_what_to_do(tmp_path: Path, adplan: Command):
    (tmp_path / "adplan.yaml").write_text("name: new\n")
    result = adplan("query", "-w", tmp_path, "select 1")
    assert result.returncode == USAGE
    assert f"has no published tables yet: run `adplan refresh -w {tmp_path}`" in result.stderr


def test_readers_do_not_need_to_write(shop: Path, adplan: Command):
    """A dashboard's user may read the file and nothing more."""
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere, so that nothing is shown by this")
    warehouse = shop / "warehouse"
    warehouse.chmod(0o555)
    try:
        assert adplan("query", "-w", shop, "select 1").returncode == 0
    finally:
        warehouse.chmod(0o755)
