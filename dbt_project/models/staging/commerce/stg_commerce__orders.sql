with

source as (

    select * from {{ source('commerce', 'orders') }}

),

renamed as (

    select
        ---------- ids
        id as order_id,
        customer_id,
        visitor_id,
        session_id,

        ---------- strings
        email,
        email_hash,
        lower(trim(status)) as status,
        currency_code as currency,
        promo_code,
        _extra as extra_columns,

        ---------- numerics
        subtotal,
        discount_total,
        shipping_total,
        tax_total,
        total,

        ---------- booleans
        is_late,

        ---------- timestamps
        created_at,
        updated_at,
        canceled_at

    from source

)

select * from renamed
