{#- Whether a later order could be recognised as the same person's. Nothing ties two orders of a
    guest, or of a session without a visitor, to each other. -#}
{% macro can_return(person_id) -%}
    ({{ person_id }} not like 'guest:%' and {{ person_id }} not like 'session:%')
{%- endmacro %}

{#- The last day of a window of `churn_horizon_days` that ends so many windows before as_of. -#}
{% macro churn_cut(windows) -%}
    cast(
        {{ add_days(
            setting('as_of'), '-' ~ windows ~ ' * ' ~ customer_setting('churn_horizon_days')
        ) }} as date
    )
{%- endmacro %}

{#- CTE `model`: the parameters of the purchase model of a snapshot, as one row. -#}
{% macro purchase_model(snapshot) -%}
model as (

    select
        max(value) filter (where parameter = 'r') as r,
        max(value) filter (where parameter = 'alpha') as alpha,
        max(value) filter (where parameter = 'a') as a,
        max(value) filter (where parameter = 'b') as b,
        max(value) filter (where parameter = 'p') as p,
        max(value) filter (where parameter = 'q') as q,
        max(value) filter (where parameter = 'v') as v,
        max(why_not) as why_not
    from {{ ref('int_purchase_model') }}
    where snapshot = '{{ snapshot }}'

)
{%- endmacro %}

{#- P(alive) under BG/NBD (Fader, Hardie and Lee 2005), which counts time in weeks. Expects
    `model`; `purchases` are the repeated ones, days run from the first one. -#}
{% macro probability_alive(purchases, recency_days, age_days) -%}
    1 / (
        1 + case when {{ purchases }} > 0 then
            model.a / (model.b + {{ purchases }} - 1) * power(
                (model.alpha + {{ age_days }} / 7.0) / (model.alpha + {{ recency_days }} / 7.0),
                model.r + {{ purchases }}
            )
        else 0 end
    )
{%- endmacro %}

{#- The chance, under BG/NBD, of another purchase within so many days by someone still alive. -#}
{% macro probability_of_purchase_if_alive(purchases, age_days, horizon_days) -%}
    1 - power(
        (model.alpha + {{ age_days }} / 7.0)
        / (model.alpha + ({{ age_days }} + {{ horizon_days }}) / 7.0),
        model.r + {{ purchases }}
    )
{%- endmacro %}

{#- What the logistic churn model looks at in a buyer's past, as SQL by name. `buyers` has
    recency_days, age_days, repeat_purchases, average_value and recent_purchases. -#}
{% macro churn_features(buyers) -%}
    {{ return({
        'feature_log_days_since_purchase':
            'ln(1 + ' ~ buyers ~ '.age_days - ' ~ buyers ~ '.recency_days)',
        'feature_log_repeat_purchases': 'ln(1 + ' ~ buyers ~ '.repeat_purchases)',
        'feature_log_age_days': 'ln(1 + ' ~ buyers ~ '.age_days)',
        'feature_recency_share':
            buyers ~ '.recency_days / greatest(' ~ buyers ~ '.age_days, 1.0)',
        'feature_log_average_value':
            'ln(1 + greatest(coalesce(' ~ buyers ~ '.average_value, 0), 0))',
        'feature_log_recent_purchases': 'ln(1 + ' ~ buyers ~ '.recent_purchases)',
    }) }}
{%- endmacro %}

{#- The same as columns of a select. -#}
{% macro churn_feature_columns(buyers) -%}
    {%- for name, feature in churn_features(buyers).items() -%}
    {{ feature }} as {{ name }}{{ '' if loop.last else ',\n        ' }}
    {%- endfor -%}
{%- endmacro %}

{#- The tier of a value: the first of the thresholds, highest first, that it reaches. Thresholds are
    settings, named by score and tier; null has no tier. -#}
{% macro tier(value, score, tiers, lowest, unit=1) -%}
    case
        {%- for name in tiers %}
        when {{ value }} >= {{ unit }} * settings.{{ score }}_{{ name }} then '{{ name }}'
        {%- endfor %}
        when {{ value }} is not null then '{{ lowest }}'
    end
{%- endmacro %}

{#- A share as whole percents. -#}
{% macro percent(share) -%}
    cast(round(100 * {{ share }}) as bigint)
{%- endmacro %}
