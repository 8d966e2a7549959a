"""What is expected of every table of results of experiments that says what is to be done.

How many days or units a winner needs is the workspace's to set, and not repeated here.
"""

from expectations.checks import Check
from expectations.writing import no_rows_where

_ALPHA = "(1 - confidence_level)"
_EXCLUDES_ZERO = "(difference_lower > 0 or difference_upper < 0)"
_IS_BELOW = f"({_EXCLUDES_ZERO} and adjusted_p_value < {_ALPHA})"

# Before the target sample is reached, the p value that holds on every day has to be low as well,
# and after Holm's correction, which is not published: it can only forbid.
_HOLDS = f"(interval_kind = 'fixed_horizon' or always_valid_p_value < {_ALPHA})"


def verdict_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of significance, winners and recommendations."""
    return (
        no_rows_where(
            table,
            name="is_significant_if_chance_is_excluded",
            condition=(
                "is_significant is null "
                f"or (is_significant and not coalesce({_IS_BELOW} and {_HOLDS}, false)) "
                f"or (not is_significant and interval_kind = 'fixed_horizon' and {_IS_BELOW})"
            ),
            severity="refuse",
            meaning="What may be chance is called significant, or what is not chance is not.",
        ),
        no_rows_where(
            table,
            name="only_a_sound_experiment_has_a_winner",
            condition=(
                "winner is not null and (metric_role <> 'primary' or has_srm "
                "or coalesce(days_running, 0) < 1 or (winner = variant and not is_significant))"
            ),
            severity="refuse",
            meaning="A variant is named the winner that has not won, or that nothing can be "
            "concluded of.",
        ),
        # A variant that could not be tested says why beside the winner that another one is.
        no_rows_where(
            table,
            name="has_a_winner_or_says_why_not",
            condition=(
                "metric_role = 'primary' and ((winner is null and coalesce(why_not, '') = '') "
                "or (winner is not null and why_not is not null and p_value is not null))"
            ),
            severity="refuse",
            meaning="Nobody can tell whether the experiment is decided, or what is missing.",
        ),
        no_rows_where(
            table,
            name="recommends_in_a_sentence",
            condition=(
                "coalesce(recommendation, '') = '' "
                r"or regexp_matches(recommendation, '[-+]nan\b')"
            ),
            severity="warn",
            meaning="What to do is not said, or with numbers that there are none of.",
        ),
    )
