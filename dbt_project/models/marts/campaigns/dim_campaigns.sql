with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

spend as (

    select
        campaign_id,
        {{ exact_sum('spend') }} as spend,
        min(spend_date) as first_spend_date,
        max(spend_date) as last_spend_date
    from {{ ref('int_spend_days') }}
    group by 1

),

touches as (

    select
        campaign_id,
        count(*) as touches
    from {{ ref('fct_touchpoints') }}
    where campaign_id is not null
    group by 1

),

final as (

    select
        ---------- ids
        campaigns.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.platform,
        campaigns.channel,
        campaigns.status,

        ---------- numerics
        coalesce(spend.spend, 0) as spend,
        coalesce(touches.touches, 0) as touches,

        ---------- dates
        spend.first_spend_date,
        spend.last_spend_date

    from campaigns
    left join spend on campaigns.campaign_id = spend.campaign_id
    left join touches on campaigns.campaign_id = touches.campaign_id

)

select * from final
