-- Touches of people who converted: what could be credited at all, one to two orders of magnitude
-- fewer than all touches. Returns from payment pages are left out.
with

touches as (

    select * from {{ ref('fct_touchpoints') }}
    where is_creditable

),

converting_people as (

    select distinct person_id from {{ ref('int_attributed_conversions') }}

),

final as (

    select
        touches.touchpoint_id,
        touches.person_id,
        touches.channel,
        touches.campaign_id,
        touches.touched_at
    from touches
    inner join converting_people on touches.person_id = converting_people.person_id

)

select * from final
