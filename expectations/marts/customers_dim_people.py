"""What is expected of `customers.dim_people`."""

from expectations.checks import Between
from expectations.marts.names import BEHAVIOURS, PROSPECTS, RFM_SEGMENTS, SCORE_TIERS
from expectations.marts.ranges import SCORE_RANGES, outside
from expectations.writing import key_is_never_null, no_rows_in, no_rows_where, text_list

TABLE = "customers.dim_people"

# Contact data is published as salted hashes or not at all.
CONTACT_COLUMNS = ("email", "phone", "first_name", "last_name", "birth_date")

# What scores of customers.scores are called here, and their tiers where they have one here.
SCORE_COLUMNS = {
    "engagement_score": "engagement",
    "clv": "clv",
    "clv_formula": "clv_formula",
    "churn_risk": "churn_risk",
    "churn_probability": "churn_probability",
    "nps_score": "nps",
}
TIER_COLUMNS = {
    "engagement_tier": "engagement_score",
    "clv_tier": "clv",
    "churn_tier": "churn_risk",
    "nps_category": "nps_score",
}


def _is_not_of_its_score(tier: str, score: str) -> str:
    tiers = text_list(SCORE_TIERS[SCORE_COLUMNS[score]])
    return f"({tier} is null) <> ({score} is null) or {tier} not in {tiers}"


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
    no_rows_where(
        TABLE,
        name="paid_orders_are_some_of_the_orders",
        condition=(
            "paid_orders is null or paid_orders < 0 or (paid_orders > orders and orders >= 0)"
        ),
        severity="refuse",
        meaning="Averages divide by orders that nobody placed.",
    ),
    no_rows_where(
        TABLE,
        name="rfm_segment_is_known",
        condition=f"rfm_segment not in {text_list((*RFM_SEGMENTS, PROSPECTS))}",
        severity="refuse",
        meaning="People stand in a segment that no campaign and no report knows.",
    ),
    no_rows_where(
        TABLE,
        name="behaviours_are_known",
        condition=(
            f"not list_has_all(list_value{text_list(BEHAVIOURS)}, string_split(behaviours, ', '))"
        ),
        severity="refuse",
        meaning="People show a pattern that no report and no segment asks for.",
    ),
    no_rows_where(
        TABLE,
        name="scores_are_in_their_range",
        condition=(
            f"engagement_score is null or {outside('expected_purchases', Between(0))} or "
            + " or ".join(
                outside(column, SCORE_RANGES[score_type])
                for column, score_type in SCORE_COLUMNS.items()
            )
        ),
        severity="refuse",
        meaning="A score beyond its scale cannot be compared with the others or with a threshold.",
    ),
    no_rows_where(
        TABLE,
        name="tiers_are_of_their_scores",
        condition=" or ".join(_is_not_of_its_score(*names) for names in TIER_COLUMNS.items()),
        severity="refuse",
        meaning="People of the tier are missing from every list that is made by tier.",
    ),
)
