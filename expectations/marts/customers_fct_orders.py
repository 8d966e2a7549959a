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
    no_rows_where(
        TABLE,
        name="only_counted_orders_are_numbered",
        condition=(
            "(order_number is not null) is distinct from is_counted "
            "or (not is_counted and coalesce(days_since_first_order, days_since_previous_order, "
            "days_since_first_paid_order) is not null)"
        ),
        severity="refuse",
        meaning="Drafts and cancelled orders are taken for somebody's first or next one.",
    ),
    no_rows_where(
        TABLE,
        name="only_a_first_order_follows_none",
        condition="order_number < 1 or (order_number = 1) <> (days_since_previous_order is null)",
        severity="refuse",
        meaning="Gaps between orders are missing, or made up where there is no order before.",
    ),
    no_rows_where(
        TABLE,
        name="days_are_since_earlier_orders",
        condition=(
            "days_since_previous_order < 0 or days_since_previous_order > days_since_first_order "
            "or (is_counted and (days_since_first_order is null or days_since_first_order < 0)) "
            "or (order_number = 1 and days_since_first_order <> 0)"
        ),
        severity="refuse",
        meaning="How long somebody has been a customer is not told by their orders.",
    ),
    no_rows_where(
        TABLE,
        name="days_since_the_first_paid_order_are_of_paid_ones",
        condition=(
            "(is_paid and is_counted) is distinct from (days_since_first_paid_order is not null) "
            "or days_since_first_paid_order < 0 "
            "or days_since_first_paid_order > days_since_first_order"
        ),
        severity="refuse",
        meaning="Cohorts begin with another order than the first that was paid.",
    ),
)
