-- Meta lists one purchase under several names. Per event the most aggregated name present is
-- taken; adding names up is what makes other tools count a purchase twice.
with

insights as (

    select
        ad_id,
        spend_date,
        actions,
        action_values
    from {{ ref('stg_meta_ads__insights') }}

),

action_types as (

    select * from {{ ref('meta_action_types') }}

),

listed as (

    {{ unnested_actions('insights', 'actions', 'count') }}
    union all
    {{ unnested_actions('insights', 'action_values', 'value') }}

),

named as (

    select
        listed.ad_id,
        listed.spend_date,
        listed.measure,
        action_types.kind,
        action_types.tier,
        action_types.part,
        action_types.part_rank,
        sum(listed.amount) as amount
    from listed
    inner join action_types on listed.action_type = action_types.action_type
    group by 1, 2, 3, 4, 5, 6, 7

),

-- The lowest tier, and in it the preferred name of each part.
preferred as (

    select *
    from named
    qualify
        tier = min(tier) over (partition by ad_id, spend_date, measure, kind)
        and part_rank = min(part_rank) over (
            partition by ad_id, spend_date, measure, kind, tier, part
        )

),

final as (

    select
        ad_id,
        spend_date,
        sum(amount) filter (where measure = 'count' and kind = 'purchase') as purchases,
        sum(amount) filter (where measure = 'value' and kind = 'purchase') as purchase_value,
        sum(amount) filter (where measure = 'count' and kind = 'lead') as leads,
        sum(amount) filter (where measure = 'count' and kind = 'add_to_cart') as adds_to_cart,
        sum(amount) filter (where measure = 'count' and kind = 'initiate_checkout')
            as checkouts
    from preferred
    group by 1, 2

)

select * from final
