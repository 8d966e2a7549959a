-- Whose mention it is. A handle is not a person: only a customer that was matched to it is.
with

mentions as (

    select * from {{ ref('stg_social__mentions') }}

),

final as (

    select
        mention_id,
        customer_id as person_id,
        post_id,
        platform,
        author,
        text,
        created_at
    from mentions

)

select * from final
