"""What is expected of `customers.dim_people`."""

from expectations.writing import key_is_never_null, no_rows_in, no_rows_where, text_list

TABLE = "customers.dim_people"

# Contact data is published as salted hashes or not at all.
CONTACT_COLUMNS = ("email", "phone", "first_name", "last_name", "birth_date")

CHECKS = (
    key_is_never_null(TABLE, ("person_id",)),
    no_rows_in(
        TABLE,
        name="names_no_contact_fields",
        query=f"""
            select column_name
            from information_schema.columns
            where
                table_catalog = current_database()
                and table_schema || '.' || table_name = '{TABLE}'
                and lower(column_name) in {text_list(CONTACT_COLUMNS)}
        """,
        severity="refuse",
        meaning="Readers of the published file would see who the customers are.",
        reads=(TABLE,),
    ),
    no_rows_where(
        TABLE,
        name="says_whether_it_is_identified",
        condition="is_identified is null",
        severity="warn",
        meaning="The person is neither among the known nor among the anonymous.",
    ),
    no_rows_where(
        TABLE,
        name="orders_is_not_negative",
        condition="orders is null or orders < 0",
        severity="refuse",
        meaning="Orders per person and everything scored on them is wrong.",
    ),
    no_rows_where(
        TABLE,
        name="average_needs_an_order",
        condition="orders = 0 and average_order_value is not null",
        severity="warn",
        meaning="An average over no orders must be null, or averages of averages are too low.",
    ),
    no_rows_where(
        TABLE,
        name="last_order_is_not_in_the_future",
        condition="days_since_last_order < 0",
        severity="warn",
        meaning="The run's day lies before the order, so recency cannot be scored.",
    ),
    no_rows_where(
        TABLE,
        name="recency_goes_with_orders",
        condition="(orders = 0) is distinct from (days_since_last_order is null)",
        severity="warn",
        meaning="A buyer without recency, or recency without an order, is in the wrong segment.",
    ),
)
