-- The channel that brought a person's first order, by the session it was placed in.
with

orders as (

    select
        order_id,
        person_id
    from {{ ref('fct_orders') }}
    where order_number = 1

),

final as (

    select
        orders.person_id,
        -- An order may be a conversion of several goals; each was placed in the same session.
        coalesce(min(conversions.channel), 'unattributed') as acquisition_channel
    from orders
    left join {{ ref('fct_conversions') }} as conversions
        on
            orders.order_id = conversions.order_id
            and conversions.conversion_type = 'purchase'
    group by 1

)

select * from final
