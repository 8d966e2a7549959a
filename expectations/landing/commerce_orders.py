"""What is expected of `commerce.orders`."""

from expectations.writing import no_rows_where, text_list

TABLE = "commerce.orders"

# The raw contract's values. A shop's own status is not wrong, but counts as no sale.
STATUSES = ("pending", "completed", "draft", "archived", "canceled", "requires_action")

CHECKS = (
    no_rows_where(
        TABLE,
        name="status_is_known",
        condition=f"lower(trim(status)) not in {text_list(STATUSES)}",
        severity="warn",
        meaning="An order of an unknown status is not counted as revenue.",
    ),
    no_rows_where(
        TABLE,
        name="total_is_known",
        condition="total is null",
        severity="warn",
        meaning="The order is a conversion without a value.",
    ),
    no_rows_where(
        TABLE,
        name="is_canceled_after_it_is_created",
        condition="canceled_at < created_at",
        severity="warn",
        meaning="One of the two times is wrong; the order is taken as canceled.",
    ),
)
