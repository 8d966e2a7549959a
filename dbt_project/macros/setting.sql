{#- One value of the run's settings, as a scalar subquery; settings are data, so a change
    of settings never makes dbt parse the project again. -#}
{% macro setting(name) -%}
    (select {{ name }} from {{ ref('stg_workspace__settings') }})
{%- endmacro %}

{#- The same of the settings of journeys, behaviours, cohorts, scores and sentiment. -#}
{% macro customer_setting(name) -%}
    (select {{ name }} from {{ ref('stg_workspace__customer_settings') }})
{%- endmacro %}
