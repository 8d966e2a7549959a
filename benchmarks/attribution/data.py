"""Touches and conversions of a large shop, as the tables that attribution reads."""

from pathlib import Path

import duckdb

from orchestration.workspace.attribution_settings import AttributionSettings, attribution_row

LAST_DAY = "2026-03-31"
# Visits of a buyer in the thirty days; the sessions left over are of people who never buy.
_VISITS_OF_A_BUYER = 6

_TABLES = """
create schema staging; create schema intermediate; create schema conversions;
create schema attribution;
create table staging.stg_workspace__goals as select 'purchase' as goal, true as is_attributed;
create table intermediate.int_spend_days (
    spend_date date, campaign_id varchar, channel varchar, platform varchar, spend double,
    impressions bigint, clicks bigint
);
create macro channel_of(number) as list_extract([
    'direct', 'organic_search', 'paid_search', 'paid_social', 'email', 'referral', 'affiliate',
    'display', 'organic_social', 'paid_video'
], 1 + (hash(number) % 10)::integer);
create macro moment_of(number) as
    timestamp '{last_day} 23:59:59' - to_seconds((hash(number, 1) % {seconds})::bigint);
"""

_TOUCHES = """
create table attribution.fct_touchpoints as
select
    'session_' || number as touchpoint_id,
    'session_' || number as session_id,
    case when number < {buyer_sessions} then 'customer_' || (number % {buyers})
        else 'visitor:' || (hash(number, 2) % {strangers}) end as person_id,
    'visitor_' || (hash(number, 2) % {strangers}) as visitor_id,
    channel_of(number) as channel,
    case when hash(number, 3) % 3 = 0 then 'campaign_' || (hash(number, 4) % 50) end as campaign_id,
    true as is_creditable,
    moment_of(number) as touched_at,
    moment_of(number)::date as touched_date
from range({sessions}) as t(number)
"""

_CONVERSIONS = """
create table conversions.fct_conversions as
select
    'purchase:' || number as conversion_id, 'customer_' || number as person_id,
    'purchase' as goal, 'purchase' as conversion_type,
    20 + (hash(number, 5) % 20000) / 100 as value, 20 + (hash(number, 5) % 20000) / 100
        as gross_value,
    true as counts_as_revenue,
    moment_of(-1 - number)::date as converted_date, moment_of(-1 - number) as converted_at
from range({buyers}) as t(number)
"""


def write_shop(file: Path, sessions: int, buyers: int, days: int) -> None:
    """Write a database with touches, one conversion per buyer and the settings."""
    buyer_sessions = buyers * _VISITS_OF_A_BUYER
    numbers = {
        "sessions": sessions,
        "buyers": buyers,
        "buyer_sessions": buyer_sessions,
        "strangers": max((sessions - buyer_sessions) // 2, 1),
        "seconds": days * 86400,
        "last_day": LAST_DAY,
    }
    with duckdb.connect(str(file)) as connection:
        for statement in (_TABLES, _TOUCHES, _CONVERSIONS):
            connection.execute(statement.format(**numbers))
        settings = {**attribution_row(AttributionSettings()), "code_digest": "x"}
        columns = ", ".join(f"? as {name}" for name in settings)
        connection.execute(
            f"create table staging.stg_workspace__settings as select {columns}",
            list(settings.values()),
        )
