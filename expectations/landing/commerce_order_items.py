"""What is expected of `commerce.order_items`."""

from expectations.writing import no_rows_where

TABLE = "commerce.order_items"

CHECKS = (
    no_rows_where(
        TABLE,
        name="order_is_known",
        condition="order_id is null",
        severity="warn",
        meaning="The item belongs to no order, so product figures miss it.",
    ),
    # Corrections are booked as negative quantities, so only the price says what is impossible.
    no_rows_where(
        TABLE,
        name="unit_price_is_not_negative",
        condition="unit_price < 0",
        severity="warn",
        meaning="Product revenue is too low by the item.",
    ),
)
