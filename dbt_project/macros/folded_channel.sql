{#- A channel as people write it, such as "Paid Search", in the spelling of our channel list. -#}
{% macro folded_channel(name) -%}
    replace(replace(lower(trim({{ name }})), ' ', '_'), '-', '_')
{%- endmacro %}

{#- The channel a message was sent by; tools that send nothing but letters do not say. -#}
{% macro message_channel(delivery_channel) -%}
    coalesce({{ folded_channel("nullif(trim(" ~ delivery_channel ~ "), '')") }}, 'email')
{%- endmacro %}
