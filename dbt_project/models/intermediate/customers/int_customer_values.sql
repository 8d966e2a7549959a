-- What each buyer is worth, by a plain formula and by prediction.
with

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

{{ purchase_model('current') }},

expectations as (

    select * from {{ ref('int_purchase_expectations') }}

),

spans as (

    select
        *,
        -- Null for who only ever got something for free.
        {{ days_between('first_order_date', 'last_order_date') }} as span_days
    from {{ ref('int_buyers') }}

),

rates as (

    select
        spans.*,
        {{ safe_divide('spans.revenue', 'spans.orders') }} as average_order_value,
        {{ safe_divide('spans.span_days', 'spans.orders - 1') }} as mean_gap_days,
        -- Gaps, not orders, make a rate; of less than a month it would be made up. Orders of a
        -- single day are one order that was split.
        case
            when spans.span_days = 0 then settings.clv_one_order_per_month * spans.orders
            when spans.span_days > 0
                then (spans.orders - 1) / greatest(spans.span_days / (365.25 / 12), 1)
        end as orders_per_month,
        case
            when spans.span_days = 0 then settings.clv_one_order_lifespan_months
            when spans.span_days < settings.clv_frequent_gap_days * (spans.orders - 1)
                then settings.clv_frequent_lifespan_months
            when spans.span_days > settings.clv_rare_gap_days * (spans.orders - 1)
                then settings.clv_rare_lifespan_months
            when spans.span_days > 0 then settings.clv_lifespan_months
        end as lifespan_months,
        settings.clv_horizon_months * 365.25 / 12 as horizon_days
    from spans
    cross join settings

),

predicted as (

    select
        rates.*,
        model.why_not,
        {{ probability_alive('rates.repeat_purchases', 'rates.recency_days', 'rates.age_days') }}
            as probability_alive,
        expectations.expected_if_alive,
        expectations.discounted_if_alive,
        -- Nothing is known of the spend of who never came back but what everybody spends.
        case
            when rates.repeat_purchases = 0 then model.p * model.v / (model.q - 1)
            else
                model.p * (
                    model.v + rates.repeat_purchases * {{ at_least_0('rates.repeat_value') }}
                ) / (model.p * rates.repeat_purchases + model.q - 1)
        end as expected_value,
        7 * (model.alpha + rates.age_days / 7.0) as exposure_days,
        model.r + rates.repeat_purchases as shape
    from rates
    cross join model
    left join expectations
        on
            rates.repeat_purchases = expectations.repeat_purchases
            and rates.age_days = expectations.age_days

),

dated as (

    select
        *,
        -- The days after which another purchase is as likely as not; never, for who likely is lost.
        case
            when probability_alive > 0.5
                then exposure_days * (power(1 - 0.5 / probability_alive, -1 / shape) - 1)
        end as median_days_to_next_purchase
    from predicted

),

final as (

    select
        person_id,
        average_order_value,
        mean_gap_days,
        orders_per_month,
        lifespan_months,
        -- Who got back more than they paid is worth nothing, not less.
        {{ at_least_0('average_order_value') }} * orders_per_month * lifespan_months
            as clv_formula,
        probability_alive,
        probability_alive * expected_if_alive as expected_purchases,
        expected_value,
        case
            when why_not is null then probability_alive * discounted_if_alive * expected_value
        end as clv_predicted,
        -- What goes with the customer: the prediction without the chance that it is gone already.
        case
            when why_not is null then discounted_if_alive * expected_value
            else {{ at_least_0('average_order_value') }} * orders_per_month * lifespan_months
        end as value_if_kept,
        why_not,
        case
            when median_days_to_next_purchase <= horizon_days then median_days_to_next_purchase
        end as days_to_next_purchase
    from dated

)

select * from final
