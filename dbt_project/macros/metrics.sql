{#- The normal quantile of two-sided intervals of 95 %. -#}
{% macro z95() -%}1.959963984540054{%- endmacro %}

{#- Student's t quantile of the same, by Fisher and Cornish's expansion (Abramowitz and Stegun,
    26.7.5): right to 1e-6 from 29 degrees of freedom on, which every published arm has. -#}
{% macro t95(degrees) -%}
    {%- set z = 1.959963984540054 -%}
    (
        {{ z }}
        + {{ (z ** 3 + z) / 4 }} / {{ degrees }}
        + {{ (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96 }} / power({{ degrees }}, 2)
        + {{ (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384 }} / power({{ degrees }}, 3)
        + {{ (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160 }}
        / power({{ degrees }}, 4)
    )
{%- endmacro %}

{#- A bound of Wilson's score interval of a share (1927); `side` is + or -. -#}
{% macro wilson95(successes, persons, side) -%}
    {%- set squared = 1.959963984540054 ** 2 -%}
    (
        ({{ successes }} + {{ squared / 2 }}) {{ side }} {{ z95() }} * sqrt(
            {{ successes }} * ({{ persons }} - {{ successes }}) / {{ persons }} + {{ squared / 4 }}
        )
    ) / ({{ persons }} + {{ squared }})
{%- endmacro %}

{#- A relation of one row per dimension, `all` first. -#}
{% macro dimensions(names) -%}
    (
        values
        ('all')
        {%- for name in names %},
        ('{{ name }}')
        {%- endfor %}
    ) as dimensions (dimension)
{%- endmacro %}

{#- The value a row has of one of them; `columns` are by dimension. Null is in `all` alone. -#}
{% macro dimension_value(columns) -%}
    case dimensions.dimension
            when 'all' then 'all'
            {%- for name, column in columns.items() %}
            when '{{ name }}' then {{ column }}
            {%- endfor %}
        end
{%- endmacro %}

{#- Rows of measures: a row per name of columns that are named as the measures. -#}
{% macro measures_of(relation, names) -%}
    select
        {{ relation }}.dimension,
        {{ relation }}.dimension_value,
        {{ relation }}.period,
        {{ relation }}.is_previous,
        {{ relation }}.period_end,
        names.measure,
        cast(
            case names.measure
                {%- for name in names %}
                when '{{ name }}' then {{ relation }}.{{ name }}
                {%- endfor %}
            end as double
        ) as amount
    from {{ relation }}
    cross join (
        values
        {% for name in names -%}
            ('{{ name }}'){{ '' if loop.last else ',\n        ' }}
        {%- endfor %}
    ) as names (measure)
{%- endmacro %}
