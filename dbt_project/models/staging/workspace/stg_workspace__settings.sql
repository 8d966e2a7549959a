with

source as (

    select * from {{ source('workspace', 'settings') }}

),

selected as (

    select
        ---------- strings
        timezone,
        currency,
        direct_handling,
        removed_if_last,
        path_transform,
        shapley_game,
        headline_model,
        counted_statuses,
        code_digest,

        ---------- numerics
        idle_minutes,
        lookback_days,
        half_life_days,
        first_weight,
        middle_weight,
        last_weight,
        max_touches,
        markov_order,
        fuzzy_threshold,
        ambiguity_margin,
        minimum_letters,
        carry_forward_days,
        forecast_history_days,
        roas_target,
        roas_alert_days,
        roas_trend_tolerance,
        creative_minimum_impressions,
        message_response_days,
        metric_minimum_persons,
        metric_minimum_conversions,

        ---------- dates
        as_of,
        last_whole_date,

        ---------- timestamps
        as_of_end

    from source

)

select * from selected
