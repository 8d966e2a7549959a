"""What is expected of `finance.fx_rates`."""

from expectations.writing import no_rows_where

TABLE = "finance.fx_rates"

CHECKS = (
    no_rows_where(
        TABLE,
        name="rate_is_positive",
        condition="rate <= 0",
        severity="refuse",
        meaning="Money converted at such a rate vanishes or changes its sign.",
    ),
    no_rows_where(
        TABLE,
        name="rate_is_known",
        condition="rate is null",
        severity="warn",
        meaning="Amounts of the day are converted at an earlier rate or stay without value.",
    ),
    no_rows_where(
        TABLE,
        name="a_currency_is_worth_itself",
        condition="from_currency = to_currency and rate <> 1",
        severity="warn",
        meaning="The file may have its columns mixed up; such a rate is never used.",
    ),
)
