"""One ad account in one run: what all that is read of it has in common."""

import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date

import pyarrow as pa
import pyarrow.dataset as ds

from orchestration.sources.connector import Fetch
from orchestration.sources.landed_files import folder
from orchestration.sources.meta_api.graph import Graph, Row
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

NAME = "meta_api"
INSIGHTS = "meta_ads.insights"


@dataclass(frozen=True)
class Account:
    """An ad account as a run reads it.

    Attributes:
        graph: Where from.
        settings: What of it.
        fetch: The run's: where to, and which days.
        number: Of the account, without `act_`.
        today: The last day there is in its own time zone, at most the run's.
    """

    graph: Graph
    settings: MetaApiSettings
    fetch: Fetch
    number: str
    today: date

    @classmethod
    def opened(
        cls, graph: Graph, settings: MetaApiSettings, fetch: Fetch, number: str
    ) -> "Account":
        """Ask for the account itself, which says at once whether it may be read.

        Raises:
            SourceError: If it cannot be read.
        """
        asked = {"fields": ["id", "name", "timezone_name"]}
        found = graph.read(f"act_{number}", asked)
        today = _today(fetch, str(found.get("timezone_name") or "UTC"))
        return cls(graph, settings, fetch, number, today)

    @property
    def path(self) -> str:
        """Of the account in the Graph API."""
        return f"act_{self.number}"

    def named_by_insights(self, columns: Iterable[str], first: date | None = None) -> list[Row]:
        """What the files of daily insights name, whichever run laid them.

        Args:
            columns: Of insights, such as `ad_id`.
            first: Day to start at; None for all.

        Returns:
            Distinct combinations of the columns.
        """
        below = folder(self.fetch.workspace, INSIGHTS, NAME) / self.number
        files = [
            str(path) for path in below.glob("*.parquet") if not first or path.stem >= str(first)
        ]
        if not files:
            return []
        schema = pa.schema([(name, pa.string()) for name in columns])
        rows = ds.dataset(sorted(files), schema=schema).to_table()
        found: list[Row] = rows.group_by(rows.column_names).aggregate([]).to_pylist()
        return found


def _today(fetch: Fetch, timezone: str) -> date:
    """The run's day, or the account's where that is still the day before."""
    try:
        zone = zoneinfo.ZoneInfo(timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return fetch.today
    return min(fetch.today, fetch.started_at.replace(tzinfo=UTC).astimezone(zone).date())
