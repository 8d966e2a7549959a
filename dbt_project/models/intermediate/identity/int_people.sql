-- Everybody any fact is about, with when they were first seen.
with

seen as (

    select
        customer_id as person_id,
        true as is_identified,
        country,
        created_at as seen_at
    from {{ ref('stg_commerce__customers') }}

    union all

    select
        person_id,
        is_identified,
        country,
        started_at as seen_at
    from {{ ref('int_sessions_identified') }}

    union all

    select
        person_id,
        is_identified,
        cast(null as string) as country,
        ordered_at as seen_at
    from {{ ref('int_orders_identified') }}

    union all

    select
        person_id,
        is_identified,
        cast(null as string) as country,
        first_seen_at as seen_at
    from {{ ref('int_people_in_records') }}

    union all

    select
        person_id,
        is_identified,
        cast(null as string) as country,
        last_seen_at as seen_at
    from {{ ref('int_people_in_records') }}

    union all

    select
        customer_id as person_id,
        true as is_identified,
        cast(null as string) as country,
        refunded_at as seen_at
    from {{ ref('int_refunds_converted') }}
    where customer_id is not null

),

-- The country seen most recently; of two at one moment, the first in the alphabet.
countries as (

    select
        person_id,
        country
    from seen
    where country is not null
    qualify
        row_number() over (partition by person_id order by seen_at desc nulls last, country asc) = 1

),

-- People known by an address alone.
emails as (

    select
        {{ person_id('cast(null as string)', 'cast(null as string)', 'email_hash') }} as person_id,
        min(email_hash) as email_hash
    from {{ ref('int_emails') }}
    where customer_id is null
    group by 1

),

people as (

    select
        person_id,
        bool_or(is_identified) as is_identified,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at
    from seen
    where person_id is not null
    group by 1

),

final as (

    select
        people.person_id,
        people.is_identified,
        emails.email_hash,
        countries.country as last_country,
        people.first_seen_at,
        people.last_seen_at
    from people
    left join emails on people.person_id = emails.person_id
    left join countries on people.person_id = countries.person_id

)

select * from final
