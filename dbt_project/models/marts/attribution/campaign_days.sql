with

visits as (

    select
        visit_date as date,
        dimension_value as campaign_id,
        visits,
        unique_visitors
    from {{ ref('int_visit_days') }}
    where dimension = 'campaign'

),

spend as (

    select
        spend_date as date,
        campaign_id,
        {{ exact_sum('spend') }} as cost,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks
    from {{ ref('int_spend_days') }}
    group by 1, 2

),

credits as (

    select
        converted_date as date,
        campaign_id,
        attribution_model,
        {{ credited_measures() }}
    from {{ ref('fct_credits') }}
    group by 1, 2, 3

),

-- Visits without spend, spend without visits and credit without either all stay.
days as (

    select
        date,
        campaign_id
    from visits
    union
    select
        date,
        campaign_id
    from spend
    union
    select
        date,
        campaign_id
    from credits

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

joined as (

    select
        days.date,
        days.campaign_id,
        models.attribution_model,
        coalesce(visits.visits, 0) as visits,
        coalesce(visits.unique_visitors, 0) as unique_visitors,
        spend.impressions,
        spend.clicks,
        coalesce(credits.conversions, 0) as conversions,
        coalesce(credits.purchases, 0) as purchases,
        coalesce(credits.paid_conversions, 0) as paid_conversions,
        coalesce(credits.new_customers, 0) as new_customers,
        coalesce(credits.revenue, 0) as revenue,
        coalesce(spend.cost, 0) as cost
    from days
    cross join {{ attribution_models() }}
    left join visits
        on
            days.date = visits.date
            and days.campaign_id is not distinct from visits.campaign_id
    left join spend
        on
            days.date = spend.date
            and days.campaign_id is not distinct from spend.campaign_id
    left join credits
        on
            days.date = credits.date
            and days.campaign_id is not distinct from credits.campaign_id
            and models.attribution_model = credits.attribution_model

),

final as (

    select
        ---------- ids
        joined.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.platform,
        campaigns.channel as campaign_channel,
        joined.attribution_model,

        ---------- numerics
        joined.visits,
        joined.unique_visitors,
        joined.impressions,
        joined.clicks,
        joined.conversions,
        joined.purchases,
        joined.paid_conversions,
        joined.new_customers,
        joined.revenue,
        joined.cost,
        {{ attribution_ratios() }},

        ---------- dates
        joined.date

    from joined
    left join campaigns on joined.campaign_id = campaigns.campaign_id

)

select * from final
