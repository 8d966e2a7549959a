"""Campaigns, ad sets, ads and creatives: one file per account, which only ever gains rows.

Meta's lists leave out what was deleted, but what was deleted did cost something. A row that was
laid before therefore stays when its object is gone from the list, and objects that only insights
still name are asked for by their number, which Meta answers even for deleted ones.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow.parquet as pq

from orchestration.sources.landed_files import folder, lay, read_state, write_state
from orchestration.sources.meta_api.account import NAME, Account
from orchestration.sources.meta_api.faults import MissingPermissionError, NotThereError
from orchestration.sources.meta_api.graph import Params, Row
from orchestration.sources.meta_api.rows import (
    creative_id_of,
    rows_of,
    table_of,
)
from orchestration.workspace.source_settings.meta_api import MetaApiSettings

# What the Graph API answers to at once.
_IDS_AT_ONCE = 50
_DELETED = "DELETED"


class Kind(NamedTuple):
    """A kind of object.

    Attributes:
        table: Raw table.
        edge: Of an account, whose list it is.
        statuses: Effective statuses to list; without them Meta leaves out archived ones. Deleted
            ones cannot be listed.
        always: Fields that are asked for whatever settings say.
    """

    table: str
    edge: str
    statuses: tuple[str, ...]
    always: tuple[str, ...]


_COMMON = ("ACTIVE", "ARCHIVED", "IN_PROCESS", "PAUSED", "WITH_ISSUES")
_AD_STATUSES = (
    *(*_COMMON, "ADSET_PAUSED", "CAMPAIGN_PAUSED", "DISAPPROVED"),
    *("PENDING_BILLING_INFO", "PENDING_REVIEW", "PREAPPROVED"),
)

CAMPAIGNS = Kind("meta_ads.campaigns", "campaigns", _COMMON, ("id", "effective_status"))
ADSETS = Kind(
    "meta_ads.adsets",
    "adsets",
    (*_COMMON, "CAMPAIGN_PAUSED"),
    ("id", "campaign_id", "effective_status"),
)
ADS = Kind(
    "meta_ads.ads",
    "ads",
    _AD_STATUSES,
    ("id", "adset_id", "campaign_id", "creative", "effective_status"),
)
CREATIVES = Kind("meta_ads.creatives", "adcreatives", (), ("id",))
KINDS = (CAMPAIGNS, ADSETS, ADS, CREATIVES)


def listing(kind: Kind, settings: MetaApiSettings) -> Params:
    """Parameters of the list of a kind of object."""
    statuses = {"effective_status": list(kind.statuses)} if kind.statuses else {}
    return {"fields": _fields(kind, settings), **statuses}


def fetch_objects(account: Account, kind: Kind, named: Iterable[str]) -> list[Row]:
    """Read all objects of a kind and lay them.

    Args:
        account: Whose.
        kind: What is read.
        named: Numbers that insights or other objects name.

    Returns:
        All rows of the account's file, those of objects that are gone included.
    """
    account.fetch.report(f"{kind.table} of {account.path}")
    params = listing(kind, account.settings)
    listed = account.graph.rows(f"{account.path}/{kind.edge}", params)
    before = _laid_before(account, kind)
    missing = _missing(account, kind, {str(row["id"]) for row in listed}, before, set(named))
    looked_up = _looked_up(account, kind, missing)
    new = (creative_id_of(row) for row in [*looked_up, *listed])
    rows = list({**before, **{row["id"]: row for row in new}}.values())
    if rows:
        fields = {name for name in _fields(kind, account.settings) if name != "creative"}
        laid = table_of(kind.table, rows, fields=fields)
        lay(account.fetch.workspace, kind.table, NAME, account.number, laid)
    _remember_absent(account, kind, set(missing) - {str(row["id"]) for row in looked_up})
    return rows


def _missing(
    account: Account, kind: Kind, listed: set[str], before: Mapping[str, Row], named: set[str]
) -> list[str]:
    """Numbers that the list lacks and that are worth asking for one by one."""
    deleted = {key for key, row in before.items() if row.get("effective_status") == _DELETED}
    absent = set() if account.fetch.everything else _absent(account, kind)
    return sorted((set(before) | named) - listed - deleted - absent)


def _absent(account: Account, kind: Kind) -> set[str]:
    """Numbers that were asked for before and that Meta knows nothing of."""
    state = read_state(account.fetch.workspace, NAME)
    return set(state.get("absent", {}).get(f"{account.number}/{kind.table}", []))


def _remember_absent(account: Account, kind: Kind, absent: set[str]) -> None:
    if not absent:
        return
    state = read_state(account.fetch.workspace, NAME)
    known = state.setdefault("absent", {})
    known[f"{account.number}/{kind.table}"] = sorted(_absent(account, kind) | absent)
    write_state(account.fetch.workspace, NAME, state)


def _fields(kind: Kind, settings: MetaApiSettings) -> list[str]:
    name = kind.table.rpartition(".")[2]
    return list(dict.fromkeys([*kind.always, *getattr(settings.fields, name)]))


def _laid_before(account: Account, kind: Kind) -> dict[str, Row]:
    file = folder(account.fetch.workspace, kind.table, NAME) / f"{account.number}.parquet"
    return {row["id"]: row for row in rows_of(pq.read_table(file))} if file.exists() else {}


def _looked_up(account: Account, kind: Kind, numbers: list[str]) -> list[Row]:
    starts = range(0, len(numbers), _IDS_AT_ONCE)
    parts = (numbers[start : start + _IDS_AT_ONCE] for start in starts)
    return [row for part in parts for row in _by_number(account, kind, part)]


def _by_number(account: Account, kind: Kind, numbers: list[str]) -> list[Row]:
    """Read objects by their numbers; one that is not there at all fails its whole request."""
    fields = _fields(kind, account.settings)
    try:
        answer = account.graph.read("/", {"ids": numbers, "fields": fields})
    except (NotThereError, MissingPermissionError):
        if len(numbers) == 1:
            return []
        middle = len(numbers) // 2
        return [
            *_by_number(account, kind, numbers[:middle]),
            *_by_number(account, kind, numbers[middle:]),
        ]
    return [answer[number] for number in numbers if number in answer]
