-- A view: the credits are stored once, side by side, and unfold into a row per model when they are
-- published.
{{ config(materialized = 'view') }}
{%- set models = [
    'first_touch', 'last_touch', 'last_non_direct', 'linear', 'time_decay', 'position_based',
    'markov', 'shapley'
] %}
with

touches as (

    select
        by_rule.*,
        data_driven.markov,
        data_driven.shapley
    from {{ ref('int_touch_credits') }} as by_rule
    inner join {{ ref('int_data_driven_credits') }} as data_driven
        on
            by_rule.conversion_id = data_driven.conversion_id
            and by_rule.channel = data_driven.channel

),

conversions as (

    select * from {{ ref('int_attributed_conversions') }}

),

paths as (

    select conversion_id from {{ ref('int_conversion_paths') }}

),

credits as (

    {% for model in models -%}
        select
            conversion_id,
            touchpoint_id,
            campaign_id,
            '{{ model }}' as attribution_model,
            channel,
            touch_index,
            touch_count,
            {{ model }} as credit,
            touched_at
        from touches

        union all

    {% endfor -%}
    -- A conversion without a touch is credited to nobody, so that totals hold.
    select
        conversions.conversion_id,
        cast(null as string) as touchpoint_id,
        cast(null as string) as campaign_id,
        models.attribution_model,
        'unattributed' as channel,
        cast(null as bigint) as touch_index,
        0 as touch_count,
        1.0 as credit,
        cast(null as timestamp) as touched_at
    from conversions
    left join paths on conversions.conversion_id = paths.conversion_id
    cross join {{ attribution_models() }}
    where paths.conversion_id is null

),

final as (

    select
        ---------- ids
        credits.conversion_id,
        credits.touchpoint_id,
        conversions.person_id,
        credits.campaign_id,

        ---------- strings
        credits.attribution_model,
        conversions.goal,
        conversions.conversion_type,
        credits.channel,
        case
            when credits.touch_count = 0 then null
            when credits.touch_count = 1 then 'only'
            when credits.touch_index = 1 then 'first'
            when credits.touch_index = credits.touch_count then 'last'
            else 'middle'
        end as touch_position,

        ---------- numerics
        credits.touch_index,
        credits.touch_count,
        cast(credits.credit as double) as credit,
        cast(credits.credit * conversions.value as double) as credited_value,

        ---------- booleans
        conversions.counts_as_revenue,
        conversions.is_new_customer,
        coalesce(conversions.gross_value > 0, false) as is_paid,

        ---------- dates
        conversions.converted_date,

        ---------- timestamps
        credits.touched_at,
        conversions.converted_at

    from credits
    inner join conversions on credits.conversion_id = conversions.conversion_id

)

select * from final
