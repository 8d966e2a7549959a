with

visits as (

    select
        visit_date as date,
        dimension_value as channel,
        visits,
        unique_visitors
    from {{ ref('int_visit_days') }}
    where dimension = 'channel'

),

spend as (

    select
        spend_date as date,
        channel,
        {{ exact_sum('spend') }} as cost,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks
    from {{ ref('int_spend_days') }}
    group by 1, 2

),

credits as (

    select
        converted_date as date,
        channel,
        attribution_model,
        {{ credited_measures() }}
    from {{ ref('fct_credits') }}
    group by 1, 2, 3

),

-- Visits without spend, spend without visits and credit without either all stay.
days as (

    select
        date,
        channel
    from visits
    union
    select
        date,
        channel
    from spend
    union
    select
        date,
        channel
    from credits

),

joined as (

    select
        days.date,
        days.channel,
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
            and days.channel is not distinct from visits.channel
    left join spend
        on
            days.date = spend.date
            and days.channel is not distinct from spend.channel
    left join credits
        on
            days.date = credits.date
            and days.channel is not distinct from credits.channel
            and models.attribution_model = credits.attribution_model

),

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
