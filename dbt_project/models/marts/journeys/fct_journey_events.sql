with

events as (

    select * from {{ ref('int_journey_events') }}

),

firsts as (

    select * from {{ ref('int_first_journey_events') }}

),

stages as (

    select * from {{ ref('int_journey_stages') }}

),

-- One row per event type, so that every event meets its rules in one comparison.
rules as (

    select
        event_type,
        max(case when condition = 'positive' then stage end) as positive_stage,
        max(case when condition = 'first' then stage end) as first_stage,
        max(case when condition = 'repeat' then stage end) as repeat_stage,
        max(case when condition = '' then stage end) as any_stage
    from {{ ref('stg_workspace__stages') }}
    group by 1

),

staged as (

    select
        events.*,
        coalesce(
            case when events.is_positive then rules.positive_stage end,
            case
                when events.event_id = firsts.event_id then rules.first_stage
                else rules.repeat_stage
            end,
            rules.any_stage
        ) as shown_stage
    from events
    left join rules on events.event_type = rules.event_type
    left join firsts
        on
            events.person_id = firsts.person_id
            and events.event_type = firsts.event_type

),

final as (

    select
        ---------- ids
        staged.event_id,
        staged.person_id,
        staged.visitor_id,
        staged.session_id,
        staged.order_id,
        staged.campaign_id,

        ---------- strings
        staged.event_type,
        stages.stage,
        staged.channel,

        ---------- numerics
        stages.stage_index,
        cast(staged.value as double) as value,

        ---------- dates
        staged.occurred_date,

        ---------- timestamps
        staged.occurred_at

    from staged
    left join stages on staged.shown_stage = stages.stage

)

select * from final
