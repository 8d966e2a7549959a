{{
    config(
        materialized = 'incremental',
        incremental_strategy = 'delete+insert',
        unique_key = 'converted_date',
        on_schema_change = 'sync_all_columns',
        pre_hook = '{{ delete_days_without_conversions() }}'
    )
}}
-- Six models in one pass over the touches of each conversion. Only days whose inputs differ from
-- those of the credits already there are computed; see int_attribution_days.
with

days as (

    select * from {{ ref('int_attribution_days') }} as days
    {% if is_incremental() -%}
    where not exists (
        select 1
        from {{ this }} as credited
        where
            credited.converted_date = days.converted_date
            and credited.inputs_digest = days.digest
    )
    {%- endif %}

),

conversions as (

    select
        conversions.*,
        days.digest as inputs_digest
    from {{ ref('int_attributed_conversions') }} as conversions
    inner join days on conversions.converted_date = days.converted_date

),

candidates as (

    select
        conversions.conversion_id,
        touches.touchpoint_id,
        touches.channel,
        touches.campaign_id,
        touches.touched_at
    from conversions
    inner join {{ ref('int_converting_touches') }} as touches
        on
            conversions.person_id = touches.person_id
            and conversions.converted_at >= touches.touched_at
            and touches.touched_at
            >= {{ add_days('conversions.converted_at', '-' ~ setting('lookback_days')) }}

),

{{ kept_touches('conversion_id', 'touched_at, touchpoint_id') }},

counted as (

    select
        *,
        channel <> 'direct' as is_other_than_direct,
        row_number() over in_order as touch_index,
        count(*) over whole as touch_count,
        count(*) over (partition by conversion_id, channel) as channel_touches,
        count(*) filter (where channel <> 'direct') over whole as others_than_direct,
        count(*) filter (where channel <> 'direct') over in_order as others_so_far,
        -- Counted from the last touch: the shares are the same, and no weight vanishes.
        power(
            0.5,
            {{ seconds_between('touched_at', 'max(touched_at) over whole') }}
            / (86400 * {{ setting('half_life_days') }})
        ) as decay
    from kept
    window
        whole as (partition by conversion_id),
        in_order as (
            partition by conversion_id order by place
            rows between unbounded preceding and current row
        )

),

weighed as (

    select
        *,
        -- Added up in order, so that the last digit is the same in every run.
        sum(decay) over (
            partition by conversion_id order by place
            rows between unbounded preceding and unbounded following
        ) as total_decay,
        case
            when touch_count = 1 then 'only'
            when touch_index = 1 then 'first'
            when touch_index = touch_count then 'last'
            else 'middle'
        end as touch_position
    from counted

),

credited as (

    select
        *,
        case when touch_index = 1 then 1.0 else 0.0 end as first_touch,
        case when touch_index = touch_count then 1.0 else 0.0 end as last_touch,
        case
            when others_than_direct = 0 and touch_index = touch_count then 1.0
            when is_other_than_direct and others_so_far = others_than_direct then 1.0
            else 0.0
        end as last_non_direct,
        1.0 / touch_count as linear,
        decay / total_decay as time_decay,
        case
            when touch_count = 1 then 1.0
            -- With nothing between them, first and last share what the middle would get.
            when touch_count = 2 then
                case when touch_index = 1
                    then {{ setting('first_weight') }}
                    else {{ setting('last_weight') }}
                end
                / ({{ setting('first_weight') }} + {{ setting('last_weight') }})
            when touch_index = 1 then {{ setting('first_weight') }}
            when touch_index = touch_count then {{ setting('last_weight') }}
            else {{ setting('middle_weight') }} / (touch_count - 2)
        end as position_based
    from weighed

),

-- A conversion without a touch is all its own, so that totals hold.
final as (

    select
        ---------- ids
        conversions.conversion_id,
        credited.touchpoint_id,
        conversions.person_id,
        credited.campaign_id,

        ---------- strings
        conversions.goal,
        conversions.conversion_type,
        coalesce(credited.channel, 'unattributed') as channel,
        credited.touch_position,
        conversions.inputs_digest,

        ---------- numerics
        conversions.value,
        conversions.gross_value,
        credited.touch_index,
        coalesce(credited.touch_count, 0) as touch_count,
        coalesce(credited.channel_touches, 1) as channel_touches,
        cast(coalesce(credited.first_touch, 1) as double) as first_touch,
        cast(coalesce(credited.last_touch, 1) as double) as last_touch,
        cast(coalesce(credited.last_non_direct, 1) as double) as last_non_direct,
        cast(coalesce(credited.linear, 1) as double) as linear,
        cast(coalesce(credited.time_decay, 1) as double) as time_decay,
        cast(coalesce(credited.position_based, 1) as double) as position_based,

        ---------- booleans
        conversions.counts_as_revenue,
        conversions.is_new_customer,

        ---------- dates
        conversions.converted_date,

        ---------- timestamps
        credited.touched_at,
        conversions.converted_at

    from conversions
    left join credited on conversions.conversion_id = credited.conversion_id

)

select * from final
