-- What campaigns cost and brought, day by day. Credit is that of one model, because a forecast
-- is of one number; the others are in attribution.campaign_days.
with

campaign_days as (

    select * from {{ ref('campaign_days') }}
    where
        attribution_model = {{ setting('headline_model') }}
        and campaign_id is not null
        and date > cast(
            {{ add_days(setting('as_of'), '-' ~ setting('forecast_history_days')) }} as date
        )

),

final as (

    select
        campaign_id,
        campaign_name,
        platform,
        coalesce(cost, 0) as spend,
        coalesce(conversions, 0) as conversions,
        coalesce(revenue, 0) as revenue,
        date
    from campaign_days

)

select * from final
