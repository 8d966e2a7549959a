with

source as (

    select * from {{ source('workspace', 'customer_settings') }}

),

selected as (

    select
        ---------- numerics
        journeys_top_paths,
        journeys_longest_path,
        journeys_stalled_days,
        behaviours_window_days,
        behaviours_high_spender_share,
        behaviours_frequent_orders_per_week,
        behaviours_weekend_share,
        behaviours_category_share,
        behaviours_most_cities,
        behaviours_orders_with_city,
        behaviours_new_days,
        behaviours_inactive_days,
        behaviours_seasonal_factor,
        cohorts_periods,
        engagement_purchase,
        engagement_feedback,
        engagement_social,
        engagement_form,
        engagement_pageview,
        engagement_recent_days,
        engagement_fading_days,
        engagement_fading_factor,
        engagement_old_factor,
        engagement_saturation,
        engagement_high,
        engagement_medium,
        clv_one_order_per_month,
        clv_one_order_lifespan_months,
        clv_frequent_gap_days,
        clv_frequent_lifespan_months,
        clv_rare_gap_days,
        clv_rare_lifespan_months,
        clv_lifespan_months,
        clv_platinum,
        clv_gold,
        clv_silver,
        clv_horizon_months,
        clv_monthly_discount_rate,
        clv_minimum_buyers,
        clv_minimum_days,
        churn_activity_weight,
        churn_activity_days,
        churn_purchase_weight,
        churn_purchase_days,
        churn_decline_weight,
        churn_sentiment_weight,
        churn_loyal_orders,
        churn_loyal_bonus,
        churn_no_purchase_penalty,
        churn_horizon_days,
        churn_high,
        churn_medium,
        scores_leaderboard_size,
        sentiment_positive_from,
        sentiment_negative_to,
        sentiment_mixed_share,
        sentiment_topics,
        sentiment_keywords

    from source

)

select * from selected
