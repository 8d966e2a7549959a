"""What is expected of `conversions.fct_conversions`."""

from expectations.marts.names import CHANNELS, CONVERSION_TYPES, UNATTRIBUTED
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "conversions.fct_conversions"

# Amounts are doubles made of six decimal places: a millionth, or a millionth part of it.
_DIFFERS = "abs({a} - ({b})) > 1e-6 * greatest(1, abs({a}))"

_HOME_CURRENCY = "(select currency from workspace.settings)"

CHECKS = (
    key_is_never_null(TABLE, ("conversion_id",)),
    no_rows_where(
        TABLE,
        name="conversion_type_is_known",
        condition=(
            f"conversion_type is null or conversion_type not in {text_list(CONVERSION_TYPES)}"
        ),
        severity="refuse",
        meaning="The conversion is missing from every figure that is split by type.",
    ),
    no_rows_where(
        TABLE,
        name="person_is_known",
        condition="person_id is null",
        severity="refuse",
        meaning="The conversion has no touches and no customer, so both are counted too low.",
    ),
    no_rows_where(
        TABLE,
        name="time_is_known",
        condition="converted_at is null",
        severity="refuse",
        meaning="The conversion is missing from every day's figures.",
    ),
    no_rows_where(
        TABLE,
        name="channel_is_known",
        condition=f"channel is null or channel not in {text_list((*CHANNELS, UNATTRIBUTED))}",
        severity="warn",
        meaning="The conversion appears under a channel no report knows.",
    ),
    no_rows_where(
        TABLE,
        name="gross_revenue_is_not_negative",
        condition="counts_as_revenue and gross_value < 0",
        severity="refuse",
        meaning="Revenue is too low by amounts that are not refunds.",
    ),
    no_rows_where(
        TABLE,
        name="gross_value_is_not_negative",
        condition="not counts_as_revenue and gross_value < 0",
        severity="warn",
        meaning="A goal's value field holds negative numbers, so its total is too low.",
    ),
    no_rows_where(
        TABLE,
        name="refunded_value_is_not_negative",
        condition="refunded_value < 0",
        severity="refuse",
        meaning="A negative refund adds to revenue.",
    ),
    no_rows_where(
        TABLE,
        name="refund_does_not_exceed_the_order",
        condition="refunded_value > greatest(gross_value, 0) + 1e-6",
        severity="warn",
        meaning="More was paid back than was paid: a refund may be booked twice.",
    ),
    no_rows_where(
        TABLE,
        name="value_is_gross_less_refunded",
        condition=_DIFFERS.format(a="value", b="gross_value - refunded_value"),
        severity="refuse",
        meaning="The value every report adds up is not what was paid less what was paid back.",
    ),
    no_rows_where(
        TABLE,
        name="no_exchange_rate_is_missing",
        condition=f"value is null and original_currency <> {_HOME_CURRENCY}",
        severity="warn",
        meaning="No rate for the currency and day landed; the conversion counts without a value.",
        reads=("workspace.settings",),
    ),
    no_rows_where(
        TABLE,
        name="value_in_own_currency_is_known",
        condition=f"value is null and coalesce(original_currency = {_HOME_CURRENCY}, true)",
        severity="warn",
        meaning="The field the goal takes its value from is empty or not a number.",
        reads=("workspace.settings",),
    ),
)
