"""What is expected of `customers.fct_orders`."""

from expectations.writing import key_is_never_null, no_rows_where

TABLE = "customers.fct_orders"

CHECKS = (
    key_is_never_null(TABLE, ("order_id",)),
    no_rows_where(
        TABLE,
        name="person_is_known",
        condition="person_id is null",
        severity="refuse",
        meaning="The order is in the shop's revenue and in no customer's.",
    ),
    no_rows_where(
        TABLE,
        name="gross_revenue_is_not_negative",
        condition="gross_revenue < 0",
        severity="refuse",
        meaning="Revenue is too low by amounts that are not refunds.",
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
        name="net_is_gross_less_refunded",
        # Six decimal places as doubles: a millionth, or a millionth part of the amount.
        condition=(
            "abs(net_revenue - (gross_revenue - refunded_value)) "
            "> 1e-6 * greatest(1, abs(net_revenue))"
        ),
        severity="refuse",
        meaning="Net revenue is not what was paid less what was paid back.",
    ),
    no_rows_where(
        TABLE,
        name="no_exchange_rate_is_missing",
        condition="gross_revenue is null and original_total is not null",
        severity="warn",
        meaning="No rate for the currency and day landed; the order counts without its value.",
    ),
    no_rows_where(
        TABLE,
        name="paid_orders_count",
        condition="is_paid and not is_counted",
        severity="refuse",
        meaning="Averages divide by orders whose revenue is not in the sum.",
    ),
)
