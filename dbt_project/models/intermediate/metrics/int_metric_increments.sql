-- What messages brought that would not have come anyway, with intervals of 95 %: of incrementality
-- by the delta method on the logarithm of the ratio of rates (Katz et al. 1978), of the lift by
-- Newcombe's method 10 (1998), of revenue by Welch's t.
with

settings as (

    select
        metric_minimum_persons as minimum_persons,
        metric_minimum_conversions as minimum_conversions
    from {{ ref('stg_workspace__settings') }}

),

rates as (

    select
        arms.*,
        settings.minimum_persons,
        settings.minimum_conversions,
        {{ safe_divide('arms.treated_converted', 'arms.treated') }} as treated_rate,
        {{ safe_divide('arms.held_out_converted', 'arms.held_out') }} as held_out_rate,
        arms.treated_converted
        - arms.held_out_converted * {{ safe_divide('arms.treated', 'arms.held_out') }}
            as increment_of_persons,
        arms.treated_revenue
        - arms.held_out_revenue * {{ safe_divide('arms.treated', 'arms.held_out') }}
            as increment_of_revenue,
        -- Variances of the means of each arm.
        {{ safe_divide(
            '(arms.treated_squares - power(arms.treated_revenue, 2) / nullif(arms.treated, 0))',
            '(arms.treated - 1.0) * arms.treated'
        ) }} as treated_variance,
        {{ safe_divide(
            '(arms.held_out_squares - power(arms.held_out_revenue, 2) / nullif(arms.held_out, 0))',
            '(arms.held_out - 1.0) * arms.held_out'
        ) }} as held_out_variance,
        least(arms.treated, arms.held_out) < settings.minimum_persons as has_few_persons,
        least(arms.treated_converted, arms.held_out_converted) < settings.minimum_conversions
            as has_few_conversions
    from {{ ref('int_metric_holdouts') }} as arms
    cross join settings

),

errors as (

    select
        *,
        sqrt(
            (1 - treated_rate) / nullif(treated_converted, 0)
            + (1 - held_out_rate) / nullif(held_out_converted, 0)
        ) as log_ratio_error,
        {{ wilson95('treated_converted', 'nullif(treated, 0)', '-') }} as treated_lower,
        {{ wilson95('treated_converted', 'nullif(treated, 0)', '+') }} as treated_upper,
        {{ wilson95('held_out_converted', 'nullif(held_out, 0)', '-') }} as held_out_lower,
        {{ wilson95('held_out_converted', 'nullif(held_out, 0)', '+') }} as held_out_upper,
        treated * sqrt(treated_variance + held_out_variance) as revenue_error,
        -- Welch and Satterthwaite's degrees of freedom.
        power(treated_variance + held_out_variance, 2) / nullif(
            power(treated_variance, 2) / nullif(treated - 1, 0)
            + power(held_out_variance, 2) / nullif(held_out - 1, 0),
            0
        ) as degrees,
        cast(treated as string) || ' persons against ' || cast(held_out as string)
        || ' held out; ' || cast(in_both_arms as string) || ' in both arms left out' as note,
        case
            when held_out = 0 then 'nobody was held out'
            when has_few_persons
                then
                    'an arm has ' || cast(least(treated, held_out) as string) || ' persons; '
                    || cast(minimum_persons as string) || ' are needed'
        end as why_no_persons
    from rates

),

told as (

    select
        'incrementality' as metric,
        dimension,
        dimension_value,
        period,
        is_previous,
        period_end,
        increment_of_persons as numerator,
        cast(treated_converted as double) as denominator,
        1 - held_out_rate / nullif(treated_rate, 0) * exp({{ z95() }} * log_ratio_error) as lower,
        1 - held_out_rate / nullif(treated_rate, 0) * exp(-{{ z95() }} * log_ratio_error) as upper,
        note,
        coalesce(why_no_persons, case
            when has_few_conversions
                then
                    'persons of an arm who purchased: '
                    || cast(least(treated_converted, held_out_converted) as string) || '; '
                    || cast(minimum_conversions as string) || ' are needed'
        end) as why_null
    from errors

    union all

    select
        'holdout_lift' as metric,
        dimension,
        dimension_value,
        period,
        is_previous,
        period_end,
        increment_of_persons as numerator,
        cast(treated as double) as denominator,
        treated_rate - held_out_rate - sqrt(
            power(treated_rate - treated_lower, 2) + power(held_out_upper - held_out_rate, 2)
        ) as lower,
        treated_rate - held_out_rate + sqrt(
            power(treated_upper - treated_rate, 2) + power(held_out_rate - held_out_lower, 2)
        ) as upper,
        note,
        why_no_persons as why_null
    from errors

    union all

    select
        'net_incremental_revenue' as metric,
        dimension,
        dimension_value,
        period,
        is_previous,
        period_end,
        increment_of_revenue - campaign_cost as numerator,
        1.0 as denominator,
        increment_of_revenue - campaign_cost - {{ t95('degrees') }} * revenue_error as lower,
        increment_of_revenue - campaign_cost + {{ t95('degrees') }} * revenue_error as upper,
        note,
        coalesce(why_no_persons, case
            when messages_of_unknown_cost > 0
                then
                    'the cost of ' || cast(messages_of_unknown_cost as string)
                    || ' messages is unknown'
        end) as why_null
    from errors

),

final as (

    select
        metric,
        dimension,
        dimension_value,
        period,
        is_previous,
        period_end,
        case when why_null is null then numerator end as numerator,
        case when why_null is null then denominator end as denominator,
        cast(null as double) as value,
        case when why_null is null then lower end as lower,
        case when why_null is null then upper end as upper,
        note,
        why_null
    from told

)

select * from final
