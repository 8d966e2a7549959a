"""What a connector is, and what it is given.

A connector fetches rows and lays them as Parquet files into `landing/<source>/<table>/`, named by
the columns of the raw contract. All that follows (types, keys, duplicates, quarantine, accounting)
is that of dropped files. It knows nothing of DuckDB's build database or of Dagster.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from orchestration.workspace.paths import Workspace


class SourceError(Exception):
    """A source cannot be read: says what is wrong and what would help, and holds no secret."""


class SourceRefusedError(SourceError):
    """A source will not be read however often it is asked: a wrong password, a lost permission."""


@dataclass(frozen=True)
class Fetch:
    """What a connector is given.

    Attributes:
        workspace: Where files are laid and state is kept.
        today: The run's day in the workspace's timezone; nothing after it is asked for.
        timezone: IANA name of the workspace's timezone.
        started_at: When the run started (UTC, without a timezone); the only clock there is.
        first, last: Days to fetch again, both included; None for what is new.
        everything: Whether to fetch all there is, whatever was fetched before.
        environment: Environment variables, where secrets are.
        report: Called with a few words whenever something can be told to whoever waits.
        warn: Called with a table, the rows concerned and what is odd about them, where rows land
            that a person should look at; kept as a failed check that warns.
    """

    workspace: Workspace
    today: date
    timezone: str
    started_at: datetime
    first: date | None = None
    last: date | None = None
    everything: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    report: Callable[[str], None] = lambda _: None
    warn: Callable[[str, int, str], None] = lambda _table, _rows, _what: None


@dataclass(frozen=True)
class Probe:
    """What `adplan sources test` found of one table of a source.

    Attributes:
        table: Raw table, such as `commerce.orders`.
        rows: Rows as they would land, a few; columns of the raw contract.
        newest_at: When the newest row there happened or changed; None where there is none.
    """

    table: str
    rows: tuple[Mapping[str, object], ...]
    newest_at: datetime | None


class Connector(Protocol):
    """A source as the settings name it."""

    @property
    def name(self) -> str:
        """As in `sources:` of `adplan.yaml`, such as `meta_api`."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Raw tables it lays files for, such as `meta_ads.insights`."""

    @property
    def is_required(self) -> bool:
        """Whether a run fails when it cannot be read."""

    def fetch(self, fetch: Fetch) -> Mapping[str, int]:
        """Lay what is new into `landing/` and return rows by table.

        Raises:
            SourceError: If it cannot be read. What was laid before stays; state is only moved on
                once all rows up to it are laid.
        """

    def probe(self, fetch: Fetch) -> list[Probe]:
        """Look at the first rows of every table and lay nothing.

        Raises:
            SourceError: If it cannot be read.
        """
