{#- CTEs, of which the last is `kept`: the touches of each journey that count, after direct
    handling and the path settings, in the order the settings document, numbered by `touch_index`.
    They expect a CTE `candidates` with one row per touch of a journey and its channel.
    `journey` is the column that tells journeys apart, `moments` what their touches are ordered by,
    `columns` what else to keep. -#}
{% macro kept_touches(journey, moments, columns) -%}
{%- set kept_columns -%}
    {%- for column in [journey, 'channel'] + columns %}
        {{ column }},
    {%- endfor %}
{%- endset -%}
-- Most shops pass over nothing; what follows then has no rows and costs nothing.
path_settings as (

    select
        *,
        direct_handling = 'credit'
        and removed_if_last = ',,'
        and path_transform = 'unique'
        and max_touches is null as keeps_all
    from {{ ref('stg_workspace__settings') }}

),

ordered as (

    select
        candidates.*,
        path_settings.direct_handling,
        path_settings.removed_if_last,
        path_settings.path_transform,
        path_settings.max_touches,
        row_number() over (partition by {{ journey }} order by {{ moments }}) as place,
        bool_or(channel <> 'direct') over (partition by {{ journey }}) as has_other_than_direct
    from candidates
    cross join path_settings
    where not path_settings.keeps_all

),

without_direct as (

    select
        *,
        -- The last touch of a channel that may end a path.
        max(case when instr(removed_if_last, ',' || channel || ',') = 0 then place end)
            over (partition by {{ journey }}) as last_place
    from ordered
    where channel <> 'direct' or not has_other_than_direct or direct_handling = 'credit'

),

without_ends as (

    select
        *,
        lag(channel) over (partition by {{ journey }} order by place) as previous_channel,
        row_number() over (partition by {{ journey }}, channel order by place) as nth_of_channel
    from without_direct
    where last_place is null or place <= last_place

),

without_repeats as (

    select
        *,
        row_number() over (partition by {{ journey }} order by place) as touch_index,
        count(*) over (partition by {{ journey }}) as touch_count
    from without_ends
    where
        case path_transform
            when 'first' then nth_of_channel = 1
            when 'exposure' then previous_channel is distinct from channel
            else true
        end

),

kept as (

    select
        {{- kept_columns }}
        row_number() over (partition by {{ journey }} order by {{ moments }}) as touch_index
    from candidates
    cross join path_settings
    where path_settings.keeps_all

    union all

    select
        {{- kept_columns }}
        touch_index - greatest(touch_count - coalesce(max_touches, touch_count), 0) as touch_index
    from without_repeats
    where touch_count - touch_index < coalesce(max_touches, touch_count)

)
{%- endmacro %}

{#- A sum of doubles that does not depend on the order of its rows; `over` makes it a window's. -#}
{% macro exact_sum(amount, over='') -%}
    cast(sum(cast({{ amount }} as decimal(38, 12))) {{ over }} as double)
{%- endmacro %}

{#- Takes out days that are gone from the source; the others are replaced as they change. -#}
{% macro delete_other_days(day, source, source_day, condition='true') -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where {{ day }} not in (
            select days.{{ source_day }} from {{ ref(source) }} as days where {{ condition }}
        )
    {%- endif -%}
{%- endmacro %}

{#- Every attribution model, as a relation of one column. -#}
{% macro attribution_models() -%}
    (
        values
        ('first_touch'),
        ('last_touch'),
        ('last_non_direct'),
        ('linear'),
        ('time_decay'),
        ('position_based'),
        ('markov'),
        ('shapley')
    ) as models (attribution_model)
{%- endmacro %}

{#- What credits come to, in the columns that every mart of them has. -#}
{% macro credited_measures() -%}
    {{ exact_sum('credit') }} as conversions,
        {{ exact_sum("case when counts_as_revenue then credited_value end") }} as revenue,
        {{ exact_sum("case when conversion_type = 'purchase' then credit end") }} as purchases,
        {{ exact_sum("case when counts_as_revenue and is_paid then credit end") }}
            as paid_conversions,
        {{ exact_sum("case when is_new_customer then credit end") }} as new_customers
{%- endmacro %}

{#- The figures that follow from visits, credits and spend; each a ratio of the row's sums, to be
    formed anew from the sums when rows are added up. -#}
{% macro attribution_ratios() -%}
    {{ safe_divide('revenue', 'cost') }} as roas,
        {{ safe_divide('revenue - cost', 'cost') }} as roi,
        {{ safe_divide('conversions', 'visits') }} as conversion_rate,
        {{ safe_divide('revenue', 'paid_conversions') }} as average_order_value,
        {{ safe_divide('cost', 'conversions') }} as cost_per_conversion,
        {{ safe_divide('cost', 'new_customers') }} as new_customer_cac
{%- endmacro %}

{#- CTEs, of which the last is `joined`: visits, credits and spend by local day, model and `key`,
    which is the column that holds the `dimension`. -#}
{% macro credited_days(dimension, key) -%}
visits as (

    select
        visit_date as date,
        dimension_value as {{ key }},
        visits,
        unique_visitors
    from {{ ref('int_visit_days') }}
    where dimension = '{{ dimension }}'

),

spend as (

    select
        spend_date as date,
        {{ key }},
        {{ exact_sum('spend') }} as cost,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(clicks) as bigint) as clicks
    from {{ ref('int_spend_days') }}
    group by 1, 2

),

credits as (

    select
        converted_date as date,
        {{ key }},
        attribution_model,
        {{ credited_measures() }}
    from {{ ref('fct_credits') }}
    group by 1, 2, 3

),

-- Visits without spend, spend without visits and credit without either all stay.
days as (

    select
        date,
        {{ key }}
    from visits
    union
    select
        date,
        {{ key }}
    from spend
    union
    select
        date,
        {{ key }}
    from credits

),

joined as (

    select
        days.date,
        days.{{ key }},
        models.attribution_model,
        coalesce(visits.visits, 0) as visits,
        coalesce(visits.unique_visitors, 0) as unique_visitors,
        spend.impressions,
        spend.clicks,
        coalesce(credits.conversions, 0) as conversions,
        coalesce(credits.purchases, 0) as purchases,
        coalesce(credits.paid_conversions, 0) as paid_conversions,
        coalesce(credits.new_customers, 0) as new_customers,
        coalesce(credits.revenue, 0) as revenue,
        coalesce(spend.cost, 0) as cost
    from days
    cross join {{ attribution_models() }}
    left join visits
        on
            days.date = visits.date
            and days.{{ key }} is not distinct from visits.{{ key }}
    left join spend
        on
            days.date = spend.date
            and days.{{ key }} is not distinct from spend.{{ key }}
    left join credits
        on
            days.date = credits.date
            and days.{{ key }} is not distinct from credits.{{ key }}
            and models.attribution_model = credits.attribution_model

)
{%- endmacro %}
