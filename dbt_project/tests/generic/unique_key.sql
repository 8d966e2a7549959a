{#- One row per key that occurs more than once, or is null in a part that may not be; grain,
    enforced.
    Keys are compared by hash first, so that a table of millions costs one cheap pass. -#}
{% test unique_key(model, columns, nullable=[]) %}

    {%- set never_null = columns | reject('in', nullable) | list -%}

    with

    keys as (

        select
            {{ columns | join(', ') }},
            hash({{ columns | join(', ') }}) as key_hash
        from {{ model }}

    ),

    repeated as (

        select key_hash
        from keys
        group by 1
        having count(*) > 1

    )

    select
        {{ columns | join(', ') }},
        count(*) as occurrences
    from keys
    where
        key_hash in (select repeated.key_hash from repeated)
        {%- for column in never_null %}
        or {{ column }} is null
        {%- endfor %}
    group by {{ columns | join(', ') }}
    having count(*) > 1 {%- for column in never_null %} or {{ column }} is null{% endfor %}

{% endtest %}
