"""Between what a number may lie that depends on what it is a number of.

Not of one table: scores are published by person and by type, and models by metric.
"""

from collections.abc import Mapping

from expectations.checks import Between

# Quotients of doubles: as far outside their range as sums of them may be.
ROUNDING = 1e-9

# Money has no upper end.
SCORE_RANGES: Mapping[str, Between] = {
    "engagement": Between(0, 100),
    "clv": Between(0),
    "clv_formula": Between(0),
    "churn_risk": Between(0, 100),
    "churn_probability": Between(0, 1),
    "nps": Between(0, 10),
}


def outside(value: str, expected: Between) -> str:
    """Return the condition that a number lies outside a range; null does not.

    Neither infinity nor what is no number (NaN) is in any range.

    Example:
        >>> outside("share", Between(0, 1))
        'share < 0 or share > 1'
        >>> outside("clv", Between(0))
        'clv < 0 or not isfinite(clv)'
    """
    # DuckDB holds NaN for greater than any other number.
    if expected.maximum is not None:
        upper = f"{value} > {expected.maximum:g}"
    else:
        upper = f"not isfinite({value})"
    return f"{value} < {expected.minimum:g} or {upper}"


def outside_by_kind(kind: str, value: str, ranges: Mapping[str, Between]) -> str:
    """Return the condition that a number lies outside the range of its kind.

    Example:
        >>> outside_by_kind("metric", "value", {"auc": Between(0, 1)})
        "case metric when 'auc' then value < 0 or value > 1 else false end"
    """
    cases = " ".join(
        f"when '{name}' then {outside(value, expected)}" for name, expected in ranges.items()
    )
    return f"case {kind} {cases} else false end"
