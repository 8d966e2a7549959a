with

{{ credited_days('channel', 'channel') }},

final as (

    select
        ---------- strings
        joined.channel,
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

)

select * from final
