"""A small shop in which all invariants hold, as SQL.

Order o1 (100 less 10 paid back) and o2 (50), one visit before each; a third order is a draft. The
first visit came from campaign c1. A newsletter was ordered too, which nobody wants credited.
Ads spent 30 EUR on c1 and 11 USD at 0.5 on no campaign anybody knows, a search network 5 EUR
and 4 USD. Who the customers are is in `customer_shop.py`, what campaigns
brought in `campaign_shop.py`, what is tried and forecast in
`marts/experiments_rows.py` and `marts/forecasts_rows.py`.
"""

from expectations.attribution_queries import FIGURES as COLUMNS
from expectations.marts.names import ATTRIBUTION_MODELS
from tests.expectations.campaign_shop import CAMPAIGN_SHOP
from tests.expectations.customer_shop import CUSTOMER_SHOP, PEOPLE
from tests.expectations.marts import experiments_rows, forecasts_rows

WORKSPACE = """
    create schema workspace;
    create table workspace.settings as
        select 'EUR' as currency, 30 as lookback_days, 'linear' as headline_model,
            date '2026-01-31' as as_of;
    create table workspace.goals as
        from (values
            ('purchase', 'order', true, 'total', 'event', true),
            ('newsletter', 'form', false, null, 'person', false)
        ) as t(goal, source, counts_as_revenue, value_field, once_per, is_attributed);
    create table workspace.goal_conditions (goal varchar);
"""

LANDED = """
    create schema staging;
    create schema intermediate;
    create view staging.stg_meta_ads__insights as
        select * from (values
            ('a1', date '2026-01-01', null, 10::decimal(18, 6)),
            ('a2', date '2026-01-01', 'EUR', 20),
            ('a3', date '2026-01-01', 'USD', 11)
        ) as t(ad_id, spend_date, currency, spend);
    create table staging.stg_marketing__costs as
        select * from (values
            (date '2026-01-02', null, 5::decimal(18, 6)),
            (date '2026-01-02', 'USD', 4)
        ) as t(cost_date, currency, cost);
    create table intermediate.int_rate_intervals as select 'USD' as currency, 0.5 as rate,
        date '2026-01-01' as valid_from, date '2026-01-08' as valid_to;
"""

CAMPAIGNS = """
    create schema campaigns;
    create table campaigns.fct_ad_days as
        select ad_id, date '2026-01-01' as date, campaign_id, 9 as impressions,
            9 as reach, 1 as clicks, spend::double as spend,
            original_spend::double as original_spend, original_currency, 0.0 as meta_purchases,
            0.0 as meta_purchase_value, 0.0 as meta_leads
        from (values
            ('a1', 'c1', 10, 10, 'EUR'), ('a2', 'c1', 20, 20, 'EUR'), ('a3', null, 5.5, 11, 'USD')
        ) as t(ad_id, campaign_id, spend, original_spend, original_currency);
    create table campaigns.dim_campaigns as
        select campaign_id, channel, spend::double as spend, date as first_spend_date,
            date as last_spend_date
        from (values
            ('c1', 'paid_social', 30, date '2026-01-01'),
            ('google:brand', 'paid_search', 7, date '2026-01-02'),
            ('mail', 'email', 0, null)
        ) as t(campaign_id, channel, spend, date);
"""

ORDERS = """
    create table customers.fct_orders as
        select order_id, person_id, is_counted, is_counted as is_paid,
            gross::double as gross_revenue, refunded::double as refunded_value,
            (gross - refunded)::double as net_revenue, gross::double as original_total,
            case when is_counted then 1 end as order_number,
            case when is_counted then 0 end as days_since_first_order,
            null::bigint as days_since_previous_order,
            case when is_counted then 0 end as days_since_first_paid_order
        from (values
            ('o1', 'p1', true, 100, 10), ('o2', 'p2', true, 50, 0), ('o3', 'p2', false, 70, 0)
        ) as t(order_id, person_id, is_counted, gross, refunded);
"""

