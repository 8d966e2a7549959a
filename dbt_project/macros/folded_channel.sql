{#- A channel as people write it, such as "Paid Search", in the spelling of our channel list. -#}
{% macro folded_channel(name) -%}
    replace(replace(lower(trim({{ name }})), ' ', '_'), '-', '_')
{%- endmacro %}
