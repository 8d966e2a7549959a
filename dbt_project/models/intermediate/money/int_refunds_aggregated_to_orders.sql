with

refunds as (

    select * from {{ ref('int_refunds_converted') }}
    where is_linked

),

final as (

    select
        order_id,
        count(*) as refunds,
        -- One refund without a rate makes the sum unknown, not smaller.
        case when count(*) = count(amount) then sum(amount) end as refunded_value
    from refunds
    group by 1

)

select * from final
