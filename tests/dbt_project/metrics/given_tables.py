"""The tables that metrics are made of, as columns and types; all empty at first."""

GIVEN_TABLES = {
    "intermediate.int_spend_days": "spend_date date, campaign_id varchar, channel varchar, "
    "spend double, impressions bigint, clicks bigint",
    "intermediate.int_campaign_budgets": "campaign_id varchar, planned_per_day double, "
    "first_date date, last_date date",
    "intermediate.int_campaigns": "campaign_id varchar, platform varchar, channel varchar, "
    "status varchar",
    "intermediate.int_visit_days": "visit_date date, dimension varchar, dimension_value varchar, "
    "visits bigint",
    "intermediate.int_order_segments": "order_id varchar, segment varchar",
    "intermediate.int_buyers": "person_id varchar, orders bigint, periods_ordered bigint, "
    "first_order_date date",
    "intermediate.int_acquisition_channels": "person_id varchar, acquisition_channel varchar",
    "intermediate.int_messages_identified": "person_id varchar, campaign_id varchar, "
    "event_type varchar, delivery_channel varchar, is_holdout boolean, occurred_at timestamp",
    "intermediate.int_refunds_converted": "customer_id varchar, amount decimal(18, 6), "
    "is_linked boolean, refund_date date",
    "customers.fct_orders": "order_id varchar, person_id varchar, order_date date, "
    "net_revenue double, gross_revenue double, original_total double, is_paid boolean, "
    "days_since_first_paid_order bigint",
    "customers.rfm": "person_id varchar, segment varchar",
    "customers.behaviours": "person_id varchar, behaviour varchar",
    "conversions.fct_conversions": "order_id varchar, person_id varchar, session_id varchar, "
    "conversion_type varchar, channel varchar, campaign_id varchar, counts_as_revenue boolean, "
    "value double, converted_date date, converted_at timestamp",
    "attribution.fct_touchpoints": "session_id varchar, person_id varchar, campaign_id varchar, "
    "channel varchar, is_creditable boolean, touched_date date, touched_at timestamp",
    "attribution.fct_credits": "attribution_model varchar, counts_as_revenue boolean, "
    "channel varchar, person_id varchar, credited_value double, converted_date date",
    "attribution.channel_days": "date date, channel varchar, attribution_model varchar, "
    "revenue double, new_customers double",
    "attribution.campaign_days": "date date, campaign_id varchar, attribution_model varchar, "
    "revenue double, new_customers double",
    "health.model_performance": "score_type varchar, model varchar, metric varchar, "
    "why_not varchar, value double, window_start date, window_end date",
    "staging.stg_commerce__order_items": "order_id varchar, quantity bigint, "
    "unit_cost decimal(18, 6)",
    "staging.stg_marketing__campaigns": "campaign_id varchar, cost decimal(18, 6)",
    "staging.stg_ingest__files": "source_table varchar, file_index bigint, landed_at timestamp",
    "staging.stg_ingest__arrivals": "source_table varchar, file_index bigint, "
    "happened_at timestamp",
    "staging.stg_workspace__freshness_targets": "source_table varchar, target_hours double",
    "staging.stg_workspace__metric_settings": "metric varchar, has_healthy_range boolean, "
    "healthy_low double, healthy_high double, target double, owner varchar",
    "staging.stg_workspace__past_runs": "run_id varchar, outcome varchar, run_date date",
    "staging.stg_workspace__query_costs": "query varchar, seconds double, why_not varchar",
    "staging.stg_workspace__settings": "as_of date, as_of_end timestamp, last_whole_date date, "
    "timezone varchar, headline_model varchar, metric_minimum_persons integer, "
    "metric_minimum_conversions integer",
}
