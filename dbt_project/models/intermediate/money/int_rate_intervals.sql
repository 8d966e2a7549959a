with

rates as (

    select * from {{ ref('stg_finance__fx_rates') }}

),

-- A pair quoted only the other way round is turned over; a direct quote wins.
quoted as (

    select
        rate_date,
        from_currency as currency,
        rate,
        0 as is_inverse
    from rates
    where to_currency = {{ setting('currency') }} and rate > 0

    union all

    select
        rate_date,
        to_currency as currency,
        1 / rate as rate,
        1 as is_inverse
    from rates
    where from_currency = {{ setting('currency') }} and rate > 0

),

preferred as (

    select
        rate_date,
        currency,
        rate
    from quoted
    qualify row_number() over (partition by currency, rate_date order by is_inverse) = 1

),

with_next as (

    select
        rate_date,
        currency,
        rate,
        lead(rate_date) over (partition by currency order by rate_date) as next_rate_date
    from preferred

),

final as (

    select
        currency,
        rate,
        rate_date as valid_from,
        least(
            coalesce(next_rate_date, cast('9999-12-31' as date)),
            cast({{ add_days('rate_date', '1 + ' ~ setting('carry_forward_days')) }} as date)
        ) as valid_to
    from with_next

)

select * from final
