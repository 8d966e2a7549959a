"""Whether the ads of a day cost what their account says: a gap stops, instead of being published.

Insights are asked for by the statuses of ads. An ad under a status that Meta has added since would
be left out without a word, and its spend with it.
"""

from collections.abc import Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from orchestration.sources.connector import SourceError
from orchestration.sources.meta_api.account import Account
from orchestration.sources.meta_api.days import Days
from orchestration.sources.meta_api.graph import Params

# Spend of an ad is rounded to cents, and some of it is corrected while it is read.
_ROUNDING = Decimal(1)
_SHOWN_DAYS = 3
_MONEY = pa.decimal128(38, 4)


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
        SourceError: If a day differs by more than the tolerance of settings.
    """
    of_ads = _by_day(rows)
    listed = account.graph.rows(f"{account.path}/insights", asked_of_account(days))
    of_account = {str(row["date_start"]): Decimal(str(row.get("spend") or 0)) for row in listed}
    share = Decimal(account.settings.spend_tolerance_percent) / 100
    over = [str(day) for day in days if day < account.today]
    different = [day for day in over if _differ(of_ads, of_account, day, share)]
    if different:
        shown = "; ".join(
            f"{day}: {of_ads.get(day, 0):.2f} of {of_account.get(day, 0):.2f}"
            for day in different[:_SHOWN_DAYS]
        )
        raise SourceError(
            f"the ads of {account.path} cost something else than the account on {len(different)} "
            f"days ({shown}). If Meta has a new status of ads, add it to "
            "sources.meta_api.ad_statuses; a difference that is right is allowed by "
            "sources.meta_api.spend_tolerance_percent"
        )


def _by_day(rows: pa.Table) -> dict[str, Decimal]:
    spend = pc.coalesce(rows["spend"], pa.scalar("0")).cast(_MONEY)
    found = (
        pa.table({"day": rows["date_start"], "spend": spend})
        .group_by("day")
        .aggregate([("spend", "sum")])
    )
    return dict(zip(found["day"].to_pylist(), found["spend_sum"].to_pylist(), strict=True))


def _differ(
    of_ads: Mapping[str, Decimal], of_account: Mapping[str, Decimal], day: str, share: Decimal
) -> bool:
    one, other = of_ads.get(day, Decimal(0)), of_account.get(day, Decimal(0))
    return abs(one - other) > max(_ROUNDING, other * share)
