{#- CTE `known`, one row: 0 where the workspace tells of such things at all, null where nothing it
    lands could. Added to a count, it leaves unknown what is unknown: without a single order, a
    campaign's revenue is not 0. -#}
{% macro known_results() -%}
known as (

    select
        case when exists (select 1 from {{ ref('int_touchpoints') }}) then 0 end as no_sessions,
        case
            when exists (
                select 1 from {{ ref('int_journey_web_events') }}
                where event_type = 'add_to_cart'
            ) then 0
        end as no_carts,
        case when exists (select 1 from {{ ref('int_attributed_conversions') }}) then 0 end
            as no_conversions,
        case
            when exists (
                select 1 from {{ ref('int_attributed_conversions') }}
                where counts_as_revenue
            ) then 0
        end as no_revenue

)
{%- endmacro %}

{#- The sum of a column over the rows that meet a condition: 0 where none of them does, null where
    no row knows the column. -#}
{% macro sum_where(column, condition) -%}
    {{ exact_sum('case when ' ~ condition ~ ' then ' ~ column ~ ' else 0 * ' ~ column ~ ' end') }}
{%- endmacro %}
