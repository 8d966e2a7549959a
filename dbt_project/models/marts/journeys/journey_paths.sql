{{ config(alias='paths', meta={'dagster': {'asset_key': ['journeys', 'paths']}}) }}
with

paths as (

    select * from {{ ref('int_journey_paths') }}

),

buyers as (

    select
        person_id,
        is_buyer
    from {{ ref('int_journeys') }}

),

counted as (

    select
        paths.path_type,
        paths.path,
        count(*) as persons,
        count(*) filter (where buyers.is_buyer) as converters
    from paths
    left join buyers on paths.person_id = buyers.person_id
    group by 1, 2

),

ranked as (

    select
        *,
        sum(persons) over (partition by path_type) as all_persons,
        row_number() over (partition by path_type order by persons desc, path asc) as path_rank
    from counted

),

final as (

    select
        ---------- strings
        path_type,
        path,

        ---------- numerics
        path_rank,
        persons,
        converters,
        {{ safe_divide('converters', 'persons') }} as conversion_rate,
        {{ safe_divide('persons', 'all_persons') }} as share_of_persons

    from ranked
    where path_rank <= {{ customer_setting('journeys_top_paths') }}

)

select * from final
