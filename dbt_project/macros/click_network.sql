{#- The ad network whose click id a session carries. The id may be named (`gclid=...`), be a
    parameter of the landing page, or be the bare value, told by the prefix each network uses;
    a bare value of no known form is taken for Google's, whose ids have no fixed prefix. -#}
{% macro click_network(click_id, landing_page) -%}
    case
        -- Most visits carry neither; eleven patterns need not be tried on them.
        when {{ click_id }} is null and coalesce(instr({{ landing_page }}, '='), 0) = 0 then null
        when {{ matches("lower(" ~ click_id ~ ")", "'^(gclid|gbraid|wbraid)[=:]'") }} then 'google'
        when {{ matches("lower(" ~ click_id ~ ")", "'^fbclid[=:]'") }} then 'facebook'
        when {{ matches("lower(" ~ click_id ~ ")", "'^msclkid[=:]'") }} then 'bing'
        when {{ matches("lower(" ~ click_id ~ ")", "'^ttclid[=:]'") }} then 'tiktok'
        when {{ matches(landing_page, "'(?i)[?&#](gclid|gbraid|wbraid)=[^&#]'") }} then 'google'
        when {{ matches(landing_page, "'(?i)[?&#]fbclid=[^&#]'") }} then 'facebook'
        when {{ matches(landing_page, "'(?i)[?&#]msclkid=[^&#]'") }} then 'bing'
        when {{ matches(landing_page, "'(?i)[?&#]ttclid=[^&#]'") }} then 'tiktok'
        when {{ matches(click_id, "'^(IwAR|IwY2|IwZX|fb[.])'") }} then 'facebook'
        when {{ matches(click_id, "'^[0-9a-f]{32}$'") }} then 'bing'
        when {{ matches(click_id, "'^E[.]C[.]P[.]'") }} then 'tiktok'
        when {{ click_id }} is not null then 'google'
    end
{%- endmacro %}
