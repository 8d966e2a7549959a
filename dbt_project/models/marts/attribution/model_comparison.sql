{%- set per_model = 'over (partition by attribution_model)' -%}
with

credits as (

    select
        channel,
        attribution_model,
        {{ credited_measures() }}
    from {{ ref('fct_credits') }}
    group by 1, 2

),

spend as (

    select
        channel,
        {{ exact_sum('spend') }} as cost
    from {{ ref('int_spend_days') }}
    group by 1

),

visits as (

    select
        channel,
        count(*) as visits
    from {{ ref('fct_touchpoints') }}
    where is_creditable
    group by 1

),

totals_of_goals as (

    select distinct
        goal,
        channel,
        attribution_model,
        model_conversions
    from {{ ref('int_channel_shares') }}

),

-- What the data-driven models say before their credit is divided among single conversions.
data_driven as (

    select
        channel,
        attribution_model,
        {{ exact_sum('model_conversions') }} as model_conversions
    from totals_of_goals
    group by 1, 2

),

channels as (

    select channel from credits
    union
    select channel from spend
    union
    select channel from visits

),

-- A channel that no path led through is a row of zeros, not a gap.
joined as (

    select
        channels.channel,
        models.attribution_model,
        coalesce(visits.visits, 0) as visits,
        coalesce(credits.conversions, 0) as conversions,
        coalesce(credits.purchases, 0) as purchases,
        coalesce(credits.paid_conversions, 0) as paid_conversions,
        coalesce(credits.new_customers, 0) as new_customers,
        coalesce(credits.revenue, 0) as revenue,
        coalesce(spend.cost, 0) as cost,
        data_driven.model_conversions
    from channels
    cross join {{ attribution_models() }}
    left join visits on channels.channel = visits.channel
    left join spend on channels.channel = spend.channel
    left join credits
        on
            channels.channel = credits.channel
            and models.attribution_model = credits.attribution_model
    left join data_driven
        on
            channels.channel = data_driven.channel
            and models.attribution_model = data_driven.attribution_model

),

shared as (

    select
        *,
        {{ safe_divide('conversions', exact_sum('conversions', per_model)) }} as share,
        {{ safe_divide('revenue', exact_sum('revenue', per_model)) }} as revenue_share
    from joined

),

final as (

    select
        ---------- strings
        channel,
        attribution_model,

        ---------- numerics
        visits,
        conversions,
        purchases,
        paid_conversions,
        new_customers,
        revenue,
        cost,
        share,
        revenue_share,
        max(share) over (partition by channel) - min(share) over (partition by channel) as spread,
        model_conversions,
        {{ attribution_ratios() }}

    from shared

)

select * from final
