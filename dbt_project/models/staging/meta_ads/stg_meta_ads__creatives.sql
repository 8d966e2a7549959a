with

source as (

    select * from {{ source('meta_ads', 'creatives') }}

),

renamed as (

    select
        ---------- ids
        id as creative_id,

        ---------- strings
        name,
        title,
        body,
        call_to_action_type,
        url_tags,
        object_story_spec,
        thumbnail_url,
        _extra as extra_columns,

        ---------- booleans
        is_late

    from source

)

select * from renamed
