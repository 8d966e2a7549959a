with

settings as (

    select
        timezone,
        cast({{ add_days('as_of', '-89') }} as date) as first_date,
        as_of as last_date
    from {{ ref('stg_workspace__settings') }}

),

messages as (

    select
        person_id,
        campaign_id,
        event_type,
        occurred_at
    from {{ ref('int_messages_identified') }}
    where not is_holdout and event_type in ('campaign_viewed', 'campaign_clicked')

),

-- Who clicks in a message starts a session: where the sending tool tells of clicks, that session
-- is not another engagement.
clicked_campaigns as (

    select distinct campaign_id
    from messages
    where event_type = 'campaign_clicked' and campaign_id is not null

),

engaged as (

    select
        person_id,
        campaign_id,
        occurred_at as engaged_at
    from messages

    union all

    select
        sessions.person_id,
        sessions.campaign_id,
        sessions.started_at as engaged_at
    from {{ ref('int_touchpoints') }} as sessions
    left join clicked_campaigns on sessions.campaign_id = clicked_campaigns.campaign_id
    where
        sessions.campaign_id is not null
        and clicked_campaigns.campaign_id is null
        and not sessions.is_redirect

),

local_times as (

    select
        engaged.person_id,
        engaged.campaign_id,
        {{ local_time('engaged.engaged_at', 'settings.timezone') }} as local_at,
        settings.first_date,
        settings.last_date
    from engaged
    cross join settings
    -- A day's margin for time zones, so that the whole history is not converted.
    where engaged.engaged_at >= {{ add_days('settings.first_date', '-1') }}

),

placed as (

    select
        local_times.person_id,
        local_times.campaign_id,
        coalesce(people.rfm_segment, 'No segment') as segment,
        {{ iso_weekday('local_times.local_at') }} as weekday,
        extract(hour from local_times.local_at) as hour
    from local_times
    left join {{ ref('dim_people') }} as people on local_times.person_id = people.person_id
    where
        cast(local_times.local_at as date) >= local_times.first_date
        and cast(local_times.local_at as date) <= local_times.last_date

),

-- Everybody by segment, and each campaign by itself: not both at once, which a page could not hold.
by_group as (

    select
        'all' as campaign_id,
        'all' as segment,
        weekday,
        hour,
        person_id
    from placed

    union all

    select
        'all' as campaign_id,
        segment,
        weekday,
        hour,
        person_id
    from placed

    union all

    select
        campaign_id,
        'all' as segment,
        weekday,
        hour,
        person_id
    from placed
    where campaign_id is not null

),

groups as (

    select
        campaign_id,
        segment,
        count(*) as engagements,
        count(distinct person_id) as persons
    from by_group
    group by 1, 2

),

cells as (

    select
        campaign_id,
        segment,
        weekday,
        hour,
        count(*) as engagements,
        count(distinct person_id) as persons
    from by_group
    group by 1, 2, 3, 4

),

weekdays as (

    select *
    from (
        values
        (1, 'Monday'),
        (2, 'Tuesday'),
        (3, 'Wednesday'),
        (4, 'Thursday'),
        (5, 'Friday'),
        (6, 'Saturday'),
        (7, 'Sunday')
    ) as named (weekday, weekday_name)

),

hours as (

    {{ numbers(0, 23) }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

final as (

    select
        ---------- ids
        groups.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        groups.segment,
        weekdays.weekday_name,

        ---------- numerics
        weekdays.weekday,
        cast(hours.number as integer) as hour,
        coalesce(cells.engagements, 0) as engagements,
        coalesce(cells.persons, 0) as persons,
        {{ safe_divide('coalesce(cells.persons, 0)', 'groups.persons') }} as rate,
        {{ safe_divide('coalesce(cells.engagements, 0)', 'groups.engagements') }}
            as share_of_engagements

    from groups
    cross join weekdays
    cross join hours
    left join cells
        on
            groups.campaign_id = cells.campaign_id
            and groups.segment = cells.segment
            and weekdays.weekday = cells.weekday
            and hours.number = cells.hour
    left join campaigns on groups.campaign_id = campaigns.campaign_id

)

select * from final
