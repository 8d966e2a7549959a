import threading
import time

import pytest

from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.postgres.faults import fault
from tests.orchestration.sources.postgres.conftest import MakeOrder, Shop

SECRET = "hush-hush"


def _failure(shop: Shop, url: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        shop.fetch(environment={"MEDUSA_DATABASE_URL": url})
    error = caught.value
    assert error.__cause__ is None
    for hidden in (SECRET, url):
        assert hidden not in str(error)
    return error


@pytest.mark.parametrize(
    ("place", "is_refused", "words"),
    [
        ("no.such.host.invalid:5432/x", False, "the host in MEDUSA_DATABASE_URL is not known"),
        ("127.0.0.1:1/x", False, "nothing answers there"),
        ("{here}/nowhere", True, 'database "nowhere" does not exist'),
        ("{here}/{database}?sslmode=require", True, "has no TLS"),
        ("{here}/{database}?sslmode=none", True, "check sslmode"),
    ],
)
def test_what_is_wrong_is_told_without_the_url(
    shop: Shop, place: str, is_refused: bool, words: str
) -> None:
    here = f"127.0.0.1:{shop.postgres.port}"
    place = place.format(here=here, database=shop.database)
    error = _failure(shop, f"postgresql://postgres:{SECRET}@{place}")
    assert words in str(error)
    assert isinstance(error, SourceRefusedError) == is_refused


@pytest.mark.parametrize("url", ["", " ", "mysql://a:hush-hush@b/c", "hush-hush"])
def test_a_url_that_is_none_is_refused(shop: Shop, url: str) -> None:
    with pytest.raises(SourceRefusedError, match="MEDUSA_DATABASE_URL") as caught:
        shop.fetch(environment={"MEDUSA_DATABASE_URL": url})
    assert SECRET not in str(caught.value)


def test_a_wrong_password_is_refused() -> None:
    said = OSError(
        'IO: [libpq] Failed to connect: connection to server at "db.example" (10.0.0.1), port 5432 '
        'failed: FATAL:  password authentication failed for user "shop"'
    )
    error = fault(said, "MEDUSA_DATABASE_URL", ["db.example"])
    assert isinstance(error, SourceRefusedError)
    assert str(error) == (
        'password authentication failed for user "shop": check user and password in '
        "MEDUSA_DATABASE_URL"
    )


def test_a_missing_permission_is_named(shop: Shop) -> None:
    shop.run("drop role if exists reader", f"create role reader login password '{SECRET}'")
    url = shop.postgres.url(shop.database, "reader", SECRET)
    error = _failure(shop, url)
    assert isinstance(error, SourceRefusedError)
    assert "permission denied to read" in str(error)
    assert "public.order_summary" in str(error)


def test_a_connection_that_breaks_leaves_files_and_state_as_they_were(
    shop: Shop, order: MakeOrder
) -> None:
    order("a")
    shop.fetch()
    files = {path: path.read_bytes() for path in shop.workspace.root.rglob("*") if path.is_file()}
    shop.run(
        """insert into "order" (id, status, currency_code)
            select 'x' || i, 'completed', repeat('e', 1000) from generate_series(1, 50000) i"""
    )
    others = "datname = current_database() and pid <> pg_backend_pid()"

    def kill() -> None:
        # As soon as orders are sent.
        for _ in range(1000):
            sending = "query like 'COPY%orders as materialized%'"
            kill = "select pg_terminate_backend(pid) from pg_stat_activity"
            sent = f"{kill} where {others} and {sending}"
            if shop.run(sent):
                return
            time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(SourceError, match=r"connection broke|administrator"):
        shop.fetch()
    killer.join()
    after = {path: path.read_bytes() for path in files}
    assert after == files
    assert shop.files("commerce.orders") == ["orders.all.00000.parquet"]