TOUCHPOINTS = """
    create schema attribution;
    create table attribution.fct_touchpoints as
        select session_id as touchpoint_id, session_id, person_id, touched_at, channel,
            campaign_id, campaign_id is not null as is_resolved,
            case when campaign_id is null then 'unresolved' else 'manual' end as resolution_method,
            case when campaign_id is not null then 1.0 end as resolution_confidence,
            1 as pageviews
        from (values
            ('s1', 'p1', timestamp '2026-01-10 12:00:00', 'paid_social', 'c1'),
            ('s2', 'p2', timestamp '2026-01-01 12:00:00', 'email', null)
        ) as t(session_id, person_id, touched_at, channel, campaign_id);
"""

CONVERSIONS = """
    create schema conversions;
    create table conversions.dim_goals as
        select 'purchase' as goal, 'purchase' as conversion_type
        union all
        select 'newsletter', 'lead_form_submission';
    create table conversions.fct_conversions as
        select 'purchase:' || order_id as conversion_id, 'purchase' as goal,
            'purchase' as conversion_type, person_id, session_id, order_id,
            timestamp '2026-01-31 12:00:00' as converted_at, channel,
            net_revenue as value, gross_revenue as gross_value, refunded_value,
            'EUR' as original_currency, true as counts_as_revenue
        from customers.fct_orders join attribution.fct_touchpoints using (person_id)
        where is_counted
        union all
        select 'newsletter:f1', 'newsletter', 'lead_form_submission', 'p2', 's2', null,
            timestamp '2026-01-30 12:00:00', 'email', 3, 3, 0, 'EUR', false;
"""

_MODELS = ", ".join(f"('{model}')" for model in ATTRIBUTION_MODELS)
_SUMS = ", ".join(f"sum({figure})::double as {figure}" for figure in COLUMNS)
_NO_RATIOS = ", ".join(
    f"null::double as {ratio}"
    for ratio in (
        "roas",
        "roi",
        "conversion_rate",
        "average_order_value",
        "cost_per_conversion",
        "new_customer_cac",
    )
)

CREDITS = f"""
    create table models as from (values {_MODELS}) as t(attribution_model);
    create table attribution.fct_credits as
        select conversion_id, touchpoint_id, touchpoints.campaign_id, attribution_model,
            touchpoints.channel, 'only' as touch_position, 1 as touch_index, 1 as touch_count,
            1.0::double as credit, value as credited_value,
            converted_at::date as converted_date, converted_at
        from conversions.fct_conversions as conversions
        join attribution.fct_touchpoints as touchpoints using (person_id)
        cross join models
        where goal = 'purchase';
"""

FIGURES = """
    create table figures as
        select *, conversions as purchases, conversions as paid_conversions,
            conversions as new_customers
        from (values
            (date '2026-01-01', 'email', null, 1, 0.0e0, 0.0e0, 0.0e0),
            (date '2026-01-10', 'paid_social', 'c1', 1, 0, 0, 0),
            (date '2026-01-01', 'paid_social', 'c1', 0, 30, 0, 0),
            (date '2026-01-01', 'paid_social', null, 0, 5.5, 0, 0),
            (date '2026-01-02', 'paid_search', 'google:brand', 0, 7, 0, 0),
            (date '2026-01-31', 'email', null, 0, 0, 1, 50),
            (date '2026-01-31', 'paid_social', 'c1', 0, 0, 1, 90)
        ) as t(date, channel, campaign_id, visits, cost, conversions, revenue)
        cross join models;
"""

# Run again after a change of `figures`, it gives marts that agree with each other.
MARTS = f"""
    create or replace table attribution.channel_days as
        select date, channel, attribution_model, {_SUMS}, {_NO_RATIOS} from figures group by all;
    create or replace table attribution.campaign_days as
        select date, campaign_id, attribution_model, {_SUMS}, {_NO_RATIOS}
        from figures group by all;
    create or replace table attribution.model_comparison as
        select channel, attribution_model, 0.5 as share, 0.0 as spread, {_SUMS}, {_NO_RATIOS}
        from figures group by all;
"""

SHOP = (
    WORKSPACE
    + LANDED
    + CAMPAIGNS
    + PEOPLE
    + ORDERS
    + TOUCHPOINTS
    + CONVERSIONS
    + CREDITS
    + FIGURES
    + MARTS
    + CAMPAIGN_SHOP
    + CUSTOMER_SHOP
    + experiments_rows.SHOP
    + forecasts_rows.SHOP
)
