"""What is expected of every mart that tells what campaigns cost and brought.

Not of one table: what only one of them has is in its own module.
"""

from collections.abc import Sequence

from expectations.checks import Check
from expectations.marts.ranges import ROUNDING
from expectations.writing import no_rows_where

# A ratio, and the columns or expressions it is one of: name, numerator, denominator.
Ratio = tuple[str, str, str]

CTR: Ratio = ("ctr", "clicks", "impressions")
CPC: Ratio = ("cpc", "nullif(spend, 0)", "clicks")
ROAS: Ratio = ("roas", "revenue", "spend")
CAC: Ratio = ("cac", "nullif(spend, 0)", "new_customers")
SESSION_RATE: Ratio = ("conversion_rate", "converting_sessions", "sessions")


def amounts_are_not_negative(table: str, columns: Sequence[str]) -> Check:
    """Return the check that what is counted or spent is 0 or more, null where unknown."""
    return no_rows_where(
        table,
        name="amounts_are_not_negative",
        # Credits are sums of doubles that should make whole numbers.
        condition=" or ".join(
            f"{column} < -{ROUNDING} or not isfinite({column})" for column in columns
        ),
        severity="refuse",
        meaning="Something is counted too low, and everything added up from it.",
    )


def ratios_are_of_their_sums(table: str, ratios: Sequence[Ratio]) -> Check:
    """Return the check that ratios are those of the row's sums, and null without a denominator."""
    return no_rows_where(
        table,
        name="ratios_are_of_their_sums",
        condition=" or ".join(_differs(*ratio) for ratio in ratios),
        severity="refuse",
        meaning="A ratio is not that of the figures beside it, or there is one of nothing.",
    )


def _differs(ratio: str, numerator: str, denominator: str) -> str:
    return (
        f"({ratio} is null) <> ({numerator} is null or coalesce({denominator}, 0) = 0) "
        f"or abs({ratio} * {denominator} - {numerator}) "
        f"> {ROUNDING} * greatest(1, abs({numerator}))"
    )
