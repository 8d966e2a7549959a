"""What a row that was deleted softly says in the raw contract, which knows no deletion."""

from collections.abc import Mapping

# By raw table, what stands in columns of a deleted row; `{deleted_at}` is when. Sums then go on
# without it. In other tables deleted rows are not read, and those read before stay until all is
# read again.
DELETED: Mapping[str, Mapping[str, str]] = {
    "commerce.orders": {"status": "'canceled'", "canceled_at": "{deleted_at}"},
    "commerce.order_items": {"quantity": "'0'"},
    "commerce.refunds": {"amount": "'0'"},
    # Whoever was removed from the shop is known by number only.
    "commerce.customers": dict.fromkeys(
        ("email", "phone", "first_name", "last_name", "city", "birth_date", "marketing_opt_in"),
        "null",
    ),
}
