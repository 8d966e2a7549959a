"""What is expected of every table that says how right forecasts were."""

from expectations.checks import Between, Check
from expectations.marts.names import BASELINE_METHOD, FORECAST_PERIODS
from expectations.marts.ranges import outside
from expectations.writing import key_is_never_null, no_rows_where, text_list

_COVERAGES = ("coverage_50", "coverage_80", "coverage_95")
_ERRORS = ("wape", "wape_of_baseline")
_SIGNED_ERRORS = ("total_error", "bias")


def score_checks(table: str, evidence: str) -> tuple[Check, ...]:
    """Return what holds of errors and coverages.

    Args:
        table: The table.
        evidence: Where all of its forecasts are from: rolling_origin or published.
    """
    return (
        key_is_never_null(table, ("as_of", "series", "method", "horizon")),
        no_rows_where(
            table,
            name="says_what_was_scored",
            condition=(
                f"evidence is distinct from '{evidence}' "
                f"or period is null or period not in {text_list(FORECAST_PERIODS)} "
                "or (period = 'total') <> starts_with(horizon, 'total_') or is_used is null "
                f"or is_baseline is distinct from (method = '{BASELINE_METHOD}')"
            ),
            severity="refuse",
            meaning="Errors of one kind of forecast are taken for those of another.",
        ),
        no_rows_where(
            table,
            name="scores_are_counted",
            condition="origins is null or origins < 1 or days is null or days < origins",
            severity="refuse",
            meaning="Errors are of no forecast, or of fewer than were made.",
        ),
        no_rows_where(
            table,
            name="errors_are_in_their_range",
            condition=" or ".join(
                [
                    *(outside(name, Between(0)) for name in _ERRORS),
                    *(f"not isfinite({name})" for name in _SIGNED_ERRORS),
                ]
            ),
            severity="refuse",
            meaning="Forecasts look more right than exactly right, or an error is no number.",
        ),
        no_rows_where(
            table,
            name="coverage_is_a_share",
            condition=" or ".join(outside(name, Between(0, 1)) for name in _COVERAGES),
            severity="refuse",
            meaning="Intervals held more than all that came, or less than nothing.",
        ),
        no_rows_where(
            table,
            name="only_what_has_come_is_scored",
            condition=(
                "evaluated_from is null or evaluated_to is null "
                "or evaluated_from > evaluated_to or evaluated_to > as_of"
            ),
            severity="refuse",
            meaning="Forecasts are held against days that are not over.",
        ),
    )
