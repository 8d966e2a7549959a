with

source as (

    select * from {{ source('ingest', 'files') }}

),

selected as (

    select
        ---------- ids
        source_table,
        relative as landing_file,
        file_index,

        ---------- strings
        status,

        ---------- numerics
        rows_read,

        ---------- timestamps
        latest_at,
        {{ moment_of_nanoseconds('mtime_ns') }} as landed_at

    from source

)

select * from selected
