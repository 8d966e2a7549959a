"""What is expected of `commerce.refunds`."""

from expectations.writing import few_rows_where, no_rows_where

TABLE = "commerce.refunds"

# A till refunds people it does not know: 4.7 % of the refunds of a real wholesaler (UCI Online
# Retail) name neither an order nor a customer.
MOST_OF_NOBODY = 0.1

CHECKS = (
    no_rows_where(
        TABLE,
        name="amount_is_known",
        condition="amount is null",
        severity="warn",
        meaning="The value of the refunded order becomes unknown.",
    ),
    few_rows_where(
        TABLE,
        name="most_refunds_name_an_order_or_a_customer",
        condition="order_id is null and customer_id is null",
        among="true",
        at_most=MOST_OF_NOBODY,
        meaning="These refunds reduce nobody's spend; they are only counted as unlinked.",
    ),
)
