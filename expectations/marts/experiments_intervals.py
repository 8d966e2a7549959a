"""What is expected of p values and intervals of experiments, in every table of results.

A row without a p value has no intervals either, and says why.
"""

from expectations.checks import Between, Check
from expectations.marts.ranges import ROUNDING, outside
from expectations.writing import no_rows_where

_PROBABILITIES = (
    "p_value",
    "adjusted_p_value",
    "always_valid_p_value",
    "srm_p_value",
    "cuped_p_value",
    "raw_p_value",
    "achieved_power",
)

# Estimates, and the ends of their intervals.
_INTERVALS = (
    ("difference", "difference_lower", "difference_upper"),
    ("difference", "fixed_lower", "fixed_upper"),
    ("difference", "always_valid_lower", "always_valid_upper"),
    ("lift", "lift_lower", "lift_upper"),
    ("cuped_difference", "cuped_lower", "cuped_upper"),
)

# There are as many of them as of p values.
_TESTED = (
    "adjusted_p_value",
    "always_valid_p_value",
    "interval_kind",
    "difference_lower",
    "difference_upper",
    "fixed_lower",
    "fixed_upper",
    "always_valid_lower",
    "always_valid_upper",
)

# There may be fewer of them.
_TESTED_BESIDE = ("lift_lower", "lift_upper", "cuped_p_value", "raw_p_value")

# Where arms are as large, the intervals by Student and by Newcombe are those of a normal
# distribution but for a few per cent, and always-valid ones are wider at any confidence level and
# tuning: by half at 0.95, by a sixth at 0.999999. Smaller arms may have it the other way round.
_FEWEST_TO_COMPARE = 100

_IS_LARGE = f"""
    least(control_units, treatment_units) >= {_FEWEST_TO_COMPARE}
    and (
        metric_kind <> 'proportion'
        or least(
            control_value * control_units,
            (1 - control_value) * control_units,
            treatment_value * treatment_units,
            (1 - treatment_value) * treatment_units
        ) >= {_FEWEST_TO_COMPARE}
    )
"""


def interval_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of p values and intervals, and of the level that both are of."""
    return (*_p_value_checks(table), *_interval_checks(table))


def _p_value_checks(table: str) -> tuple[Check, ...]:
    return (
        no_rows_where(
            table,
            name="probabilities_are_0_to_1",
            condition=" or ".join(outside(name, Between(0, 1)) for name in _PROBABILITIES),
            severity="refuse",
            meaning="A p value that is no probability decides wrongly, and such a power misleads.",
        ),
        no_rows_where(
            table,
            name="adjusted_p_value_is_not_lower",
            condition="adjusted_p_value < p_value",
            severity="refuse",
            meaning="Comparing more than once makes chance look more significant, not less.",
        ),
        no_rows_where(
            table,
            name="a_mismatch_is_tested",
            condition="has_srm is null or (has_srm and srm_p_value is null)",
            severity="refuse",
            meaning="Whether units are split as planned is told without a test.",
        ),
        no_rows_where(
            table,
            name="intervals_go_with_a_p_value",
            condition=" or ".join(
                [
                    *(f"(p_value is null) <> ({name} is null)" for name in _TESTED),
                    *(f"(p_value is null and {name} is not null)" for name in _TESTED_BESIDE),
                ]
            ),
            severity="refuse",
            meaning="What could not be tested has an interval, or what was has none.",
        ),
        no_rows_where(
            table,
            name="says_why_there_is_no_p_value",
            condition="p_value is null and coalesce(why_not, '') = ''",
            severity="refuse",
            meaning="A comparison that could not be made looks as if there was no difference.",
        ),
    )


def _interval_checks(table: str) -> tuple[Check, ...]:
    return (
        no_rows_where(
            table,
            name="intervals_hold_their_estimate",
            condition=" or ".join(_misses(*interval) for interval in _INTERVALS),
            severity="refuse",
            meaning="An interval is of something else than what stands beside it.",
        ),
        no_rows_where(
            table,
            name="interval_is_the_one_that_decided",
            condition=(
                " or ".join(
                    f"difference_{end} is distinct from case interval_kind "
                    f"when 'fixed_horizon' then fixed_{end} "
                    f"when 'always_valid' then always_valid_{end} end"
                    for end in ("lower", "upper")
                )
                + " or (interval_kind = 'fixed_horizon') "
                "<> coalesce(sample_size >= target_sample_size, false)"
            ),
            severity="refuse",
            meaning="An interval for one look is shown to those who look every day.",
        ),
        no_rows_where(
            table,
            name="always_valid_interval_is_wider",
            condition=(
                f"({_IS_LARGE}) and "
                "always_valid_upper - always_valid_lower < fixed_upper - fixed_lower"
            ),
            severity="refuse",
            meaning="An interval that may be looked at daily promises more than one look can.",
        ),
        no_rows_where(
            table,
            name="confidence_level_is_a_share",
            condition=(
                "confidence_level is null or not (confidence_level > 0 and confidence_level < 1)"
            ),
            severity="refuse",
            meaning="Intervals are of another level than they are said to be.",
        ),
    )


def _misses(estimate: str, lower: str, upper: str) -> str:
    """The condition that an interval does not hold its estimate; null misses nothing."""
    slack = f"{ROUNDING} * abs({estimate})"
    return (
        f"{lower} > {upper} or {lower} > {estimate} + {slack} or {upper} < {estimate} - {slack} "
        f"or not isfinite({lower}) or not isfinite({upper})"
    )
