"""Whether the ads of a day cost what their account did: a gap stops, instead of being published.

Insights are asked for by the statuses of ads. An ad under a status that Meta has added since would
be left out without a word, and its spend with it.
"""

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.sources.connector import SourceError, SourceRefusedError
from orchestration.sources.meta_api.account import INSIGHTS, Account
from orchestration.sources.meta_api.days import Days
from orchestration.sources.meta_api.graph import Params
from orchestration.sources.meta_api.rows import table_of

# Spend of an ad is rounded to cents, and some of it is corrected while it is read.
_ROUNDING = Decimal(1)
_SHOWN_DAYS = 3
_MONEY = pa.decimal128(38, 4)

SpendByDay = dict[str, Decimal]


def asked_of_account(days: Days) -> Params:
    """Parameters of what an account spent by day, whatever the status of its ads."""
    return {
        "level": "account",
        "time_increment": 1,
        "time_range": {"since": str(days.first), "until": str(days.last)},
        "fields": ["spend"],
    }


def check_spend(account: Account, days: Days, rows: pa.Table) -> None:
    """Compare spend by day; the account's own day, which is not over, is left out.

    Args:
        account: Whose insights they are.
        days: Days that were read.
        rows: Insights of its ads on these days, with `date_start` and `spend` as text.

    Raises:
        SourceError: If a day's ads lack more of the account's spend than settings allow.
    """
    try:
        of_account = _by_day(_read(account, days))
    except SourceRefusedError as refusal:
        # Whoever may read ads may read this; what else is wrong stops the calls that follow.
        account.fetch.warn(INSIGHTS, len(rows), f"spend not compared with the account's: {refusal}")
        return
    of_ads = _by_day(rows)
    share = Decimal(account.settings.spend_tolerance_percent) / 100
    lacking = {
        day: spend
        for day, spend in of_account.items()
        if day < str(account.today)
        and spend - of_ads.get(day, Decimal(0)) > max(_ROUNDING, spend * share)
    }
    if lacking:
        shown = "; ".join(
            f"{day}: {of_ads.get(day, 0):.2f} of {spend:.2f}"
            for day, spend in sorted(lacking.items())[:_SHOWN_DAYS]
        )
        raise SourceError(
            f"the ads of {account.path} cost less than the account on {len(lacking)} days "
            f"({shown}). If Meta has a new status of ads, add it to "
            "sources.meta_api.ad_statuses; a difference that is right is allowed by "
            "sources.meta_api.spend_tolerance_percent"
        )


def _read(account: Account, days: Days) -> pa.Table:
    listed = account.graph.rows(f"{account.path}/insights", asked_of_account(days))
    return table_of(INSIGHTS, listed, order=("date_start",))


def _by_day(rows: pa.Table) -> SpendByDay:
    spend = pc.coalesce(rows["spend"], pa.scalar("0")).cast(_MONEY)
    by_day = pa.table({"day": rows["date_start"], "spend": spend}).group_by("day")
    found = by_day.aggregate([("spend", "sum")])
    return dict(zip(found["day"].to_pylist(), found["spend_sum"].to_pylist(), strict=True))
