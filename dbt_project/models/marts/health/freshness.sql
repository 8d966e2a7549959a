with

loads as (

    select distinct source_table from {{ ref('stg_load_records__loads') }}

),

files as (

    select
        source_table,
        count(*) as files,
        sum(rows_read) as rows_landed,
        max(latest_at) as latest_event_at,
        max(landed_at) as last_landed_at
    from {{ ref('stg_ingest__files') }}
    group by 1

),

targets as (

    select * from {{ ref('stg_workspace__freshness_targets') }}

),

-- Some tables tell of no moment (campaigns, products); those are as old as their newest file.
ages as (

    select
        source_table,
        cast(
            {{ seconds_between('coalesce(latest_event_at, last_landed_at)', setting('as_of_end')) }}
            / 3600 as double
        ) as age_hours
    from files

),

final as (

    select
        ---------- ids
        loads.source_table,

        ---------- numerics
        coalesce(files.files, 0) as files,
        cast(coalesce(files.rows_landed, 0) as bigint) as rows_landed,
        cast(
            {{ seconds_between('files.latest_event_at', setting('as_of_end')) }} / 3600 as double
        ) as hours_behind,
        ages.age_hours,
        targets.target_hours,

        ---------- booleans
        targets.target_hours is not null
        and coalesce(ages.age_hours > targets.target_hours, true) as is_stale,

        ---------- timestamps
        files.latest_event_at,
        files.last_landed_at

    from loads
    left join files on loads.source_table = files.source_table
    left join ages on loads.source_table = ages.source_table
    left join targets on loads.source_table = targets.source_table

)

select * from final
