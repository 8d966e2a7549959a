with

source as (

    select * from {{ source('commerce', 'refunds') }}

),

renamed as (

    select
        ---------- ids
        id as refund_id,
        order_id,
        customer_id,

        ---------- strings
        currency_code as currency,
        _extra as extra_columns,

        ---------- numerics
        amount,

        ---------- booleans
        is_late,

        ---------- timestamps
        created_at as refunded_at

    from source

)

select * from renamed
