"""A PostgreSQL of our own: started on loopback in a temporary folder, and stopped."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_SHOP = Path(__file__).parent
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin")

# Durability is of no use to what is thrown away.
_OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"


class Server(NamedTuple):
    """A running server; everybody on this machine may connect as `postgres`."""

    port: int

    def url(self, database: str = "postgres", user: str = "postgres", password: str = "x") -> str:
        """Return the URL of a database."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> str:
        """Run SQL and return what it selects, unaligned."""
        commands = [part for statement in statements for part in ("-c", statement)]
        return self._psql(database, *commands)

    def make_shop(self, database: str, orders: int) -> None:
        """Create a database with a Medusa v2 shop of so many orders."""
        self.run(f"create database {database}")
        self._psql(database, "-f", str(_SHOP / "medusa_schema.sql"))
        if orders:
            self._psql(database, "-v", f"orders={orders}", "-f", str(_SHOP / "medusa_shop.sql"))

    def empty_shop(self, database: str) -> None:
        """Make the database one with a Medusa v2 shop without orders, whatever it was."""
        if not self.run(f"select 1 from pg_database where datname = '{database}'"):
            self.run(f"create database {database}")
        self.run(
            "set client_min_messages = error",
            "drop schema if exists public, crm cascade",
            "create schema public",
            database=database,
        )
        self._psql(database, "-f", str(_SHOP / "medusa_schema.sql"))

    def _psql(self, database: str, *arguments: str) -> str:
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        done = subprocess.run(
            ["psql", *options, *arguments, self.url(database)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, or None where there is no server."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    for pattern in _PLACES:
        folders += sorted(Path("/").glob(pattern[1:]), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server in a temporary folder, and stop it in the end."""
    folder = binaries()
    if folder is None:
        raise FileNotFoundError("no PostgreSQL server is installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="adplan-postgres-") as temporary:
        data = Path(temporary) / "data"
        data.mkdir()
        as_user = _as_owner(Path(temporary), data)
        _call(as_user, folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--no-locale", "--no-sync")  # fmt: skip
        port = _free_port()
        options = f"{_OPTIONS} -p {port} -k {temporary}"
        log = data / "server.log"
        _call(as_user, folder / "pg_ctl", "-D", data, "-o", options, "-l", log, "-w", "start")
        try:
            yield Server(port)
        finally:
            _call(as_user, folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _as_owner(temporary: Path, data: Path) -> Sequence[str]:
    """Give the folder to a user who may run a server: root may not."""
    if os.geteuid() != 0:
        return ()
    user = next(name for name in ("postgres", "nobody") if _exists(name))
    shutil.chown(temporary, user)
    shutil.chown(data, user)
    return ("runuser", "-u", user, "--")


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _call(as_user: Sequence[str], *command: object) -> None:
    # Into files, not pipes: the server would hold a pipe open for as long as it runs.
    subprocess.run(
        [*as_user, *map(str, command)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        check=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
