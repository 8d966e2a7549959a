"""What every landed table must meet, derived from its contract.

Loading already quarantines most of what is looked for here. These checks are what shows that
it did, and nothing is built on a table that fails one that refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from expectations.checks import NONE, Between, Check
from expectations.writing import key_is_never_null, key_is_unique, no_rows_where
from orchestration.ingestion.contract import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from orchestration.ingestion.contract import Table

HAS_ROWS = "has_rows"

# One bad row of three is a bad row; a share says something of a table only from here on.
ROWS_A_SHARE_NEEDS = 100


@dataclass(frozen=True)
class LandingLimits:
    """What a run allows of its landed tables.

    Attributes:
        future_limit: The last moment an event may have happened (UTC): five minutes past the
            end of the run's `as_of` day.
        max_quarantined_share: Share of a table's landed rows that may be in quarantine.
    """

    future_limit: datetime
    max_quarantined_share: float

    @property
    def future_literal(self) -> str:
        """`future_limit` in SQL: raw timestamps are in UTC, without saying so."""
        moment = self.future_limit
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC).replace(tzinfo=None)
        return f"timestamp '{moment.isoformat(sep=' ')}'"


@dataclass(frozen=True)
class LandedTable:
    """A landed table and what this run's load did to it.

    Attributes:
        contract: What the table should look like.
        rows_read: Rows this run read.
        rows_accepted: Of these, rows that went into the table.
        rows_duplicate: Of these, rows that lost against another of the same key.
        rows_quarantined: Of these, rows that were refused.
        required: Whether the workspace cannot do without rows of this table.
        rows_in_quarantine: Rows in quarantine from all the files the table stands on. A run
            that reads nothing new would otherwise forget that most of the table was refused,
            and a day of three rows would be judged by those three. Without it the share is
            taken of what this run read.
    """

    contract: Table
    rows_read: int
    rows_accepted: int
    rows_duplicate: int
    rows_quarantined: int
    required: bool = False
    rows_in_quarantine: int | None = None


def common_checks(table: LandedTable, limits: LandingLimits) -> tuple[Check, ...]:
    """Return what is expected of any landed table."""
    contract = table.contract
    name = contract.full_name
    return (
        *_presence(table),
        key_is_never_null(name, contract.key),
        key_is_unique(name, contract.key),
        *_times(contract, limits),
        *_amounts(contract),
        *_currencies(contract),
        *_json(contract),
        _quarantined_share(table, limits),
        *_accounting(table),
    )


def _presence(table: LandedTable) -> tuple[Check, ...]:
    """A table may be empty, unless the workspace says that it cannot do without it."""
    if not table.required:
        return ()
    return (
        Check(
            name=HAS_ROWS,
            table=table.contract.full_name,
            measure="count(*)",
            expected=Between(minimum=1),
            severity="refuse",
            meaning="A required table without rows would publish a shop where nothing happened.",
        ),
    )


def _times(contract: Table, limits: LandingLimits) -> tuple[Check, ...]:
    if contract.happened_at is None:
        return ()
    return (
        no_rows_where(
            contract.full_name,
            name="nothing_happens_in_the_future",
            condition=f'"{contract.happened_at}" > {limits.future_literal}',
            severity="refuse",
            meaning="A row later than the run's day changes every 'last n days' it is in.",
        ),
    )


def _amounts(contract: Table) -> tuple[Check, ...]:
    return tuple(
        no_rows_where(
            contract.full_name,
            name=f"{column}_is_not_negative",
            condition=f'"{column}" < 0',
            severity="refuse",
            meaning=f"A negative {column} lowers sums that can only grow.",
        )
        for column in contract.non_negative
    )


def _currencies(contract: Table) -> tuple[Check, ...]:
    # A warning: no rate exists for such a code, so the row's value becomes null, not wrong.
    return tuple(
        no_rows_where(
            contract.full_name,
            name=f"{column}_is_a_currency_code",
            condition=f"not regexp_full_match(\"{column}\", '[A-Z]{{3}}')",
            severity="warn",
            meaning="An amount in an unknown currency cannot be converted and stays without value.",
        )
        for column in _columns_of(contract, Kind.CURRENCY)
    )


def _json(contract: Table) -> tuple[Check, ...]:
    return tuple(
        no_rows_where(
            contract.full_name,
            name=f"{column}_is_valid_json",
            condition=f'not json_valid("{column}")',
            severity="warn",
            meaning=f"Conditions on fields within {column} cannot be decided for these rows.",
        )
        for column in _columns_of(contract, Kind.JSON)
    )


def _columns_of(contract: Table, kind: Kind) -> list[str]:
    return [name for name, its_kind in contract.columns.items() if its_kind is kind]


def _quarantined_share(table: LandedTable, limits: LandingLimits) -> Check:
    if table.rows_in_quarantine is None:
        refused, landed = str(table.rows_quarantined), str(table.rows_read)
    else:
        refused = str(table.rows_in_quarantine)
        landed = f"(count(*) + {refused})"
    measure = f"case when {landed} >= {ROWS_A_SHARE_NEEDS} then {refused} / {landed} else 0 end"
    return Check(
        name="quarantined_share_is_small",
        table=table.contract.full_name,
        measure=measure,
        expected=Between(0, limits.max_quarantined_share),
        severity="refuse",
        meaning="So much of the table was refused that what is left does not stand for it.",
    )


def _accounting(table: LandedTable) -> tuple[Check, Check]:
    name = table.contract.full_name
    accounted = table.rows_accepted + table.rows_duplicate + table.rows_quarantined
    return (
        Check(
            name="every_row_read_is_accounted_for",
            table=name,
            measure=str(table.rows_read - accounted),
            expected=NONE,
            severity="refuse",
            meaning="Rows were read that are neither accepted, duplicate nor in quarantine.",
        ),
        Check(
            name="accepted_rows_are_stored",
            table=name,
            measure=f"greatest({table.rows_accepted} - count(*), 0)",
            expected=NONE,
            severity="refuse",
            meaning="The table has fewer rows than this run alone accepted: some were lost.",
        ),
    )
