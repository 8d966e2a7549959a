-- A customer record says whose an email is; orders and forms say it where no record does.
with

evidence as (

    select
        email,
        email_hash,
        customer_id,
        created_at as known_at,
        1 as rank
    from {{ ref('stg_commerce__customers') }}

    union all

    select
        email,
        email_hash,
        customer_id,
        created_at as known_at,
        2 as rank
    from {{ ref('stg_commerce__orders') }}

    union all

    select
        email,
        email_hash,
        customer_id,
        submitted_at as known_at,
        3 as rank
    from {{ ref('stg_crm__form_submissions') }}

    union all

    select
        email,
        email_hash,
        customer_id,
        created_at as known_at,
        4 as rank
    from {{ ref('stg_crm__feedback') }}

),

final as (

    select
        email,
        email_hash,
        customer_id
    from evidence
    where email is not null
    qualify
        row_number() over (
            partition by email
            order by (customer_id is null), rank, known_at nulls last, customer_id
        ) = 1

)

select * from final
