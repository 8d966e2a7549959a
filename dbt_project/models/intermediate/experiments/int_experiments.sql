-- Experiments that have started, and the moments between which they are looked at. What is over
-- or paused is looked at up to its end, however often it is asked again.
with

experiments as (

    select * from {{ ref('stg_workspace__experiments') }}
    where status <> 'draft'

),

-- Without a written end, what no longer runs ended with its last exposure.
last_exposures as (

    select
        experiment,
        max(exposed_at) as last_exposed_at
    from {{ ref('stg_experiments__exposures') }}
    group by 1

),

settings as (

    select as_of_end from {{ ref('stg_workspace__settings') }}

),

bounded as (

    select
        experiments.*,
        settings.as_of_end,
        coalesce(
            experiments.ended_at,
            case when experiments.status = 'paused' then experiments.paused_at end
        ) as closed_at,
        case
            when experiments.status <> 'running'
                then {{ add_days(
                    'last_exposures.last_exposed_at', 'experiments.conversion_window_days'
                ) }}
        end as faded_at
    from experiments
    cross join settings
    left join last_exposures on experiments.experiment = last_exposures.experiment

),

final as (

    select
        bounded.*,
        goals.conversion_type as goal_type,
        least(bounded.as_of_end, coalesce(bounded.closed_at, bounded.as_of_end)) as exposed_until,
        least(
            bounded.as_of_end,
            coalesce(bounded.closed_at, bounded.faded_at, bounded.as_of_end)
        ) as measured_until
    from bounded
    left join {{ ref('stg_workspace__goals') }} as goals on bounded.goal = goals.goal

)

select * from final
