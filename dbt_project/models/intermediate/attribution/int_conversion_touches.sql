-- The touches that each conversion could be credited to: those of its person, before it and within
-- the lookback. Returns from payment pages are left out. Few people convert, so that few of all
-- touches are left.
with

touches as (

    select * from {{ ref('fct_touchpoints') }}
    where is_creditable

),

conversions as (

    select * from {{ ref('int_attributed_conversions') }}

),

final as (

    select
        conversions.conversion_id,
        touches.touchpoint_id,
        touches.channel,
        touches.campaign_id,
        conversions.converted_date,
        touches.touched_at
    from touches
    inner join conversions
        on
            touches.person_id = conversions.person_id
            and touches.touched_at <= conversions.converted_at
            and touches.touched_at
            >= {{ add_days('conversions.converted_at', '-' ~ setting('lookback_days')) }}

)

select * from final
