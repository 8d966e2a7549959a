-- The chance that a buyer buys nothing in the churn window ahead, by the closed form of the
-- purchase model and by the logistic regression that challenges it.
with

{{ purchase_model('current') }},

challenger as (

    select
        {% for name in churn_features('buyers') -%}
            max(value) filter (where name = '{{ name }}') as {{ name }},
        {% endfor -%}
        max(value) filter (where name = 'intercept') as intercept
    from {{ ref('int_churn_model') }}
    where kind = 'coefficient' and model = 'logistic'

),

in_service as (

    select
        bool_or(model = 'logistic' and value = 1) as is_logistic,
        bool_or(model = 'closed_form' and value = 1) as is_closed_form
    from {{ ref('int_churn_model') }}
    where name = 'is_in_service'

),

chances as (

    select
        buyers.person_id,
        1 - {{ probability_alive(
            'buyers.repeat_purchases', 'buyers.recency_days', 'buyers.age_days'
        ) }} * ({{ probability_of_purchase_if_alive(
            'buyers.repeat_purchases', 'buyers.age_days', customer_setting('churn_horizon_days')
        ) }}) as closed_form,
        challenger.intercept
        {%- for name, feature in churn_features('buyers').items() %}
            + challenger.{{ name }} * ({{ feature }})
        {%- endfor %} as log_odds
    from {{ ref('int_buyers') }} as buyers
    cross join model
    cross join challenger

),

final as (

    select
        chances.person_id,
        chances.closed_form,
        1 / (1 + exp(-chances.log_odds)) as logistic,
        case
            when in_service.is_logistic then 1 / (1 + exp(-chances.log_odds))
            when in_service.is_closed_form then chances.closed_form
        end as churn_probability,
        case
            when in_service.is_logistic then 'logistic'
            when in_service.is_closed_form then 'closed_form'
        end as method
    from chances
    cross join in_service

)

select * from final
