with

source as (

    select * from {{ source('load_records', 'load_log') }}

),

selected as (

    select
        ---------- ids
        run_id,
        source_table,

        ---------- numerics
        rows_read,
        rows_accepted,
        rows_duplicate,
        rows_quarantined,
        rows_late,

        ---------- timestamps
        loaded_at

    from source

)

select * from selected
