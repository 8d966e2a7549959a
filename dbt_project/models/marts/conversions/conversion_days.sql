with

conversions as (

    select
        conversion_id,
        session_id,
        conversion_type,
        goal,
        channel,
        platform,
        value,
        gross_value,
        converted_date
    from {{ ref('fct_conversions') }}

),

goals as (

    select * from {{ ref('stg_workspace__goals') }}

),

types as (

    select distinct conversion_type from goals

),

sessions as (

    select
        session_id,
        channel,
        platform,
        started_date
    from {{ ref('int_touchpoints') }}

),

session_days as (

    select
        started_date as date,
        channel,
        platform,
        count(*) as sessions
    from sessions
    group by 1, 2, 3

),

-- Once per type, on the day the session began. A lead was left in Meta's form, in no session.
converting as (

    select distinct
        conversions.session_id,
        conversions.conversion_type
    from conversions
    inner join goals on conversions.goal = goals.goal
    where conversions.session_id is not null and goals.source <> 'lead'

),

converting_days as (

    select
        sessions.started_date as date,
        sessions.channel,
        sessions.platform,
        converting.conversion_type,
        count(*) as converting_sessions
    from converting
    inner join sessions on converting.session_id = sessions.session_id
    group by 1, 2, 3, 4

),

conversion_sums as (

    select
        converted_date as date,
        channel,
        platform,
        conversion_type,
        count(*) as conversions,
        -- An order of total 0 is worth nothing by itself, and lowers no average.
        count(*) filter (where gross_value > 0) as paid_conversions,
        {{ exact_sum('value') }} as value
    from conversions
    group by 1, 2, 3, 4

),

-- Every type of which there is a goal on every day with sessions: a day without a conversion
-- lowers the rate.
days as (

    select
        session_days.date,
        session_days.channel,
        session_days.platform,
        types.conversion_type
    from session_days
    cross join types
    union
    select
        date,
        channel,
        platform,
        conversion_type
    from conversion_sums

),

final as (

    select
        ---------- strings
        days.conversion_type,
        days.channel,
        days.platform,

        ---------- numerics
        coalesce(conversion_sums.conversions, 0) as conversions,
        coalesce(conversion_sums.value, 0) as value,
        {{ safe_divide('conversion_sums.value', 'conversion_sums.paid_conversions') }}
            as average_value,
        coalesce(session_days.sessions, 0) as sessions,
        coalesce(converting_days.converting_sessions, 0) as converting_sessions,
        {{ safe_divide(
            'coalesce(converting_days.converting_sessions, 0)', 'session_days.sessions'
        ) }} as conversion_rate,

        ---------- dates
        days.date

    from days
    left join session_days
        on
            days.date = session_days.date
            and days.channel = session_days.channel
            and days.platform is not distinct from session_days.platform
    left join converting_days
        on
            days.date = converting_days.date
            and days.channel = converting_days.channel
            and days.platform is not distinct from converting_days.platform
            and days.conversion_type = converting_days.conversion_type
    left join conversion_sums
        on
            days.date = conversion_sums.date
            and days.channel = conversion_sums.channel
            and days.platform is not distinct from conversion_sums.platform
            and days.conversion_type = conversion_sums.conversion_type

)

select * from final
