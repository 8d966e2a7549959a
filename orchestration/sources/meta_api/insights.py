"""Daily insights at ad level, and their breakdowns: one file per account and day.

A chunk of days is read as a whole before the first file is touched. Days without a row then have
no file, so that what was deleted at Meta is gone here as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.ingestion.contract import table_named
from orchestration.sources.connector import SourceError
from orchestration.sources.landed_files import folder, lay, remove
from orchestration.sources.meta_api.account import INSIGHTS, NAME, Account
from orchestration.sources.meta_api.days import Days, chunks
from orchestration.sources.meta_api.faults import TooMuchDataError
from orchestration.sources.meta_api.jobs import run_job
from orchestration.sources.meta_api.progress import Progress
from orchestration.sources.meta_api.rows import table_of
from orchestration.sources.meta_api.totals import check_spend
from orchestration.workspace.source_settings.meta_api import Breakdown, MetaApiSettings

_TABLES: Mapping[Breakdown, str] = {
    "age_gender": "meta_ads.insights_age_gender",
    "platform": "meta_ads.insights_platform",
    "country": "meta_ads.insights_country",
}

_ALWAYS = ("account_id", "account_currency", "campaign_id", "adset_id", "ad_id", "spend")
_GRAIN = ("ad_id", "date_start")
_SECONDS_PER_MINUTE = 60


def tables(settings: MetaApiSettings) -> tuple[str, ...]:
    """Raw tables of insights that settings ask for."""
    return (INSIGHTS, *(_TABLES[one] for one in settings.breakdowns))


@dataclass(frozen=True)
class Insights:
    """Reads one table of insights of one account.

    Attributes:
        account: Whose.
        table: Raw table.
    """

    account: Account
    table: str

    def fetch(self) -> int:
        """Read the days that are due and lay them; return rows."""
        count = 0
        progress = Progress(self.account, self.table)
        ranges = chunks(progress.to_read(), self.account.settings.chunk_days)
        for place, chunk in enumerate(ranges, start=1):
            self.account.fetch.report(f"{self._what(chunk)} ({place} of {len(ranges)})")
            rows = pa.concat_tables(
                [table_of(self.table, [], fields=self._fields()), *self._read(chunk)],
                promote_options="default",
            )
            if self.table == INSIGHTS:
                check_spend(self.account, chunk, rows)
            self._lay(chunk, rows)
            progress.done(chunk)
            count += len(rows)
        return count

    def params(self, days: Days) -> dict[str, object]:
        """What is asked for some days."""
        breakdowns = list(_breakdowns(self.table))
        return {
            "level": "ad",
            "time_increment": 1,
            "time_range": {"since": str(days.first), "until": str(days.last)},
            "fields": self._fields(),
            # Without it Meta leaves out deleted ads, and what they cost.
            "filtering": [
                {
                    "field": "ad.effective_status",
                    "operator": "IN",
                    "value": list(self.account.settings.ad_statuses),
                }
            ],
            **({"breakdowns": breakdowns} if breakdowns else {}),
        }

    def _fields(self) -> list[str]:
        return list(dict.fromkeys([*_ALWAYS, *self.account.settings.fields.insights]))

    def _what(self, days: Days) -> str:
        return f"{self.table} of {self.account.path}, {days}"

    def _read(self, days: Days) -> Iterator[pa.Table]:
        """Read some days whole; in halves where Meta will not give them at once."""
        is_long = days.count > self.account.settings.async_from_days
        try:
            pages = list(self._pages(days, by_job=is_long))
        except TooMuchDataError as failure:
            self.account.fetch.report(f"{failure}; asking for less")
            if days.count > 1:
                for half in days.halves():
                    yield from self._read(half)
                return
            pages = self._day_by_other_means(days, by_job=not is_long)
        yield from pages

    def _day_by_other_means(self, day: Days, *, by_job: bool) -> list[pa.Table]:
        """A single day cannot be halved, but a job may manage what a page does not."""
        try:
            return list(self._pages(day, by_job=by_job))
        except TooMuchDataError as failure:
            raise SourceError(
                f"Meta does not give {self._what(day)}, not even alone: {failure}. Ask for fewer "
                "fields (sources.meta_api.fields.insights) or breakdowns"
            ) from None

    def _pages(self, days: Days, *, by_job: bool) -> Iterator[pa.Table]:
        graph, path = self.account.graph, f"{self.account.path}/insights"
        params = self.params(days)
        if by_job:
            timeout_seconds = self.account.settings.job_timeout_minutes * _SECONDS_PER_MINUTE
            path = run_job(graph, path, params, self._what(days), timeout_seconds)
            params = {}
        for page in graph.pages(path, params):
            # A column for each field, so that all pages and days look alike.
            yield table_of(self.table, page, fields=self._fields(), order=_GRAIN)

    def _lay(self, chunk: Days, rows: pa.Table) -> None:
        days = pa.array([str(day) for day in chunk])
        outside = pc.sum(pc.invert(pc.is_in(rows["date_start"], days))).as_py()
        if outside:
            raise SourceError(f"Meta gave {outside} rows that are not of {self._what(chunk)}")
        ordered = rows.sort_by([(name, "ascending") for name in table_named(self.table).key])
        workspace = self.account.fetch.workspace
        (folder(workspace, self.table, NAME) / self.account.number).mkdir(
            parents=True, exist_ok=True
        )
        for day in days.to_pylist():
            name = f"{self.account.number}/{day}"
            of_day = ordered.filter(pc.equal(ordered["date_start"], day))
            if len(of_day):
                lay(workspace, self.table, NAME, name, of_day)
            else:
                remove(workspace, self.table, NAME, name)


def _breakdowns(table: str) -> tuple[str, ...]:
    return tuple(name for name in table_named(table).key if name not in _GRAIN)
