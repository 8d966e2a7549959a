-- A view: the credits are stored once, side by side, and unfold into a row per model when they are
-- published.
{{ config(materialized = 'view') }}
{%- set rule_models = [
    'first_touch', 'last_touch', 'last_non_direct', 'linear', 'time_decay', 'position_based'
] %}
with

touches as (

    select * from {{ ref('int_touch_credits') }}

),

paths as (

    select
        conversion_id,
        channel_set
    from {{ ref('int_conversion_paths') }}

),

shares as (

    select * from {{ ref('int_channel_shares') }}

),

credits as (

    {% for model in rule_models -%}
    select
        touches.*,
        '{{ model }}' as attribution_model,
        touches.{{ model }} as credit
    from touches

    union all

    {% endfor -%}
    -- The channel's share of the conversion, divided among the channel's touches.
    select
        touches.*,
        shares.attribution_model,
        shares.share / touches.channel_touches as credit
    from touches
    inner join paths on touches.conversion_id = paths.conversion_id
    inner join shares
        on
            touches.goal = shares.goal
            and paths.channel_set = shares.channel_set
            and touches.channel = shares.channel

    {% for model in ['markov', 'shapley'] -%}
    union all

    select
        touches.*,
        '{{ model }}' as attribution_model,
        1.0 as credit
    from touches
    where touches.touchpoint_id is null

    {% endfor %}
),

final as (

    select
        ---------- ids
        conversion_id,
        touchpoint_id,
        person_id,
        campaign_id,

        ---------- strings
        attribution_model,
        goal,
        conversion_type,
        channel,
        touch_position,

        ---------- numerics
        touch_index,
        touch_count,
        cast(credit as double) as credit,
        cast(credit * value as double) as credited_value,

        ---------- booleans
        counts_as_revenue,
        is_new_customer,
        coalesce(gross_value > 0, false) as is_paid,

        ---------- dates
        converted_date,

        ---------- timestamps
        touched_at,
        converted_at

    from credits

)

select * from final
