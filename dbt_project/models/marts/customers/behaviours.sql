with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

measures as (

    select
        measures.*,
        settings.*
    from {{ ref('int_behaviour_measures') }} as measures
    cross join settings

),

-- Recency looks at all orders, however long ago: who has been away for a year is inactive.
buyers as (

    select
        buyers.person_id,
        buyers.orders,
        {{ days_between('buyers.first_order_date', setting('as_of')) }} as age_days,
        buyers.days_since_last_order,
        settings.behaviours_new_days,
        settings.behaviours_inactive_days
    from {{ ref('int_buyers') }} as buyers
    cross join settings
    where buyers.orders > 0

),

patterns as (

    select
        person_id,
        'HIGH_SPENDER' as behaviour,
        'spend' as measure,
        spend as value,
        -- The least that was enough.
        min(spend) over () as threshold,
        orders,
        {{ json_of({'spend': 'spend', 'spend_rank': 'spend_rank', 'buyers': 'buyers'}) }}
            as evidence
    from measures
    -- Of ten buyers the two who spent most, and whoever spent as much as the second.
    where spend > 0 and spend_rank <= ceil(buyers * behaviours_high_spender_share - 1e-9)

    union all

    select
        person_id,
        'FREQUENT_SHOPPER' as behaviour,
        'orders_per_active_week' as measure,
        {{ safe_divide('orders', 'active_weeks') }} as value,
        behaviours_frequent_orders_per_week as threshold,
        orders,
        {{ json_of({'orders': 'orders', 'active_weeks': 'active_weeks'}) }} as evidence
    from measures
    where orders >= behaviours_frequent_orders_per_week * active_weeks

    union all

    select
        person_id,
        'WEEKEND_SHOPPER' as behaviour,
        'weekend_order_share' as measure,
        {{ safe_divide('weekend_orders', 'orders') }} as value,
        behaviours_weekend_share as threshold,
        orders,
        {{ json_of({'weekend_orders': 'weekend_orders', 'orders': 'orders'}) }} as evidence
    from measures
    where {{ safe_divide('weekend_orders', 'orders') }} >= behaviours_weekend_share

    union all

    select
        person_id,
        'CATEGORY_FOCUSED' as behaviour,
        'top_category_unit_share' as measure,
        {{ safe_divide('top_category_units', 'units') }} as value,
        behaviours_category_share as threshold,
        orders,
        {{ json_of({
            'category': 'top_category', 'category_units': 'top_category_units', 'units': 'units',
        }) }} as evidence
    from measures
    where {{ safe_divide('top_category_units', 'units') }} >= behaviours_category_share

    union all

    select
        person_id,
        'LOCATION_CLUSTERED' as behaviour,
        'cities' as measure,
        cast(cities as double) as value,
        cast(behaviours_most_cities as double) as threshold,
        orders,
        {{ json_of({'cities': 'cities', 'orders_with_city': 'orders_with_city'}) }} as evidence
    from measures
    where
        cities <= behaviours_most_cities
        and orders_with_city >= behaviours_orders_with_city

    union all

    select
        person_id,
        'SEASONAL_SPENDER' as behaviour,
        'largest_month_to_median' as measure,
        {{ safe_divide('largest_month', 'median_month') }} as value,
        behaviours_seasonal_factor as threshold,
        orders,
        {{ json_of({
            'largest_month': 'largest_month', 'median_month': 'median_month',
            'active_months': 'active_months',
        }) }} as evidence
    from measures
    where
        median_month > 0
        and largest_month >= behaviours_seasonal_factor * median_month

    union all

    select
        person_id,
        'NEW_SHOPPER' as behaviour,
        'days_since_first_order' as measure,
        cast(age_days as double) as value,
        cast(behaviours_new_days as double) as threshold,
        orders,
        {{ json_of({'days_since_first_order': 'age_days'}) }} as evidence
    from buyers
    where age_days < behaviours_new_days

    union all

    select
        person_id,
        'INACTIVE' as behaviour,
        'days_since_last_order' as measure,
        cast(days_since_last_order as double) as value,
        cast(behaviours_inactive_days as double) as threshold,
        orders,
        {{ json_of({'days_since_last_order': 'days_since_last_order'}) }} as evidence
    from buyers
    where days_since_last_order > behaviours_inactive_days

),

final as (

    select
        person_id,
        behaviour,
        measure,
        evidence,
        value,
        threshold,
        orders,
        {{ setting('as_of') }} as as_of
    from patterns

)

select * from final
