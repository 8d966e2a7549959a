with

orders as (

    select
        *,
        {{ local_date('created_at') }} as order_date
    from {{ ref('stg_commerce__orders') }}

),

has_status as (

    select count(status) as orders from orders

),

final as (

    select
        ---------- ids
        orders.order_id,
        orders.customer_id,
        orders.visitor_id,
        orders.session_id,

        ---------- strings
        orders.email,
        orders.email_hash,
        orders.status,
        orders.promo_code,
        coalesce(orders.currency, {{ setting('currency') }}) as original_currency,

        ---------- numerics
        orders.total as original_total,
        {{ converted('orders.total', 'orders.currency') }} as total,
        {{ converted('orders.subtotal', 'orders.currency') }} as subtotal,
        {{ converted('orders.discount_total', 'orders.currency') }} as discount_total,
        {{ converted('orders.shipping_total', 'orders.currency') }} as shipping_total,
        {{ converted('orders.tax_total', 'orders.currency') }} as tax_total,

        ---------- booleans
        -- A shop that exports no status at all exports what it sold; one blank status among
        -- others says nothing was sold. A cancellation outweighs a status left as it was.
        coalesce(orders.canceled_at >= {{ setting('as_of_end') }}, true) and (
            has_status.orders = 0
            or instr(
                ',' || {{ setting('counted_statuses') }} || ',',
                ',' || coalesce(orders.status, '?') || ','
            ) > 0
        ) as is_counted,
        coalesce(orders.total > 0, false) as is_paid,

        ---------- dates
        orders.order_date,

        ---------- timestamps
        orders.created_at as ordered_at

    from orders
    cross join has_status
    {{ join_rates('orders.currency', 'orders.order_date') }}

)

select * from final
