with

people as (

    select
        *,
        {{ add_days('first_at', setting('message_response_days')) }}
        <= {{ setting('as_of_end') }} as has_had_time
    from {{ ref('int_message_responses') }}

),

-- Who was both sent to and kept from shows the effect of neither.
arms as (

    select
        campaign_id,
        count(*) filter (where is_treated and not is_held_out) as treated_persons,
        count(*) filter (where is_held_out and not is_treated) as holdout_persons,
        count(*) filter (where is_treated and is_held_out) as persons_in_both,
        count(*) filter (where is_treated and not is_held_out and has_purchased)
            as treated_conversions,
        count(*) filter (where is_held_out and not is_treated and has_purchased)
            as holdout_conversions,
        sum(case when is_treated and not is_held_out then revenue else 0 end) as treated_revenue,
        sum(case when is_held_out and not is_treated then revenue else 0 end) as holdout_revenue,
        sum(case when is_treated <> is_held_out then revenue end) as revenue,
        sum(case when is_treated <> is_held_out then revenue_with_cost end) as revenue_with_cost,
        sum(case
            when is_treated and not is_held_out then revenue_with_cost - cost_of_goods else 0
        end) as treated_margin,
        sum(case
            when is_held_out and not is_treated then revenue_with_cost - cost_of_goods else 0
        end) as holdout_margin,
        bool_and(has_had_time) as is_complete,
        min(first_at) as first_at
    from people
    group by 1
    having bool_or(is_held_out)

),

spend as (

    select
        campaign_id,
        {{ exact_sum('spend') }} as spend
    from {{ ref('int_spend_days') }}
    group by 1

),

listed as (

    select
        campaign_id,
        cost
    from {{ ref('stg_marketing__campaigns') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

measured as (

    select
        arms.*,
        cast(arms.treated_persons as double) / nullif(arms.holdout_persons, 0) as persons_ratio,
        -- What was booked by day, else what the list of campaigns says it cost in all.
        coalesce(spend.spend, cast(listed.cost as double)) as cost
    from arms
    left join spend on arms.campaign_id = spend.campaign_id
    left join listed on arms.campaign_id = listed.campaign_id

),

compared as (

    select
        *,
        {{ safe_divide('treated_conversions', 'treated_persons') }} as treated_rate,
        {{ safe_divide('holdout_conversions', 'holdout_persons') }} as holdout_rate,
        case
            when treated_persons > 0
                then treated_conversions - holdout_conversions * persons_ratio
        end as incremental_conversions,
        case
            when treated_persons > 0
                then cast(treated_revenue as double)
                    - cast(holdout_revenue as double) * persons_ratio
        end as incremental_revenue,
        case
            when treated_persons > 0 and revenue_with_cost <> 0
                then cast(treated_margin as double)
                    - cast(holdout_margin as double) * persons_ratio
        end as margin
    from measured

),

final as (

    select
        ---------- ids
        compared.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.channel,

        ---------- numerics
        compared.treated_persons,
        compared.holdout_persons,
        compared.persons_in_both,
        compared.treated_conversions,
        compared.holdout_conversions,
        compared.treated_rate,
        compared.holdout_rate,
        100 * (compared.treated_rate - compared.holdout_rate) as lift_points,
        compared.incremental_conversions,
        cast(compared.treated_revenue as double) as treated_revenue,
        cast(compared.holdout_revenue as double) as holdout_revenue,
        compared.incremental_revenue,
        compared.cost,
        compared.margin,
        {{ safe_divide('compared.revenue_with_cost', 'compared.revenue') }} as margin_known_share,
        compared.incremental_revenue - compared.cost as net_incremental_revenue,
        {{ safe_divide('compared.incremental_revenue - compared.cost', 'compared.cost') }} as roi,

        ---------- booleans
        compared.is_complete,

        ---------- timestamps
        compared.first_at

    from compared
    left join campaigns on compared.campaign_id = campaigns.campaign_id

)

select * from final
