{#- Value of a query parameter of a URL, decoded; null when absent or blank. -#}
{% macro url_parameter(url, name) -%}
    {%- set value -%}
        replace(regexp_extract({{ url }}, '(?i)[?&#]{{ name }}=([^&#]*)', 1), '+', ' ')
    {%- endset -%}
    case when instr({{ url }}, '=') > 0 then nullif(trim({{ url_decoded(value) }}), '') end
{%- endmacro %}

{#- Host of a referrer, which some trackers deliver as the bare host. -#}
{% macro referrer_host(referrer) -%}
    nullif(
        regexp_extract(
            lower(trim({{ referrer }})),
            '^(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:www[.])?([^/:?#@ ]+[.][^/:?#@ ]*[a-z])(?:[/:?#]|$)',
            1
        ), ''
    )
{%- endmacro %}

{#- Host of a URL in lower case without `www.`; null for a bare path. -#}
{% macro url_host(url) -%}
    nullif(
        regexp_extract(
            lower({{ url }}), '^(?:[a-z][a-z0-9+.-]*:)?//(?:www[.])?([^/:?#]+)', 1
        ), ''
    )
{%- endmacro %}
