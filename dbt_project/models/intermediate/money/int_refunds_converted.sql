with

refunds as (

    select
        *,
        {{ local_date('refunded_at') }} as refund_date
    from {{ ref('stg_commerce__refunds') }}

),

orders as (

    select
        order_id,
        currency
    from {{ ref('stg_commerce__orders') }}

),

-- A refund that names no currency was paid in its order's.
linked as (

    select
        refunds.refund_id,
        orders.order_id,
        refunds.customer_id,
        refunds.amount,
        coalesce(refunds.currency, orders.currency) as currency,
        refunds.refund_date,
        refunds.refunded_at
    from refunds
    left join orders on refunds.order_id = orders.order_id

),

final as (

    select
        ---------- ids
        linked.refund_id,
        linked.order_id,
        linked.customer_id,

        ---------- strings
        coalesce(linked.currency, {{ setting('currency') }}) as original_currency,

        ---------- numerics
        linked.amount as original_amount,
        {{ converted('linked.amount', 'linked.currency') }} as amount,

        ---------- booleans
        linked.order_id is not null as is_linked,

        ---------- dates
        linked.refund_date,

        ---------- timestamps
        linked.refunded_at

    from linked
    {{ join_rates('linked.currency', 'linked.refund_date') }}

)

select * from final
