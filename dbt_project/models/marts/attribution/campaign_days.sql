with

{{ credited_days('campaign', 'campaign_id') }},

campaigns as (

    select * from {{ ref('int_campaigns') }}

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
