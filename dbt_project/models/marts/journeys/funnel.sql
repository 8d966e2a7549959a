with

journeys as (

    select * from {{ ref('int_journeys') }}

),

stages as (

    select * from {{ ref('int_journey_stages') }}

),

channels as (

    select 'all' as channel
    union
    select first_channel as channel from journeys

),

furthest as (

    select
        'all' as channel,
        stage_index,
        count(*) as persons
    from journeys
    group by 1, 2

    union all

    select
        first_channel as channel,
        stage_index,
        count(*) as persons
    from journeys
    group by 1, 2

),

-- Whoever came further has passed this stage, whether or not an event of it was seen.
counted as (

    select
        channels.channel,
        stages.stage,
        stages.stage_index,
        cast(
            sum(coalesce(furthest.persons, 0)) over (
                partition by channels.channel order by stages.stage_index desc
                rows between unbounded preceding and current row
            ) as bigint
        ) as persons
    from channels
    cross join stages
    left join furthest
        on
            channels.channel = furthest.channel
            and stages.stage_index = furthest.stage_index

),

with_next as (

    select
        *,
        persons - lead(persons) over (partition by channel order by stage_index)
            as drop_off_persons
    from counted

),

rated as (

    select
        *,
        {{ safe_divide('drop_off_persons', 'persons') }} as drop_off_rate
    from with_next

),

ranked as (

    select
        *,
        row_number() over (
            partition by channel order by coalesce(drop_off_rate, 0) desc, stage_index asc
        ) as drop_off_rank,
        max(case when stage = 'awareness' then persons end) over (partition by channel)
            as aware_persons,
        max(case when stage = 'conversion' then persons end) over (partition by channel)
            as converted_persons
    from rated

),

final as (

    select
        ---------- strings
        channel,
        stage,

        ---------- numerics
        stage_index,
        persons,
        drop_off_persons,
        drop_off_rate,
        {{ safe_divide('converted_persons', 'aware_persons') }} as awareness_to_conversion_rate,

        ---------- booleans
        drop_off_rank = 1 and coalesce(drop_off_rate, 0) > 0 as is_biggest_drop_off

    from ranked

)

select * from final
