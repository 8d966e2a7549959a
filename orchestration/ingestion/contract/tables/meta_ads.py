"""Meta ads: the ad hierarchy, daily results and leads."""

from orchestration.ingestion.contract.kinds import Kind
from orchestration.ingestion.contract.table import Table

_INSIGHT_IDS = {
    "account_id": Kind.ID,
    "account_currency": Kind.CURRENCY,
    "campaign_id": Kind.ID,
    "adset_id": Kind.ID,
    "ad_id": Kind.ID,
    "date_start": Kind.DATE,
    "date_stop": Kind.DATE,
}

_INSIGHT_NUMBERS = {
    "impressions": Kind.COUNT,
    "reach": Kind.COUNT,
    "frequency": Kind.NUMBER,
    "clicks": Kind.COUNT,
    "inline_link_clicks": Kind.COUNT,
    "unique_clicks": Kind.COUNT,
    "spend": Kind.AMOUNT,
    "actions": Kind.JSON,
    "action_values": Kind.JSON,
}


def _insights(name: str, breakdowns: dict[str, Kind]) -> Table:
    """Ad insights, or a breakdown of them, which is a table of its own grain."""
    return Table(
        "meta_ads",
        name,
        {**_INSIGHT_IDS, **breakdowns, **_INSIGHT_NUMBERS},
        key=("ad_id", "date_start", *breakdowns),
        happened_at="date_start",
        is_fact=True,
        non_negative=("spend",),
    )


TABLES: tuple[Table, ...] = (
    Table(
        "meta_ads",
        "campaigns",
        {
            "id": Kind.ID,
            "account_id": Kind.ID,
            "name": Kind.TEXT,
            "status": Kind.TEXT,
            "effective_status": Kind.TEXT,
            "objective": Kind.TEXT,
            "buying_type": Kind.TEXT,
            "daily_budget": Kind.AMOUNT,
            "lifetime_budget": Kind.AMOUNT,
            "start_time": Kind.TIMESTAMP,
            "stop_time": Kind.TIMESTAMP,
            "created_time": Kind.TIMESTAMP,
            "updated_time": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_time",
        newest_by="updated_time",
        non_negative=("daily_budget", "lifetime_budget"),
    ),
    Table(
        "meta_ads",
        "adsets",
        {
            "id": Kind.ID,
            "campaign_id": Kind.ID,
            "name": Kind.TEXT,
            "status": Kind.TEXT,
            "effective_status": Kind.TEXT,
            "daily_budget": Kind.AMOUNT,
            "lifetime_budget": Kind.AMOUNT,
            "optimization_goal": Kind.TEXT,
            "billing_event": Kind.TEXT,
            "bid_strategy": Kind.TEXT,
            "targeting": Kind.JSON,
            "start_time": Kind.TIMESTAMP,
            "end_time": Kind.TIMESTAMP,
            "created_time": Kind.TIMESTAMP,
            "updated_time": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_time",
        newest_by="updated_time",
        non_negative=("daily_budget", "lifetime_budget"),
    ),
    Table(
        "meta_ads",
        "ads",
        {
            "id": Kind.ID,
            "adset_id": Kind.ID,
            "campaign_id": Kind.ID,
            "name": Kind.TEXT,
            "status": Kind.TEXT,
            "effective_status": Kind.TEXT,
            "creative_id": Kind.ID,
            "created_time": Kind.TIMESTAMP,
            "updated_time": Kind.TIMESTAMP,
        },
        key=("id",),
        happened_at="created_time",
        newest_by="updated_time",
    ),
    Table(
        "meta_ads",
        "creatives",
        {
            "id": Kind.ID,
            "name": Kind.TEXT,
            "title": Kind.TEXT,
            "body": Kind.TEXT,
            "call_to_action_type": Kind.TEXT,
            "url_tags": Kind.TEXT,
            "object_story_spec": Kind.JSON,
            "thumbnail_url": Kind.TEXT,
        },
        key=("id",),
    ),
    _insights("insights", {}),
    _insights("insights_age_gender", {"age": Kind.TEXT, "gender": Kind.TEXT}),
    _insights(
        "insights_platform", {"publisher_platform": Kind.TEXT, "platform_position": Kind.TEXT}
    ),
    _insights("insights_country", {"country": Kind.TEXT}),
    Table(
        "meta_ads",
        "leads",
        {
            "id": Kind.ID,
            "created_time": Kind.TIMESTAMP,
            "ad_id": Kind.ID,
            "adset_id": Kind.ID,
            "campaign_id": Kind.ID,
            "form_id": Kind.ID,
            "platform": Kind.TEXT,
            "is_organic": Kind.FLAG,
            "field_data": Kind.JSON,
            "status": Kind.TEXT,
        },
        key=("id",),
        happened_at="created_time",
        is_fact=True,
    ),
)
