"""The connector: accounts one after the other, insights first, then what they name."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from orchestration.sources.connector import Fetch, Probe
from orchestration.sources.meta_api import insights, leads
from orchestration.sources.meta_api.account import NAME, Account
from orchestration.sources.meta_api.days import Days
from orchestration.sources.meta_api.graph import Graph, Row
from orchestration.sources.meta_api.insights import Insights
from orchestration.sources.meta_api.objects import (
    ADS,
    ADSETS,
    CAMPAIGNS,
    CREATIVES,
    KINDS,
    fetch_objects,
    listing,
)
from orchestration.sources.meta_api.rows import creative_id_of
from orchestration.sources.meta_api.session import Patience
from orchestration.sources.secrets import secret
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

_PROBED_ROWS = 3


class MetaApi:
    """Ad accounts at Meta.

    Attributes:
        name: As in `sources:` of `adplan.yaml`.
        is_required: Whether a run fails when it cannot be read.
        tables: Raw tables it lays files for.
    """

    def __init__(
        self, settings: MetaApiSettings, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Set it up; `sleep` is what waits, which tests do not."""
        self.name = NAME
        self.is_required = settings.required
        of_leads = (leads.TABLE,) if settings.leads else ()
        of_objects = (kind.table for kind in KINDS)
        self.tables: tuple[str, ...] = (*of_objects, *insights.tables(settings), *of_leads)
        self._settings = settings
        self._sleep = sleep

    def fetch(self, fetch: Fetch) -> Mapping[str, int]:
        """Read every account and lay what is new; see `Connector.fetch`."""
        graph = self._graph(fetch)
        rows = dict.fromkeys(self.tables, 0)
        for number in self._settings.accounts:
            for table, count in _fetched(self._account(graph, fetch, number)):
                rows[table] += count
        return rows

    def probe(self, fetch: Fetch) -> list[Probe]:
        """Look at the first rows of every table; see `Connector.probe`."""
        graph = self._graph(fetch)
        probes: dict[str, Probe] = {}
        for number in self._settings.accounts:
            for probe in _probed(self._account(graph, fetch, number)):
                probes[probe.table] = _more_of(probes.get(probe.table), probe)
        return list(probes.values())

    def _graph(self, fetch: Fetch) -> Graph:
        token = secret(
            fetch.environment,
            self._settings.token_variable,
            "an access token for Meta's Marketing API with ads_read",
        )
        return Graph(self._settings, token, Patience(fetch.report, self._sleep))

    def _account(self, graph: Graph, fetch: Fetch, number: str) -> Account:
        return Account.opened(graph, self._settings, fetch, number)


def _fetched(account: Account) -> Iterator[tuple[str, int]]:
    """Read what is due of an account; tables with their rows."""
    for table in insights.tables(account.settings):
        yield table, Insights(account, table).fetch()
    named = account.named_by_insights(["campaign_id", "adset_id", "ad_id"])
    campaigns = fetch_objects(account, CAMPAIGNS, _column(named, "campaign_id"))
    yield CAMPAIGNS.table, len(campaigns)
    yield ADSETS.table, len(fetch_objects(account, ADSETS, _column(named, "adset_id")))
    ads = fetch_objects(account, ADS, _column(named, "ad_id"))
    yield ADS.table, len(ads)
    yield CREATIVES.table, len(fetch_objects(account, CREATIVES, _column(ads, "creative_id")))
    if account.settings.leads:
        yield leads.TABLE, leads.fetch_leads(account, campaigns)


def _probed(account: Account) -> Iterator[Probe]:
    """Look at the first rows of each of an account's tables."""
    graph, settings = account.graph, account.settings
    for kind in KINDS:
        path = f"{account.path}/{kind.edge}"
        listed = graph.first_rows(path, listing(kind, settings), _PROBED_ROWS)
        rows = [creative_id_of(row) for row in listed]
        yield _probe(kind.table, rows, "updated_time")
    days = Days(account.today - timedelta(days=settings.reread_days - 1), account.today)
    delivered: list[Row] = []
    for table in insights.tables(settings):
        asked = {**Insights(account, table).params(days), "sort": ["date_start_descending"]}
        rows = graph.first_rows(f"{account.path}/insights", asked, _PROBED_ROWS)
        delivered = delivered or rows
        yield _probe(table, rows, "date_start")
    if settings.leads:
        ads = _column(delivered, "ad_id")[:1]
        of_ad = leads.asked_of_ad(settings, days.first)
        found = [graph.first_rows(f"{ad}/leads", of_ad, _PROBED_ROWS) for ad in ads]
        shown = [leads.without_answers(row) for rows in found for row in rows]
        yield _probe(leads.TABLE, shown, "created_time")


def _column(rows: list[Row], name: str) -> list[str]:
    return list(dict.fromkeys(str(row[name]) for row in rows if row.get(name)))


def _probe(table: str, rows: list[Row], clock: str) -> Probe:
    moments = [found for row in rows if (found := _moment(row.get(clock)))]
    return Probe(table, tuple(rows), max(moments, default=None))


def _more_of(one: Probe | None, other: Probe) -> Probe:
    """What two accounts have of a table."""
    if one is None:
        return other
    newest = [moment for moment in (one.newest_at, other.newest_at) if moment]
    return Probe(one.table, (*one.rows, *other.rows)[:_PROBED_ROWS], max(newest, default=None))


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
