{#- What links a session to a person: its visitor, or the session alone where the tracker set no
    visitor. -#}
{% macro visitor_key(visitor_id, session_id) -%}
    coalesce({{ visitor_id }}, 'session:' || {{ session_id }})
{%- endmacro %}
