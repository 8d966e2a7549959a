{{ config(
    alias='campaign_days', meta={'dagster': {'asset_key': ['campaigns', 'campaign_days']}}
) }}
with

-- What came without a campaign is no campaign's result; spend that names none stays all the same.
credited as (

    select * from {{ ref('campaign_days') }}
    where
        attribution_model = {{ setting('headline_model') }}
        and (campaign_id is not null or cost > 0 or impressions is not null)

),

ad_days as (

    select
        date,
        campaign_id,
        cast(sum(reach) as bigint) as reach,
        max(reach) as reach_at_least,
        {{ exact_sum('meta_purchases') }} as meta_purchases,
        {{ exact_sum('meta_purchase_value') }} as meta_purchase_value,
        {{ exact_sum('meta_leads') }} as meta_leads
    from {{ ref('fct_ad_days') }}
    group by 1, 2

),

budgets as (

    select * from {{ ref('int_campaign_budget_days') }}

),

session_days as (

    select * from {{ ref('int_campaign_session_days') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

flights as (

    select * from {{ ref('int_campaign_flights') }}

),

-- What is added to an unknown stays unknown.
{{ known_results() }},

days as (

    select
        date,
        campaign_id
    from credited
    union
    select
        budget_date as date,
        campaign_id
    from budgets

),

joined as (

    select
        days.date,
        days.campaign_id,
        credited.impressions,
        credited.clicks,
        ad_days.reach,
        ad_days.reach_at_least,
        coalesce(credited.cost, 0) as spend,
        cast(budgets.budget as double) as budget,
        known.no_sessions + coalesce(credited.visits, 0) as sessions,
        known.no_sessions + coalesce(credited.unique_visitors, 0) as unique_visitors,
        known.no_sessions + known.no_carts + coalesce(session_days.cart_sessions, 0)
            as cart_sessions,
        known.no_sessions + known.no_revenue + coalesce(session_days.purchase_sessions, 0)
            as purchase_sessions,
        known.no_sessions + known.no_conversions + coalesce(session_days.converting_sessions, 0)
            as converting_sessions,
        known.no_conversions + coalesce(credited.conversions, 0) as conversions,
        known.no_revenue + coalesce(credited.purchases, 0) as purchases,
        known.no_revenue + coalesce(credited.new_customers, 0) as new_customers,
        known.no_revenue + coalesce(credited.revenue, 0) as revenue,
        ad_days.meta_purchases,
        ad_days.meta_purchase_value,
        ad_days.meta_leads
    from days
    left join credited
        on
            days.date = credited.date
            and days.campaign_id is not distinct from credited.campaign_id
    left join ad_days
        on
            days.date = ad_days.date
            and days.campaign_id is not distinct from ad_days.campaign_id
    left join budgets
        on days.date = budgets.budget_date and days.campaign_id = budgets.campaign_id
    left join session_days
        on days.date = session_days.started_date and days.campaign_id = session_days.campaign_id
    -- Nobody knows what spend without a campaign brought.
    left join known on days.campaign_id is not null

),

final as (

    select
        ---------- ids
        joined.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        -- Only Meta delivers spend that names no campaign.
        case when joined.campaign_id is null then 'meta' else campaigns.platform end as platform,
        case when joined.campaign_id is null then 'paid_social' else campaigns.channel end
            as channel,
        flights.objective,
        coalesce(flights.status, campaigns.status) as status,

        ---------- numerics
        joined.impressions,
        joined.reach,
        joined.reach_at_least,
        joined.clicks,
        joined.spend,
        joined.budget,
        joined.sessions,
        joined.unique_visitors,
        joined.cart_sessions,
        joined.purchase_sessions,
        joined.converting_sessions,
        joined.conversions,
        joined.purchases,
        joined.revenue,
        joined.new_customers,
        joined.meta_purchases,
        joined.meta_purchase_value,
        joined.meta_leads,
        {{ safe_divide('joined.clicks', 'joined.impressions') }} as ctr,
        -- What cost nothing that is known of has no price.
        {{ safe_divide('nullif(joined.spend, 0)', 'joined.clicks') }} as cpc,
        {{ safe_divide('1000 * nullif(joined.spend, 0)', 'joined.impressions') }} as cpm,
        {{ safe_divide('joined.revenue', 'joined.spend') }} as roas,
        {{ safe_divide('nullif(joined.spend, 0)', 'joined.new_customers') }} as cac,
        {{ safe_divide('joined.converting_sessions', 'joined.sessions') }} as conversion_rate,
        {{ safe_divide('joined.meta_purchase_value', 'joined.spend') }} as platform_roas,

        ---------- dates
        joined.date

    from joined
    left join campaigns on joined.campaign_id = campaigns.campaign_id
    left join flights on joined.campaign_id = flights.campaign_id

)

select * from final
