with

orders as (

    select
        orders.*,
        landed.updated_at,
        landed.canceled_at,
        case when refunds.refunds is null then 0 else refunds.refunded_value end as refunded_value
    from {{ ref('int_orders_converted') }} as orders
    inner join {{ ref('stg_commerce__orders') }} as landed on orders.order_id = landed.order_id
    left join {{ ref('int_refunds_aggregated_to_orders') }} as refunds
        on orders.order_id = refunds.order_id
    where orders.is_counted

),

met as (

    {{ rows_meeting_goals(
        'orders', 'order_id', 'order',
        columns={
            'id': 'order_id', 'customer_id': 'customer_id', 'email': 'email',
            'visitor_id': 'visitor_id', 'session_id': 'session_id', 'status': 'status',
            'currency_code': 'original_currency', 'subtotal': 'subtotal',
            'discount_total': 'discount_total', 'shipping_total': 'shipping_total',
            'tax_total': 'tax_total', 'total': 'total', 'promo_code': 'promo_code',
            'created_at': 'ordered_at', 'updated_at': 'updated_at',
            'canceled_at': 'canceled_at',
        },
        paths={}
    ) }}

),

persons as (

    select
        order_id,
        person_id,
        visitor_id
    from {{ ref('int_orders_identified') }}

),

goals as (

    select
        goal,
        value_field
    from {{ ref('stg_workspace__goals') }}

),

final as (

    select
        met.goal,
        met.goal || ':' || orders.order_id as conversion_id,
        orders.order_id,
        persons.person_id,
        persons.visitor_id,
        orders.session_id,
        cast(null as string) as campaign_id,
        cast(null as string) as ad_set_id,
        cast(null as string) as ad_id,
        orders.original_currency,
        try_cast(met.value_text as decimal(18, 6)) as field_value,
        -- A refund takes back what was paid, not the fixed worth a goal gives an order.
        case when goals.value_field is not null then orders.refunded_value else 0 end
            as refunded_value,
        orders.ordered_at as converted_at
    from met
    inner join orders on met.order_id = orders.order_id
    inner join persons on met.order_id = persons.order_id
    inner join goals on met.goal = goals.goal

)

select * from final
