with

source as (

    select * from {{ source('commerce', 'order_items') }}

),

renamed as (

    select
        ---------- ids
        id as order_item_id,
        order_id,
        product_id,

        ---------- strings
        product_title,
        category,
        _extra as extra_columns,

        ---------- numerics
        quantity,
        unit_price,
        unit_cost,

        ---------- booleans
        is_late

    from source

)

select * from renamed
