-- On a shared device the last link before an event says whose it is; what came before the
-- first link belongs to the first person.
with

links as (

    select * from {{ ref('int_visitor_links') }}

),

-- Two people linked in the same instant: a customer rather than an email, then the smaller id,
-- so that a rerun decides alike.
one_per_moment as (

    select
        visitor_key,
        linked_at,
        coalesce(
            min(person_id) filter (where person_id not like 'email:%'), min(person_id)
        ) as person_id
    from links
    group by 1, 2

),

changes as (

    select *
    from one_per_moment
    qualify
        lag(person_id) over (partition by visitor_key order by linked_at) is distinct from person_id

),

final as (

    select
        visitor_key,
        person_id,
        case
            when lag(linked_at) over changes_of_visitor is null
                then cast('0001-01-01' as timestamp)
            else linked_at
        end as valid_from,
        coalesce(lead(linked_at) over changes_of_visitor, cast('9999-12-31' as timestamp))
            as valid_to
    from changes
    window changes_of_visitor as (partition by visitor_key order by linked_at)

)

select * from final
