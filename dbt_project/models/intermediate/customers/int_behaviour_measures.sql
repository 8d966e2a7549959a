-- What each pattern is judged by, per buyer.
with

orders as (

    select * from {{ ref('int_behaviour_orders') }}

),

months as (

    select
        person_id,
        order_month,
        case when count(*) = count(net_revenue) then sum(net_revenue) end as spend
    from orders
    group by 1, 2

),

-- Of a single month the largest is the median.
seasons as (

    select
        months.person_id,
        count(*) as active_months,
        -- A month without a rate has no known spend, and may be the largest.
        case when count(*) = count(months.spend) then cast(max(months.spend) as double) end
            as largest_month,
        case
            when count(*) = count(months.spend)
                then percentile_cont(0.5) within group (order by cast(months.spend as double))
        end as median_month
    from months
    where
        months.person_id in (
            select repeated.person_id from months as repeated
            group by 1
            having count(*) > 1
        )
    group by 1

),

categories as (

    select
        orders.person_id,
        items.category,
        -- What was sent back is no sign of what they like.
        sum(greatest(cast(coalesce(items.quantity, 1) as decimal(18, 6)), 0)) as units
    from orders
    inner join {{ ref('stg_commerce__order_items') }} as items on orders.order_id = items.order_id
    group by 1, 2

),

-- Units without a category are in none, but they were bought.
favourites as (

    select
        person_id,
        category as top_category,
        units as top_category_units,
        sum(units) over (partition by person_id) as units
    from categories
    qualify
        row_number() over (
            partition by person_id
            order by (category is null) asc, units desc, category asc
        ) = 1

),

per_person as (

    select
        person_id,
        count(*) as orders,
        count(*) filter (where is_on_weekend) as weekend_orders,
        count(distinct order_week) as active_weeks,
        count(city) as orders_with_city,
        count(distinct city) as cities,
        case when count(*) = count(net_revenue) then sum(net_revenue) end as spend
    from orders
    group by 1

),

final as (

    select
        per_person.person_id,
        per_person.orders,
        per_person.weekend_orders,
        per_person.active_weeks,
        per_person.orders_with_city,
        per_person.cities,
        cast(per_person.spend as double) as spend,
        rank() over (order by per_person.spend desc nulls last) as spend_rank,
        count(*) over () as buyers,
        favourites.top_category,
        cast(
            case when favourites.top_category is not null then favourites.top_category_units end
            as double
        ) as top_category_units,
        cast(favourites.units as double) as units,
        coalesce(seasons.active_months, 1) as active_months,
        seasons.largest_month,
        seasons.median_month
    from per_person
    left join seasons on per_person.person_id = seasons.person_id
    left join favourites on per_person.person_id = favourites.person_id

)

select * from final
