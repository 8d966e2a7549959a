-- The budget of every day on which a campaign may run, up to as_of. What no longer runs had one
-- until it last spent something: no source tells when it was paused.
with

flights as (

    select * from {{ ref('int_campaign_flights') }}
    where daily_budget is not null or flight_budget is not null

),

spend as (

    select
        campaign_id,
        min(spend_date) as first_spend_date,
        max(spend_date) as last_spend_date
    from {{ ref('int_spend_days') }}
    where spend > 0
    group by 1

),

-- Budgets of before the first day of which anything is known would stand beside no spend.
first_day as (

    select least(
        (select min(spend_date) from {{ ref('int_spend_days') }}),
        (select min(visit_date) from {{ ref('int_visit_days') }})
    ) as first_known_date

),

days as (

    select cast({{ add_days(
        '(select first_known_date from first_day)', 'numbers.number'
    ) }} as date) as budget_date
    from (
        {{ numbers('0', days_between(
            '(select first_known_date from first_day)', setting('as_of')
        )) }}
    ) as numbers

),

running as (

    select
        flights.*,
        coalesce(flights.first_date, spend.first_spend_date) as runs_from,
        case
            when flights.is_stopped
                then least(
                    coalesce(spend.last_spend_date, flights.last_date),
                    coalesce(flights.last_date, spend.last_spend_date)
                )
            else coalesce(flights.last_date, {{ setting('as_of') }})
        end as runs_until
    from flights
    left join spend on flights.campaign_id = spend.campaign_id

),

final as (

    select
        running.campaign_id,
        days.budget_date,
        -- Pro rata; without a first and a last day it cannot be shared out.
        coalesce(
            running.daily_budget,
            running.flight_budget
            / nullif({{ days_between('running.first_date', 'running.last_date') }} + 1, 0)
        ) as budget
    from running
    inner join days
        on
            running.runs_from <= days.budget_date
            and running.runs_until >= days.budget_date

)

select * from final
where budget is not null
