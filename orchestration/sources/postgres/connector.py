"""A connector of extracts: connect once, read each of them in the same snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from orchestration.sources.connector import Fetch, Probe
from orchestration.sources.postgres.database import Database, database
from orchestration.sources.postgres.extract import Extract
from orchestration.sources.postgres.fetching import Reading, fetch_extract, probe_extract


@dataclass
class PostgresConnector:
    """Reads a PostgreSQL; see `orchestration.sources.connector.Connector`.

    Attributes:
        name, tables, is_required: As of any connector.
        url_variable: Name of the environment variable that holds the URL.
        reading: How it reads.
        extracts: What it reads, given what the database has.
    """

    name: str
    tables: tuple[str, ...]
    is_required: bool
    url_variable: str
    reading: Reading
    extracts: Callable[[Database], list[Extract]]

    def fetch(self, fetch: Fetch) -> Mapping[str, int]:
        """Lay what is new, table by table."""
        rows = dict.fromkeys(self.tables, 0)
        with database(fetch.environment, self.url_variable) as opened:
            for extract in self.extracts(opened):
                rows[extract.table] += fetch_extract(opened, extract, fetch, self.reading)
        return rows

    def probe(self, fetch: Fetch) -> list[Probe]:
        """Look at the newest rows of every table."""
        with database(fetch.environment, self.url_variable) as opened:
            return [probe_extract(opened, extract) for extract in self.extracts(opened)]
