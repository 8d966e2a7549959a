-- What each campaign may spend in the month of as_of. A daily budget counts for each day of the
-- month that the campaign may run; a budget of the whole flight for the share of its days that
-- fall into the month.
with

settings as (

    select
        cast(date_trunc('month', as_of) as date) as month_start,
        cast(last_day(as_of) as date) as month_end
    from {{ ref('stg_workspace__settings') }}

),

flights as (

    select * from {{ ref('int_campaign_flights') }}

),

days as (

    select
        flights.*,
        settings.month_start,
        settings.month_end,
        {{ days_between(
            'greatest(month_start, coalesce(first_date, month_start))',
            'least(month_end, coalesce(last_date, month_end))'
        ) }} + 1 as days_in_month,
        {{ days_between('first_date', 'last_date') }} + 1 as flight_days
    from flights
    cross join settings

),

final as (

    select
        campaign_id,
        case
            when daily_budget is not null then 'daily'
            when flight_budget is not null then 'flight'
        end as budget_kind,
        cast(
            case
                when days_in_month <= 0 then 0
                when daily_budget is not null then daily_budget * days_in_month
                when flight_days > 0 then flight_budget * days_in_month / flight_days
            end as double
        ) as planned,
        cast(
            case
                when daily_budget is not null then daily_budget
                when flight_days > 0 then flight_budget / flight_days
            end as double
        ) as planned_per_day,
        month_start,
        month_end,
        first_date,
        last_date
    from days

)

select * from final
