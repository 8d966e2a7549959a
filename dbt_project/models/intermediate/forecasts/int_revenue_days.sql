with

conversions as (

    select
        order_id,
        channel,
        value,
        converted_date
    from {{ ref('fct_conversions') }}
    where
        counts_as_revenue
        and converted_date > cast(
            {{ add_days(setting('as_of'), '-' ~ setting('forecast_history_days')) }} as date
        )

),

segments as (

    select * from {{ ref('int_order_segments') }}

),

placed as (

    select
        'all' as dimension,
        'all' as dimension_value,
        value,
        converted_date
    from conversions

    union all

    select
        'channel' as dimension,
        channel as dimension_value,
        value,
        converted_date
    from conversions

    union all

    select
        'segment' as dimension,
        -- Guests, and what is earned without an order.
        coalesce(segments.segment, 'No segment') as dimension_value,
        conversions.value,
        conversions.converted_date
    from conversions
    left join segments on conversions.order_id = segments.order_id

),

final as (

    select
        dimension,
        dimension_value,
        converted_date as date,
        {{ exact_sum('value') }} as revenue
    from placed
    group by 1, 2, 3

)

select * from final
