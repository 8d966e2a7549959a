"""What is expected of `crm.consents`."""

from expectations.writing import no_rows_where

TABLE = "crm.consents"

CHECKS = (
    no_rows_where(
        TABLE,
        name="says_what_was_decided",
        condition="channel is null or status is null",
        severity="warn",
        meaning="It is not known what the customer agreed to, which must not be taken for a yes.",
    ),
    no_rows_where(
        TABLE,
        name="says_who_decided",
        condition="customer_id is null and email is null",
        severity="warn",
        meaning="A withdrawal that names nobody cannot be honoured.",
    ),
)
