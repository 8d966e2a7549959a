{#- A name without differences of case and white space: what counts as the same name. -#}
{% macro folded_name(name) -%}
    {{ return(adapter.dispatch('folded_name')(name)) }}
{%- endmacro %}

{% macro default__folded_name(name) -%}
    lower(trim(regexp_replace({{ name }}, '\\s+', ' ')))
{%- endmacro %}
{% macro duckdb__folded_name(name) -%}
    lower(trim(regexp_replace({{ name }}, '\s+', ' ', 'g')))
{%- endmacro %}

{#- The words of a name in alphabetical order: what counts as a similar name. -#}
{% macro sorted_tokens(name) -%}
    {{ return(adapter.dispatch('sorted_tokens')(name)) }}
{%- endmacro %}
{% macro default__sorted_tokens(name) -%}
    array_join(
        array_sort(split(
            trim(regexp_replace(lower({{ name }}), '[^\\p{L}\\p{N}]+', ' ')), ' '
        )), ' '
    )
{%- endmacro %}
{% macro duckdb__sorted_tokens(name) -%}
    array_to_string(
        list_sort(string_split(
            trim(regexp_replace(lower({{ name }}), '[^\p{L}\p{N}]+', ' ', 'g')), ' '
        )), ' '
    )
{%- endmacro %}

{#- How many letters a name has; digits and punctuation are none. -#}
{% macro letter_count(name) -%}
    {{ return(adapter.dispatch('letter_count')(name)) }}
{%- endmacro %}
{% macro default__letter_count(name) -%}
    length(regexp_replace({{ name }}, '[^\\p{L}]+', ''))
{%- endmacro %}
{% macro duckdb__letter_count(name) -%}
    length(regexp_replace({{ name }}, '[^\p{L}]+', '', 'g'))
{%- endmacro %}

{#- How alike two short texts are: 1 less the share of letters that have to change. -#}
{% macro similarity(left, right) -%}
    {{ return(adapter.dispatch('similarity')(left, right)) }}
{%- endmacro %}
{% macro default__similarity(left, right) -%}
    (1 - cast(levenshtein({{ left }}, {{ right }}) as double)
        / greatest(length({{ left }}), length({{ right }}), 1))
{%- endmacro %}
{#- DuckDB compares bytes, so bytes are what it is a share of. -#}
{% macro duckdb__similarity(left, right) -%}
    (1 - cast(levenshtein({{ left }}, {{ right }}) as double)
        / greatest(strlen({{ left }}), strlen({{ right }}), 1))
{%- endmacro %}
