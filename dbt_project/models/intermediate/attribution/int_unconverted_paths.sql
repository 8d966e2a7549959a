-- The channels people came by who did not convert, or not again: their touches since they last
-- met the goal, within the lookback before the last one. Some of them will convert yet.
with

touches as (

    select * from {{ ref('fct_touchpoints') }}
    where is_creditable

),

goals as (

    select goal from {{ ref('stg_workspace__goals') }}
    where is_attributed

),

conversions as (

    select * from {{ ref('int_attributed_conversions') }}

),

converters as (

    select distinct person_id from conversions

),

-- Most people never converted at all; their paths are the same for every goal.
strangers as (

    select
        touches.person_id,
        max(touches.touched_at) as last_touched_at
    from touches
    left join converters on touches.person_id = converters.person_id
    where converters.person_id is null
    group by 1

),

touches_of_strangers as (

    select touches.*
    from touches
    inner join strangers
        on
            touches.person_id = strangers.person_id
            and touches.touched_at
            >= {{ add_days('strangers.last_touched_at', '-' ~ setting('lookback_days')) }}

),

paths_of_strangers as (

    {{ paths_of('touches_of_strangers', ['person_id'], 'touched_at, touchpoint_id') }}

),

counted_strangers as (

    select
        path as raw_path,
        count(*) as people
    from paths_of_strangers
    group by 1

),

touches_of_converters as (

    select touches.*
    from touches
    inner join converters on touches.person_id = converters.person_id

),

last_conversions as (

    select
        goal,
        person_id,
        max(converted_at) as converted_at
    from conversions
    group by 1, 2

),

later_touches as (

    select
        goals.goal,
        touches.*,
        max(touches.touched_at) over (partition by goals.goal, touches.person_id)
            as last_touched_at
    from touches_of_converters as touches
    cross join goals
    left join last_conversions
        on
            goals.goal = last_conversions.goal
            and touches.person_id = last_conversions.person_id
    where
        last_conversions.converted_at is null
        or touches.touched_at > last_conversions.converted_at

),

latest_touches as (

    select * from later_touches
    where touched_at >= {{ add_days('last_touched_at', '-' ~ setting('lookback_days')) }}

),

paths_of_converters as (

    {{ paths_of('latest_touches', ['goal', 'person_id'], 'touched_at, touchpoint_id') }}

),

raw_paths as (

    select
        goals.goal,
        counted_strangers.raw_path,
        counted_strangers.people
    from goals
    cross join counted_strangers

    union all

    select
        goal,
        path as raw_path,
        count(*) as people
    from paths_of_converters
    group by 1, 2

),

distinct_paths as (

    select distinct raw_path from raw_paths

),

-- Each distinct path is transformed once, however many people walked it.
candidates as (

    {{ path_steps('distinct_paths', ['raw_path'], 'raw_path', ' > ') }}

),

{{ kept_touches('raw_path', 'step', []) }},

transformed as (

    select
        raw_path,
        {{ joined_text('channel', ' > ', 'touch_index') }} as path
    from kept
    group by 1

),

final as (

    select
        raw_paths.goal,
        transformed.path,
        cast(sum(raw_paths.people) as bigint) as non_conversions
    from raw_paths
    inner join transformed on raw_paths.raw_path = transformed.raw_path
    group by 1, 2

)

select * from final
