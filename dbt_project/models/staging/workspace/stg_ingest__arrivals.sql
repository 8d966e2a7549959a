{#- Tables whose rows tell of a moment, and are written once: days of ads are exported anew for
    weeks, so that the age of their file says nothing of how late they came. -#}
{%- set moments = {
    ('web', 'events'): 'timestamp',
    ('web', 'sessions'): 'started_at',
    ('commerce', 'refunds'): 'created_at',
    ('meta_ads', 'leads'): 'created_time',
    ('crm', 'form_submissions'): 'submitted_at',
    ('crm', 'feedback'): 'created_at',
    ('social', 'mentions'): 'created_at',
    ('messaging', 'events'): 'timestamp',
    ('experiments', 'exposures'): 'exposed_at',
} -%}
with

final as (

    {% for (origin, table), moment in moments.items() -%}
        select
            '{{ origin }}.{{ table }}' as source_table,
            _file_index as file_index,
            {{ moment }} as happened_at
        from {{ source(origin, table) }}
        {{- '' if loop.last else '\n\n        union all\n\n    ' }}
    {% endfor %}

)

select * from final
