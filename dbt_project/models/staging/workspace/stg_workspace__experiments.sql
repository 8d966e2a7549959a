with

source as (

    select * from {{ source('workspace', 'experiments') }}

),

selected as (

    select
        ---------- strings
        experiment,
        description,
        experiment_type,
        status,
        source,
        unit,
        goal,
        impression_events,
        click_events,

        ---------- numerics
        experiment_index,
        confidence_level,
        target_sample_size,
        minimum_effect,
        conversion_window_days,
        covariate_days,
        winsorising_quantile,

        ---------- timestamps
        started_at,
        paused_at,
        ended_at

    from source

)

select * from selected
