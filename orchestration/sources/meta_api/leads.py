"""Leads of instant forms, ad by ad: there is no list of an account's leads.

Only ads that delivered in the days that are due are asked, and of them those whose campaign is for
leads or that had an action called a lead. Meta keeps leads for 90 days, so a lead once laid stays.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

import pyarrow.parquet as pq

from orchestration.sources.connector import SourceError
from orchestration.sources.landed_files import folder, lay, read_state, write_state
from orchestration.sources.meta_api.account import NAME, Account
from orchestration.sources.meta_api.faults import NotThereError
from orchestration.sources.meta_api.graph import Params, Row
from orchestration.sources.meta_api.rows import rows_of, table_of
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

TABLE = "meta_ads.leads"

_OBJECTIVES = frozenset({"LEAD_GENERATION", "OUTCOME_LEADS"})
# As long as Meta keeps them.
_LIFE_DAYS = 90
_ALWAYS = ("id", "created_time", "ad_id", "campaign_id", "form_id")


def lead_ads(campaigns: Iterable[Row], delivered: Iterable[Row]) -> list[str]:
    """Numbers of the ads that may have leads.

    Args:
        campaigns: Rows of the account's campaigns.
        delivered: Rows of insights, with `ad_id`, `campaign_id` and `actions`.
    """
    for_leads = {row["id"] for row in campaigns if row.get("objective") in _OBJECTIVES}
    return sorted(
        {row["ad_id"] for row in delivered if row["campaign_id"] in for_leads or _has_lead(row)}
    )


def asked_of_ad(settings: MetaApiSettings, first: date) -> Params:
    """Parameters of the leads of an ad, from a day on."""
    # A day before, because the day is the account's and the moment is UTC.
    since = datetime.combine(first - timedelta(days=1), time.min, UTC)
    created = {
        "field": "time_created",
        "operator": "GREATER_THAN",
        "value": int(since.timestamp()),
    }
    fields = list(dict.fromkeys([*_ALWAYS, *settings.fields.leads]))
    return {"fields": fields, "filtering": [created]}


def without_answers(row: Row) -> Row:
    """A lead to show somebody: what was asked, not what a person answered.

    Example:
        >>> without_answers({"id": "1", "field_data": [{"name": "email", "values": ["a@b.c"]}]})
        {'id': '1', 'field_data': ['email']}
    """
    answers = row.get("field_data")
    names = [one.get("name") for one in answers] if isinstance(answers, list) else None
    return {**row, "field_data": names}


def fetch_leads(account: Account, campaigns: Iterable[Row]) -> int:
    """Read the leads that are due and lay them by the day they came; return rows."""
    first = _first_day(account)
    delivered = account.named_by_insights(["ad_id", "campaign_id", "actions"], first)
    ads = lead_ads(campaigns, delivered)
    rows: list[Row] = []
    for place, ad in enumerate(ads, start=1):
        account.fetch.report(f"{TABLE} of {account.path}: ad {ad} ({place} of {len(ads)})")
        try:
            rows += account.graph.rows(f"{ad}/leads", asked_of_ad(account.settings, first))
        except NotThereError as gone:
            # An ad deleted since; what it brought before stays.
            account.fetch.report(f"{TABLE} of {account.path}: none of ad {ad}: {gone}")
    for day, of_day in groupby(sorted(rows, key=_day), key=_day):
        _lay(account, f"{account.number}/{day}", list(of_day))
    _remember(account, first)
    return len(rows)


def _first_day(account: Account) -> date:
    """The first day whose leads are read: asked for, or after the last run and what it missed."""
    fetch, today = account.fetch, account.today
    oldest = max(account.settings.first_day or date.min, today - timedelta(days=_LIFE_DAYS))
    if fetch.first:
        return max(oldest, fetch.first)
    read_until = read_state(fetch.workspace, NAME).get("leads", {}).get(account.number)
    if fetch.everything or not read_until:
        return oldest
    changing = today - timedelta(days=account.settings.reread_days - 1)
    return max(oldest, min(changing, date.fromisoformat(read_until)))


def _remember(account: Account, first: date) -> None:
    """Note up to when leads were read, unless days before `first` are still to be read."""
    state = read_state(account.fetch.workspace, NAME)
    read_until = state.setdefault("leads", {})
    is_whole = not account.fetch.first or str(first) <= read_until.get(account.number, "")
    if is_whole:
        read_until[account.number] = str(account.today)
        write_state(account.fetch.workspace, NAME, state)


def _lay(account: Account, name: str, new: list[Row]) -> None:
    file = folder(account.fetch.workspace, TABLE, NAME) / f"{name}.parquet"
    before = rows_of(pq.read_table(file)) if file.exists() else []
    rows = {row["id"]: row for row in [*before, *new]}
    table = table_of(TABLE, list(rows.values()), fields=account.settings.fields.leads)
    lay(account.fetch.workspace, TABLE, NAME, name, table)


def _day(row: Row) -> str:
    day = str(row.get("created_time"))[: len("2026-01-01")]
    try:
        return str(date.fromisoformat(day))
    except ValueError:
        raise SourceError(f"Meta gave the lead {row.get('id')} no time: {day!r}") from None


def _has_lead(row: Row) -> bool:
    actions = json.loads(row["actions"] or "[]")
    return any("lead" in str(action.get("action_type")) for action in actions)
