"""What is expected of `crm.deletion_requests`."""

from expectations.writing import no_rows_where

TABLE = "crm.deletion_requests"

CHECKS = (
    no_rows_where(
        TABLE,
        name="says_whom_to_delete",
        condition="customer_id is null and email is null",
        severity="warn",
        meaning="Somebody asked to be deleted and cannot be.",
    ),
)
