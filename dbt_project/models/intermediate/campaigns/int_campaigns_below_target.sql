-- Campaigns that have lately brought less than they should. The run of days starts after the last
-- day that was on target; days without spend neither lengthen nor end it.
with

settings as (

    select
        as_of,
        roas_target
    from {{ ref('stg_workspace__settings') }}

),

days as (

    select
        results.campaign_id,
        results.date,
        results.roas < settings.roas_target as is_below,
        -- One that has spent nothing in a week is not going on.
        results.date > {{ add_days('settings.as_of', '-7') }} as is_recent
    from {{ ref('campaign_result_days') }} as results
    cross join settings
    where results.roas is not null and results.date <= settings.as_of

),

ends as (

    select
        campaign_id,
        max(date) as last_spend_date,
        max(case when not is_below then date end) as last_on_target_date
    from days
    group by 1
    having bool_or(is_recent)

),

final as (

    select
        days.campaign_id,
        ends.last_spend_date,
        count(*) as days_below_target
    from days
    inner join ends on days.campaign_id = ends.campaign_id
    where ends.last_on_target_date is null or days.date > ends.last_on_target_date
    group by 1, 2

)

select * from final
