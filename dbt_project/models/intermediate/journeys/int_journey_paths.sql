-- The two paths of a person: the stages in the order they were first reached, and the channels of
-- the sessions, of which one after another by the same channel are one step.
with

stage_steps as (

    select
        person_id,
        'stage' as path_type,
        -- What the path is made of; paths are joined from a column of this name.
        stage as channel,
        first_event_at as moment,
        -- Of stages reached in one moment, the earlier one comes first.
        cast(stage_index as string) as tie_breaker
    from {{ ref('int_stages_reached') }}

),

-- Returns from payment and login pages were brought by no channel.
sessions as (

    select
        person_id,
        channel,
        session_id,
        started_at
    from {{ ref('int_journey_sessions') }}
    where not is_redirect

),

changes as (

    select *
    from sessions
    qualify
        lag(channel) over (partition by person_id order by started_at, session_id)
        is distinct from channel

),

numbered as (

    select
        *,
        row_number() over (partition by person_id order by started_at, session_id) as step
    from changes

),

channel_steps as (

    select
        person_id,
        'channel' as path_type,
        case when step > {{ customer_setting('journeys_longest_path') }} then '...' else channel end
            as channel,
        started_at as moment,
        session_id as tie_breaker
    from numbered
    where step <= {{ customer_setting('journeys_longest_path') }} + 1

),

steps as (

    select * from stage_steps
    union all
    select * from channel_steps

),

final as (

    {{ paths_of('steps', ['path_type', 'person_id'], 'moment, tie_breaker') }}

)

select * from final
