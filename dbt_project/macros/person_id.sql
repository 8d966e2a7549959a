{#- The one rule of who somebody is: the customer they said they are, else the customer their
    email belongs to, else the email itself (hashed). Null when nothing is known. -#}
{% macro person_id(customer_id, email_customer_id, email_hash) -%}
    coalesce(
        {{ customer_id }},
        {{ email_customer_id }},
        'email:' || left({{ email_hash }}, 16)
    )
{%- endmacro %}
