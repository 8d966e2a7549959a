"""The hand-written script's tables as they land: types, keys, and what makes a row bad."""

from dataclasses import dataclass

_UTM = {
    "utm_source": "varchar",
    "utm_medium": "varchar",
    "utm_campaign": "varchar",
}


@dataclass(frozen=True)
class RawTable:
    """One folder of CSV files.

    Attributes:
        folder: Folder under `landing/`.
        columns: Types by column, in the order of the files.
        key: What identifies a row.
        is_bad: SQL condition for quarantine.
        newest_first: Order of the rows of one key.
    """

    folder: str
    columns: dict[str, str]
    key: tuple[str, ...]
    is_bad: str = "false"
    newest_first: str = "filename desc"

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.folder.split("/")[1]


RAW_TABLES = (
    RawTable(
        "web/sessions",
        {
            "session_id": "varchar",
            "visitor_id": "varchar",
            "user_id": "varchar",
            "started_at": "timestamp",
            "ended_at": "timestamp",
            "landing_page": "varchar",
            "referrer": "varchar",
            **_UTM,
            "utm_content": "varchar",
            "utm_term": "varchar",
            "click_id": "varchar",
            "pageviews": "bigint",
            "is_bounce": "boolean",
            "country": "varchar",
            "device": "varchar",
        },
        key=("session_id",),
        is_bad="session_id is null or started_at >= {limit}",
    ),
    RawTable(
        "web/events",
        {
            "event_id": "varchar",
            "event_type": "varchar",
            "timestamp": "timestamp",
            "visitor_id": "varchar",
            "user_id": "varchar",
            "session_id": "varchar",
            "page_url": "varchar",
            "referrer": "varchar",
            **_UTM,
            "value": "decimal(18, 6)",
            "currency": "varchar",
            "properties": "json",
        },
        key=("event_id",),
        is_bad='event_id is null or "timestamp" >= {limit}',
    ),
    RawTable(
        "commerce/customers",
        {
            "id": "varchar",
            "email": "varchar",
            "phone": "varchar",
            "first_name": "varchar",
            "last_name": "varchar",
            "country": "varchar",
            "city": "varchar",
            "marketing_opt_in": "boolean",
            "created_at": "timestamp",
            "updated_at": "timestamp",
        },
        key=("id",),
        is_bad="id is null",
        newest_first="updated_at desc",
    ),
    RawTable(
        "commerce/orders",
        {
            "id": "varchar",
            "customer_id": "varchar",
            "email": "varchar",
            "visitor_id": "varchar",
            "session_id": "varchar",
            "status": "varchar",
            "currency_code": "varchar",
            "subtotal": "decimal(18, 6)",
            "discount_total": "decimal(18, 6)",
            "shipping_total": "decimal(18, 6)",
            "tax_total": "decimal(18, 6)",
            "total": "decimal(18, 6)",
            "created_at": "timestamp",
            "updated_at": "timestamp",
            "canceled_at": "timestamp",
        },
        key=("id",),
        is_bad="id is null or total < 0 or created_at >= {limit}",
        newest_first="updated_at desc, filename desc",
    ),
    RawTable(
        "commerce/order_items",
        {
            "id": "varchar",
            "order_id": "varchar",
            "product_id": "varchar",
            "product_title": "varchar",
            "category": "varchar",
            "quantity": "double",
            "unit_price": "decimal(18, 6)",
            "unit_cost": "decimal(18, 6)",
        },
        key=("id",),
        is_bad="id is null",
    ),
    RawTable(
        "commerce/refunds",
        {
            "id": "varchar",
            "order_id": "varchar",
            "customer_id": "varchar",
            "amount": "decimal(18, 6)",
            "currency_code": "varchar",
            "created_at": "timestamp",
        },
        key=("id",),
        is_bad="id is null or amount < 0 or created_at >= {limit}",
    ),
    RawTable(
        "finance/fx_rates",
        {
            "date": "date",
            "from_currency": "varchar",
            "to_currency": "varchar",
            "rate": "double",
        },
        key=("date", "from_currency", "to_currency"),
    ),
    RawTable(
        "meta_ads/campaigns",
        {
            "id": "varchar",
            "account_id": "varchar",
            "name": "varchar",
            "status": "varchar",
            "created_time": "timestamp",
        },
        key=("id",),
    ),
    RawTable(
        "meta_ads/ads",
        {
            "id": "varchar",
            "adset_id": "varchar",
            "campaign_id": "varchar",
            "name": "varchar",
            "status": "varchar",
            "created_time": "timestamp",
        },
        key=("id",),
    ),
    RawTable(
        "meta_ads/insights",
        {
            "account_id": "varchar",
            "account_currency": "varchar",
            "campaign_id": "varchar",
            "adset_id": "varchar",
            "ad_id": "varchar",
            "date_start": "date",
            "date_stop": "date",
            "impressions": "bigint",
            "reach": "bigint",
            "frequency": "double",
            "clicks": "bigint",
            "inline_link_clicks": "bigint",
            "spend": "decimal(18, 6)",
            "actions": "json",
            "action_values": "json",
        },
        key=("ad_id", "date_start"),
        is_bad="ad_id is null or date_start is null or spend < 0",
    ),
)
