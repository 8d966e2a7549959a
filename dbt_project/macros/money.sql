{#- An amount in the workspace currency, given a join to int_rate_intervals as `rates`. Null
    when the row's day has no rate: never a rate of 1 for a foreign currency. -#}
{% macro converted(amount, currency) -%}
    case
        when coalesce({{ currency }}, {{ setting('currency') }}) = {{ setting('currency') }}
            then {{ amount }}
        else cast({{ amount }} * rates.rate as decimal(18, 6))
    end
{%- endmacro %}

{#- The join that `converted` needs. -#}
{% macro join_rates(currency, on_date) -%}
    left join {{ ref('int_rate_intervals') }} as rates
        on
            {{ currency }} = rates.currency
            and {{ on_date }} >= rates.valid_from
            and {{ on_date }} < rates.valid_to
{%- endmacro %}

{#- The day in the workspace's timezone on which a UTC timestamp falls. -#}
{% macro local_date(moment) -%}
    cast({{ local_time(moment, setting('timezone')) }} as date)
{%- endmacro %}

{#- An amount, or 0 where it is negative. Not `greatest`, which makes 0 of what is unknown. -#}
{% macro at_least_0(amount) -%}
    (case when {{ amount }} < 0 then 0 else {{ amount }} end)
{%- endmacro %}
