{#- The first value of a named field of a Meta lead's field_data, a JSON list of
    {name, values}. `name` is a SQL expression. -#}
{% macro lead_field(field_data, name) -%}
    {{ return(adapter.dispatch('lead_field')(field_data, name)) }}
{%- endmacro %}
{% macro default__lead_field(field_data, name) -%}
    element_at(filter(
        from_json({{ field_data }}, 'array<struct<name:string,values:array<string>>>'),
        entry -> lower(entry.name) = lower({{ name }})
    ), 1).values[0]
{%- endmacro %}
{% macro duckdb__lead_field(field_data, name) -%}
    list_filter(
        case when json_type({{ field_data }}) = 'ARRAY'
            then from_json({{ field_data }}, '[{"name": "VARCHAR", "values": ["VARCHAR"]}]')
        end,
        lambda entry: lower(entry.name) = lower({{ name }})
    )[1]['values'][1]
{%- endmacro %}
