{#- What a link said of its campaign, to tell one campaign from the next; null without tags and
    click id. Trackers that fill no columns leave the tags in the page's address, which is looked
    at only when it can hold any. -#}
{% macro campaign_marker(events) -%}
    {%- set tags = ['utm_source', 'utm_medium', 'utm_campaign', 'click_id'] -%}
    {%- set parameters = tags[:3] + ['gclid', 'fbclid', 'msclkid', 'ttclid'] -%}
    case
        when
            {%- for tag in tags %}
            {{ events }}.{{ tag }} is not null {{- ' or' if not loop.last }}
            {%- endfor %}
            then
                {%- for tag in tags %}
                coalesce({{ events }}.{{ tag }}, '') {{- " || '|' ||" if not loop.last }}
                {%- endfor %}
        when instr({{ events }}.page_url, 'utm_') > 0 or instr({{ events }}.page_url, 'clid=') > 0
            or instr({{ events }}.page_url, 'clkid=') > 0
            then nullif(replace(
                {%- for parameter in parameters %}
                coalesce({{ url_parameter(events ~ '.page_url', parameter) }}, '')
                {{- " || '|' ||" if not loop.last }}
                {%- endfor %}, '||||||', ''
            ), '')
    end
{%- endmacro %}
