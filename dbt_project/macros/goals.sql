{#- Goals are data (stg_workspace__goals, stg_workspace__goal_conditions): a condition names a
    field, and these macros look the field up, so that no text a marketer wrote becomes SQL. -#}

{#- The text of the field a condition or a value names. `columns` maps the landed names that may
    be named to our columns; `paths` maps a JSON column to the macro that reads it. -#}
{% macro named_field(field, columns, paths) -%}
    case
        {%- for name, column in columns.items() %}
        when {{ field }} = '{{ name }}' then cast({{ column }} as string)
        {%- endfor %}
        {%- for column, reader in paths.items() %}
        when {{ field }} like '{{ column }}.%'
            then {{ reader(column, 'substr(' ~ field ~ ', ' ~ (column | length + 2) ~ ')') }}
        {%- endfor %}
    end
{%- endmacro %}

{#- Whether `actual` meets a condition. Texts compare without case; two numbers compare as
    numbers, two points in time as such; an absent value meets nothing but its absence. -#}
{% macro condition_holds(actual, operator, expected) -%}
    coalesce(
        case {{ operator }}
            -- Text first: nearly every condition names a type, and casts cost more.
            when '==' then case
                when lower(trim({{ actual }})) = lower(trim({{ expected }})) then true
                else {{ compared_as_values(actual, '=', expected) }}
            end
            when '!=' then not (
                coalesce({{ compared_as_values(actual, '=', expected) }}, false)
                or lower(trim({{ actual }})) = lower(trim({{ expected }}))
            )
            when '>=' then {{ compared_as_values(actual, '>=', expected) }}
            when '<=' then {{ compared_as_values(actual, '<=', expected) }}
            when '>' then {{ compared_as_values(actual, '>', expected) }}
            when '<' then {{ compared_as_values(actual, '<', expected) }}
            when 'in' then {{ list_holds(expected, actual) }}
            when 'not_in' then not {{ list_holds(expected, actual) }}
            when 'contains' then instr(lower({{ actual }}), lower({{ expected }})) > 0
            when 'starts_with' then instr(lower({{ actual }}), lower({{ expected }})) = 1
            when 'exists' then ({{ actual }} is not null) = (lower({{ expected }}) = 'true')
        end,
        false
    )
{%- endmacro %}

{#- A comparison of two texts as the numbers, else as the points in time, that they write. -#}
{% macro compared_as_values(left, operator, right) -%}
    coalesce(
        try_cast({{ left }} as double) {{ operator }} try_cast({{ right }} as double),
        {{ moment(left) }} {{ operator }} {{ moment(right) }}
    )
{%- endmacro %}

{#- Whether a JSON list of texts holds `value`: without case, and numbers as numbers. -#}
{% macro list_holds(json_list, value) -%}
    {{ return(adapter.dispatch('list_holds')(json_list, value)) }}
{%- endmacro %}
{% macro default__list_holds(json_list, value) -%}
    exists(
        from_json({{ json_list }}, 'array<string>'),
        listed -> coalesce(
            try_cast(listed as double) = try_cast({{ value }} as double),
            lower(trim(listed)) = lower(trim({{ value }}))
        )
    )
{%- endmacro %}
{% macro duckdb__list_holds(json_list, value) -%}
    list_bool_or(list_transform(
        from_json({{ json_list }}, '["VARCHAR"]'),
        lambda listed: coalesce(
            try_cast(listed as double) = try_cast({{ value }} as double),
            lower(trim(listed)) = lower(trim({{ value }}))
        )
    ))
{%- endmacro %}

{#- The rows of `relation` (one per `id`) that meet every condition of a goal of this source:
    id, goal, value_text. -#}
{% macro rows_meeting_goals(relation, id, source, columns, paths, typed_by=none) -%}
    with

    goals as (

        select
            goals.goal,
            goals.value_field,
            {%- if typed_by %}
            min(lower(trim(conditions.value_text))) filter (
                where conditions.field = '{{ typed_by }}' and conditions.operator = '=='
            ) as wanted_type
            {%- else %}
            cast(null as string) as wanted_type
            {%- endif %}
        from {{ ref('stg_workspace__goals') }} as goals
        left join {{ ref('stg_workspace__goal_conditions') }} as conditions
            on goals.goal = conditions.goal
        where goals.source = '{{ source }}'
        group by 1, 2

    ),

    candidates as (
        {% if typed_by %}
        -- Nearly every goal names the type of event, which makes this an equality join.
        select source_rows.*, goals.goal, goals.value_field
        from {{ relation }} as source_rows
        inner join goals on source_rows.{{ typed_by }} = goals.wanted_type

        union all
        {% endif %}
        select source_rows.*, goals.goal, goals.value_field
        from {{ relation }} as source_rows
        cross join (select * from goals where goals.wanted_type is null) as goals

    ),

    compared as (

        select
            candidates.{{ id }},
            candidates.goal,
            candidates.value_field,
            conditions.operator,
            conditions.value_text as expected,
            {{ named_field('conditions.field', columns, paths) }} as actual,
            {{ named_field('candidates.value_field', columns, paths) }} as value_text
        from candidates
        left join {{ ref('stg_workspace__goal_conditions') }} as conditions
            on candidates.goal = conditions.goal

    )

    select
        {{ id }},
        goal,
        max(value_text) as value_text
    from compared
    group by 1, 2
    having bool_and(operator is null or {{ condition_holds('actual', 'operator', 'expected') }})
{%- endmacro %}
