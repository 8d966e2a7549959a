-- What people did after a campaign's message, or after it was kept from them.
with

messages as (

    select
        campaign_id,
        person_id,
        bool_or(is_holdout) as is_held_out,
        bool_or(not is_holdout) as is_treated,
        count(*) filter (where event_type = 'campaign_viewed' and not is_holdout) as times_seen,
        min(occurred_at) as first_at,
        min(case when event_type = 'campaign_viewed' and not is_holdout then occurred_at end)
            as first_viewed_at,
        max(case when event_type = 'campaign_viewed' and not is_holdout then occurred_at end)
            as last_viewed_at
    from {{ ref('int_messages_identified') }}
    where campaign_id is not null and person_id is not null
    group by 1, 2

),

costs as (

    select * from {{ ref('int_order_costs') }}

),

conversions as (

    select
        conversions.person_id,
        conversions.conversion_type = 'purchase' as is_purchase,
        case when conversions.counts_as_revenue then cast(conversions.value as decimal(18, 6)) end
            as revenue,
        case when conversions.counts_as_revenue then costs.cost_of_goods end as cost_of_goods,
        conversions.converted_at
    from {{ ref('fct_conversions') }} as conversions
    left join costs on conversions.order_id = costs.order_id
    where conversions.conversion_type = 'purchase' or conversions.counts_as_revenue

),

-- By person first: the moments are looked at only for people who bought.
bought as (

    select
        messages.campaign_id,
        messages.person_id,
        conversions.is_purchase,
        conversions.revenue,
        conversions.cost_of_goods,
        coalesce(
            conversions.converted_at
            < {{ add_days('messages.first_at', setting('message_response_days')) }},
            false
        ) as is_response,
        coalesce(
            conversions.converted_at >= messages.first_viewed_at
            and conversions.converted_at
            < {{ add_days('messages.last_viewed_at', setting('message_response_days')) }},
            false
        ) as is_after_view
    from messages
    inner join conversions
        on
            messages.person_id = conversions.person_id
            and messages.first_at <= conversions.converted_at

),

responses as (

    select
        campaign_id,
        person_id,
        bool_or(is_purchase and is_response) as has_purchased,
        bool_or(is_purchase and is_after_view) as has_purchased_after_view,
        sum(revenue) filter (where is_response) as revenue,
        sum(revenue) filter (where is_response and cost_of_goods is not null)
            as revenue_with_cost,
        sum(cost_of_goods) filter (where is_response and revenue is not null) as cost_of_goods
    from bought
    where is_response or is_after_view
    group by 1, 2

),

final as (

    select
        messages.campaign_id,
        messages.person_id,
        messages.is_held_out,
        messages.is_treated,
        messages.times_seen,
        coalesce(responses.has_purchased, false) as has_purchased,
        coalesce(responses.has_purchased_after_view, false) as has_purchased_after_view,
        coalesce(responses.revenue, 0) as revenue,
        coalesce(responses.revenue_with_cost, 0) as revenue_with_cost,
        coalesce(responses.cost_of_goods, 0) as cost_of_goods,
        messages.first_at
    from messages
    left join responses
        on
            messages.campaign_id = responses.campaign_id
            and messages.person_id = responses.person_id

)

select * from final
