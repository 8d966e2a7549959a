{{
    config(
        materialized = 'incremental',
        incremental_strategy = 'delete+insert',
        unique_key = 'converted_date',
        on_schema_change = 'sync_all_columns',
        pre_hook = '{{ delete_other_days("converted_date", "int_attribution_days", "converted_date") }}'
    )
}}
{%- set weight_of_both_ends -%}
    ({{ setting('first_weight') }} + {{ setting('last_weight') }})
{%- endset -%}
-- Six models in one pass over the touches of each conversion. Only days whose inputs differ from
-- those of the credits already there are computed; see int_attribution_days.
with

days as (

    select * from {{ ref('int_attribution_days') }}
    {% if is_incremental() -%}
        where digest not in (select credited.inputs_digest from {{ this }} as credited)
    {%- endif %}

),

candidates as (

    select touches.*
    from {{ ref('int_conversion_touches') }} as touches
    inner join days on touches.converted_date = days.converted_date

),

{{ kept_touches(
    'conversion_id',
    'touched_at, touchpoint_id',
    ['touchpoint_id', 'campaign_id', 'touched_at', 'converted_date']
) }},

totals as (

    select
        conversion_id,
        count(*) as touch_count,
        max(case when channel <> 'direct' then touch_index end) as last_other_than_direct,
        max(touched_at) as last_touched_at
    from kept
    group by 1

),

weighed as (

    select
        kept.*,
        totals.touch_count,
        totals.last_other_than_direct,
        -- Counted from the last touch, the shares are the same and never all vanish. In whole
        -- quadrillionths, weights add up to the same total in whatever order they come.
        cast(1e15 * power(
            0.5,
            {{ seconds_between('kept.touched_at', 'totals.last_touched_at') }}
            / (86400 * {{ setting('half_life_days') }})
        ) as bigint) as decay
    from kept
    inner join totals on kept.conversion_id = totals.conversion_id

),

total_weights as (

    select
        conversion_id,
        sum(decay) as total_decay
    from weighed
    group by 1

),

joined as (

    select
        weighed.*,
        total_weights.total_decay
    from weighed
    inner join total_weights on weighed.conversion_id = total_weights.conversion_id

),

credited as (

    select
        *,
        case when touch_index = 1 then 1 else 0 end as first_touch,
        case when touch_index = touch_count then 1 else 0 end as last_touch,
        case when touch_index = coalesce(last_other_than_direct, touch_count) then 1 else 0 end
            as last_non_direct,
        1.0 / touch_count as linear,
        cast(decay as double) / cast(total_decay as double) as time_decay,
        case
            when touch_count = 1 then 1
            -- With nothing between them, first and last share what the middle would get.
            when touch_count = 2 and touch_index = 1
                then {{ setting('first_weight') }} / {{ weight_of_both_ends }}
            when touch_count = 2 then {{ setting('last_weight') }} / {{ weight_of_both_ends }}
            when touch_index = 1 then {{ setting('first_weight') }}
            when touch_index = touch_count then {{ setting('last_weight') }}
            else {{ setting('middle_weight') }} / (touch_count - 2)
        end as position_based
    from joined

),

final as (

    select
        ---------- ids
        credited.conversion_id,
        credited.touchpoint_id,
        credited.campaign_id,

        ---------- strings
        credited.channel,
        days.digest as inputs_digest,

        ---------- numerics
        credited.touch_index,
        credited.touch_count,
        cast(credited.first_touch as double) as first_touch,
        cast(credited.last_touch as double) as last_touch,
        cast(credited.last_non_direct as double) as last_non_direct,
        cast(credited.linear as double) as linear,
        cast(credited.time_decay as double) as time_decay,
        cast(credited.position_based as double) as position_based,

        ---------- dates
        credited.converted_date,

        ---------- timestamps
        credited.touched_at

    from credited
    inner join days on credited.converted_date = days.converted_date

)

select * from final
