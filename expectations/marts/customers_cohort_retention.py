"""What is expected of `customers.cohort_retention`."""

from expectations.marts.names import CHANNELS, EVERYBODY, UNATTRIBUTED
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.cohort_retention"

_CHANNELS = (*CHANNELS, UNATTRIBUTED, EVERYBODY)

# Rates and what they are rates of: the numerator, and the denominator where there is none at 0.
_RATES = (
    ("retention_in_period", "ordered_in_period", "eligible_buyers"),
    ("retention_within", "ordered_within", "eligible_buyers"),
    ("retention_on_or_after", "ordered_on_or_after", "eligible_buyers"),
    ("repeat_purchase_rate", "repeat_buyers", "buyers"),
)


def _differs(rate: str, numerator: str, denominator: str) -> str:
    return (
        f"({rate} is null) <> ({denominator} = 0) "
        f"or abs({rate} * {denominator} - {numerator}) > {ROUNDING} * {denominator}"
    )


CHECKS = (
    key_is_never_null(TABLE, ("cohort_month", "acquisition_channel", "period_days")),
    no_rows_where(
        TABLE,
        name="channel_is_known",
        condition=f"acquisition_channel not in {text_list(_CHANNELS)}",
        severity="refuse",
        meaning="Buyers were brought by a channel that has no cost and no place in reports.",
    ),
    no_rows_where(
        TABLE,
        name="eligible_are_some_of_the_buyers",
        condition=(
            "buyers is null or buyers < 1 or eligible_buyers is null "
            "or eligible_buyers < 0 or eligible_buyers > buyers"
        ),
        severity="refuse",
        meaning="Rates are of people who are not in the cohort.",
    ),
    no_rows_where(
        TABLE,
        name="who_came_back_is_eligible",
        condition=(
            "ordered_in_period < 0 or ordered_in_period > ordered_within "
            "or ordered_within > eligible_buyers "
            "or ordered_on_or_after < 0 or ordered_on_or_after > eligible_buyers "
            "or repeat_buyers < 0 or repeat_buyers > buyers"
        ),
        severity="refuse",
        meaning="More came back than could, or fewer within the whole time than in part of it.",
    ),
    no_rows_where(
        TABLE,
        name="rates_are_of_those_who_could",
        condition=" or ".join(_differs(*rate) for rate in _RATES),
        severity="refuse",
        meaning="A rate is not what came back by who could, or is told of nobody.",
    ),
    no_rows_where(
        TABLE,
        name="ltv_is_revenue_by_eligible_buyers",
        condition=(
            "(revenue is not null and eligible_buyers = 0) or (ltv is null) <> (revenue is null) "
            f"or abs(ltv * eligible_buyers - revenue) > {ROUNDING} * greatest(1, abs(revenue))"
        ),
        severity="refuse",
        meaning="What a customer is worth over time is not what customers paid.",
    ),
    no_rows_where(
        TABLE,
        name="is_complete_if_all_are_eligible",
        condition="is_complete is distinct from (eligible_buyers = buyers)",
        severity="refuse",
        meaning="A month that is still going on is compared with those that are over.",
    ),
)
