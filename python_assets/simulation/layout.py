"""How each table lands: file format, files per day or month, and which mistakes it can hold.

The raw contract lives with the loader. This is the simulator's own description of the same
tables, because nothing in `python_assets` depends on orchestration.
"""

from dataclasses import dataclass
from typing import Literal

Format = Literal["parquet", "csv", "csv.gz", "json", "jsonl"]
Period = Literal["day", "month", "all"]

MISSING_KEY = "missing_key"
UNPARSEABLE_TIMESTAMP = "unparseable_timestamp"
FUTURE_TIMESTAMP = "future_timestamp"
NEGATIVE_AMOUNT = "negative_amount"
UNKNOWN_CURRENCY = "unknown_currency"
UNREADABLE_JSON = "unreadable_json"


@dataclass(frozen=True)
class Layout:
    """How one table lands.

    Attributes:
        format: File format.
        period: What one file covers.
        key: Column that a bad row gets a new value in.
        happened_at: Column that says when a row happened, if any.
        updated_at: Column that decides between versions of a row, if any.
        broken: Reason code to the column broken for it.
        json_columns: Text columns that hold JSON and are written as JSON.
        has_duplicates: Whether some rows land twice.
        has_late_rows: Whether some rows land days after they happened.
    """

    format: Format
    period: Period
    key: str
    happened_at: str | None = None
    updated_at: str | None = None
    broken: tuple[tuple[str, str], ...] = ()
    json_columns: tuple[str, ...] = ()
    has_duplicates: bool = False
    has_late_rows: bool = False


def _times(column: str) -> tuple[tuple[str, str], ...]:
    return ((UNPARSEABLE_TIMESTAMP, column), (FUTURE_TIMESTAMP, column))


_INSIGHTS = Layout(
    "jsonl", "month", "ad_id", "date_start", json_columns=("actions", "action_values")
)

LAYOUTS: dict[str, Layout] = {
    "meta_ads.campaigns": Layout("json", "all", "id", "created_time"),
    "meta_ads.adsets": Layout("json", "all", "id", "created_time", json_columns=("targeting",)),
    "meta_ads.ads": Layout("json", "all", "id", "created_time"),
    "meta_ads.creatives": Layout("json", "all", "id", json_columns=("object_story_spec",)),
    "meta_ads.insights": Layout(
        "jsonl",
        "day",
        "ad_id",
        "date_start",
        broken=(
            (MISSING_KEY, "ad_id"),
            *_times("date_start"),
            (NEGATIVE_AMOUNT, "spend"),
            (UNKNOWN_CURRENCY, "account_currency"),
            (UNREADABLE_JSON, "actions"),
        ),
        json_columns=("actions", "action_values"),
    ),
    "meta_ads.insights_age_gender": _INSIGHTS,
    "meta_ads.insights_platform": _INSIGHTS,
    "meta_ads.insights_country": _INSIGHTS,
    "meta_ads.leads": Layout(
        "jsonl",
        "month",
        "id",
        "created_time",
        broken=((MISSING_KEY, "id"), *_times("created_time"), (UNREADABLE_JSON, "field_data")),
        json_columns=("field_data",),
        has_duplicates=True,
    ),
    "web.events": Layout(
        "parquet",
        "day",
        "event_id",
        "timestamp",
        broken=(
            (MISSING_KEY, "event_id"),
            *_times("timestamp"),
            (UNKNOWN_CURRENCY, "currency"),
            (UNREADABLE_JSON, "properties"),
        ),
        has_duplicates=True,
        has_late_rows=True,
    ),
    "web.sessions": Layout(
        "parquet",
        "day",
        "session_id",
        "started_at",
        broken=((MISSING_KEY, "session_id"), *_times("started_at")),
        has_duplicates=True,
    ),
    "commerce.customers": Layout(
        "csv",
        "all",
        "id",
        "created_at",
        "updated_at",
        broken=((MISSING_KEY, "id"), *_times("created_at")),
        has_duplicates=True,
    ),
    "commerce.orders": Layout(
        "csv",
        "day",
        "id",
        "created_at",
        "updated_at",
        broken=(
            (MISSING_KEY, "id"),
            *_times("created_at"),
            (NEGATIVE_AMOUNT, "total"),
            (UNKNOWN_CURRENCY, "currency_code"),
        ),
        has_duplicates=True,
        has_late_rows=True,
    ),
    "commerce.order_items": Layout(
        "csv.gz", "month", "id", broken=((MISSING_KEY, "id"),), has_duplicates=True
    ),
    "commerce.refunds": Layout(
        "csv",
        "month",
        "id",
        "created_at",
        broken=(
            (MISSING_KEY, "id"),
            *_times("created_at"),
            (NEGATIVE_AMOUNT, "amount"),
            (UNKNOWN_CURRENCY, "currency_code"),
        ),
        has_duplicates=True,
    ),
    "crm.form_submissions": Layout(
        "jsonl",
        "month",
        "id",
        "submitted_at",
        broken=((MISSING_KEY, "id"), *_times("submitted_at"), (UNREADABLE_JSON, "fields")),
        json_columns=("fields",),
        has_duplicates=True,
    ),
    "crm.feedback": Layout(
        "jsonl",
        "month",
        "id",
        "created_at",
        broken=((MISSING_KEY, "id"), *_times("created_at"), (NEGATIVE_AMOUNT, "rating")),
        has_duplicates=True,
    ),
    "crm.consents": Layout(
        "csv",
        "all",
        "id",
        "recorded_at",
        broken=((MISSING_KEY, "id"), *_times("recorded_at")),
    ),
    "crm.deletion_requests": Layout("csv", "all", "id", "requested_at"),
    "social.posts": Layout("json", "all", "id"),
    "social.mentions": Layout(
        "jsonl",
        "all",
        "id",
        "created_at",
        broken=((MISSING_KEY, "id"), *_times("created_at")),
    ),
    "messaging.events": Layout(
        "parquet",
        "month",
        "event_id",
        "timestamp",
        broken=((MISSING_KEY, "event_id"), *_times("timestamp"), (UNREADABLE_JSON, "properties")),
        has_duplicates=True,
    ),
    "marketing.campaigns": Layout("csv", "all", "id", "created_at"),
    "marketing.costs": Layout(
        "csv",
        "month",
        "campaign_name",
        "date",
        broken=(
            (MISSING_KEY, "campaign_name"),
            *_times("date"),
            (NEGATIVE_AMOUNT, "cost"),
            (UNKNOWN_CURRENCY, "currency"),
        ),
    ),
    "experiments.exposures": Layout(
        "parquet",
        "all",
        "unit_id",
        "exposed_at",
        broken=((MISSING_KEY, "unit_id"), *_times("exposed_at")),
    ),
    "finance.fx_rates": Layout("csv", "all", "date", "date"),
}
