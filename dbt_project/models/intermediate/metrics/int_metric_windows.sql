-- The periods that metrics are told of, all ending on the last whole day, and those before them.
-- Single days are there for the course of a metric; they have no period before.
with

days as (

    select last_whole_date as last_date from {{ ref('stg_workspace__settings') }}

),

lengths as (

    select
        '1d' as period,
        1 as days
    union all
    select
        '7d' as period,
        7 as days
    union all
    select
        '30d' as period,
        30 as days
    union all
    select
        '90d' as period,
        90 as days
    union all
    select
        'ytd' as period,
        {{ days_between("cast(date_trunc('year', last_date) as date)", 'last_date') }} + 1 as days
    from days

),

numbered as (

    select
        period,
        0 as windows_before,
        days
    from lengths

    union all

    select
        period,
        1 as windows_before,
        days
    from lengths

    union all

    select
        'day' as period,
        number as windows_before,
        1 as days
    from ({{ numbers(0, 89) }}) as last_days

),

final as (

    select
        numbered.period,
        numbered.period <> 'day' and numbered.windows_before = 1 as is_previous,
        numbered.days,
        cast({{ add_days(
            'days.last_date', '1 - (numbered.windows_before + 1) * numbered.days'
        ) }} as date) as period_start,
        cast({{ add_days('days.last_date', '-numbered.windows_before * numbered.days') }} as date)
            as period_end
    from numbered
    cross join days

)

select * from final
