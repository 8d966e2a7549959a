with

source as (

    select * from {{ source('workspace', 'experiment_ad_sets') }}

),

selected as (

    select
        ---------- ids
        ad_set_id,

        ---------- strings
        experiment,
        variant

    from source

)

select * from selected
