{#- One row per entry of a column like Meta's `actions`, a JSON list of {action_type, value};
    the default attribution window's value, as a decimal so that sums do not depend on order. -#}
{% macro unnested_actions(relation, column, measure) -%}
    {{ return(adapter.dispatch('unnested_actions')(relation, column, measure)) }}
{%- endmacro %}
{% macro default__unnested_actions(relation, column, measure) -%}
    select
        ad_id,
        spend_date,
        '{{ measure }}' as measure,
        action.action_type,
        try_cast(action.value as decimal(18, 6)) as amount
    from {{ relation }}
    lateral view explode(
        from_json({{ column }}, 'array<struct<action_type:string,value:string>>')
    ) as action
{%- endmacro %}
{% macro duckdb__unnested_actions(relation, column, measure) -%}
    select
        ad_id,
        spend_date,
        '{{ measure }}' as measure,
        action.action_type,
        try_cast(action.value as decimal(18, 6)) as amount
    from (
        select
            ad_id,
            spend_date,
            unnest(
                cast(from_json({{ column }}, '[{"action_type": "VARCHAR", "value": "VARCHAR"}]')
                as struct(action_type varchar, value varchar)[])
            ) as action
        from {{ relation }}
        where json_type({{ column }}) = 'ARRAY'
    )
{%- endmacro %}
