"""What campaigns cost and brought in the small shop of `shop.py`, as SQL.

Views, so that they stay true while the tables they are made from are broken one at a time.
"""

from tests.expectations.marts.campaigns_rows import ORDINARY

_RESULTS = """
    create view campaigns.campaign_days as
        select date, campaign_id, cost as spend, null::double as budget,
            null::bigint as impressions, null::bigint as clicks, null::bigint as reach,
            null::bigint as reach_at_least,
            if(campaign_id is null, null, visits)::bigint as sessions,
            if(campaign_id is null, null, visits)::bigint as unique_visitors,
            if(campaign_id is null, null, 0)::bigint as cart_sessions,
            if(campaign_id is null, null, 0)::bigint as purchase_sessions,
            if(campaign_id is null, null, 0)::bigint as converting_sessions,
            if(campaign_id is null, null, conversions) as conversions,
            if(campaign_id is null, null, purchases) as purchases,
            if(campaign_id is null, null, new_customers) as new_customers,
            if(campaign_id is null, null, revenue) as revenue,
            null::double as meta_purchase_value, null::double as ctr, null::double as cpc,
            null::double as cpm, if(campaign_id is null, null, revenue / nullif(cost, 0)) as roas,
            if(campaign_id is null, null, nullif(cost, 0) / nullif(new_customers, 0)) as cac,
            0 / nullif(if(campaign_id is null, null, visits), 0) as conversion_rate,
            null::double as platform_roas
        from attribution.campaign_days
        where attribution_model = 'linear' and (campaign_id is not null or cost > 0);
    create view campaigns.leaderboard as
        select *, revenue / nullif(spend, 0) as roas,
            nullif(spend, 0) / nullif(new_customers, 0) as cac,
            row_number() over (order by campaign_id nulls last) as rank
        from (
            select 90 as window_days, date '2025-11-03' as period_start,
                date '2026-01-31' as period_end, campaign_id, sum(spend) as spend,
                sum(impressions)::bigint as impressions, sum(clicks)::bigint as clicks,
                sum(sessions)::bigint as sessions, sum(conversions) as conversions,
                sum(revenue) as revenue, sum(new_customers) as new_customers,
                null::double as ctr, null::double as cpc, null::double as budget,
                null::double as budget_used, 0e0 as previous_spend, 0e0 as previous_revenue,
                null::double as previous_roas, null::varchar as roas_trend,
                0 as days_below_target, false as is_alert, null::varchar as alert
            from campaigns.campaign_days
            group by campaign_id
        );
    create view campaigns.creatives as
        select null::varchar as creative_id, 3 as ads, 1 as campaigns, sum(cost) as spend,
            null::bigint as impressions, null::bigint as clicks, null::double as ctr,
            null::double as cpc, null::bigint as sessions, null::bigint as converting_sessions,
            null::double as conversions, null::double as purchases,
            null::double as conversion_rate, null::double as revenue, null::double as roas,
            null::double as ad_known_share, null::double as meta_purchase_value,
            null::double as platform_roas, null::bigint as rank
        from attribution.channel_days
        where channel = 'paid_social' and attribution_model = 'linear';
    create view campaigns.funnel as
        select 'all' as window_name, campaign_id, step, step_index,
            case when step = 'session' then sum(sessions) when step_index > 3 then 0 end::bigint
                as count,
            null::double as drop_off, null::double as rate_of_first
        from campaigns.campaign_days
        cross join (values
            ('impression', 1), ('click', 2), ('session', 3), ('cart', 4), ('purchase', 5)
        ) as steps(step, step_index)
        where campaign_id is not null
        group by campaign_id, step, step_index;
"""

_CONVERSIONS = """
    create view conversions.conversion_days as
        select date, conversion_type, channel, null::varchar as platform,
            sum(conversions)::bigint as conversions, coalesce(sum(value), 0)::double as value,
            (sum(value) / nullif(sum(conversions), 0))::double as average_value,
            sum(sessions)::bigint as sessions, 0 as converting_sessions,
            0 / nullif(sum(sessions), 0) as conversion_rate
        from (
            select touched_at::date as date, conversion_type, channel, 0 as conversions,
                0 as value, 1 as sessions
            from attribution.fct_touchpoints
            cross join (select distinct conversion_type from conversions.dim_goals)
            union all
            select converted_at::date, conversion_type, channel, 1, value, 0
            from conversions.fct_conversions
        )
        group by all;
"""

_OTHERS = "".join(
    f"create table campaigns.{name} as {ORDINARY[f'campaigns.{name}']};"
    for name in ("engagement_heatmap", "frequency", "leads", "social_posts", "returns")
)

CAMPAIGN_SHOP = f"{_RESULTS}{_CONVERSIONS}{_OTHERS}"

# The views above, in the order in which they are made from each other.
VIEWS = (
    "campaigns.campaign_days",
    "campaigns.leaderboard",
    "campaigns.creatives",
    "campaigns.funnel",
    "conversions.conversion_days",
)
