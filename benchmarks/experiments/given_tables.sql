-- What the experiment models read and do not build.
create schema raw_experiments;
create schema staging;
create schema intermediate;
create schema conversions;
create schema attribution;
create schema campaigns;
create schema experiments;

create table staging.stg_experiments__exposures (
    experiment varchar, unit_id varchar, variant varchar, exposed_at timestamp
);
create table conversions.fct_conversions (
    conversion_id varchar,
    person_id varchar,
    visitor_id varchar,
    goal varchar,
    conversion_type varchar,
    value double,
    converted_at timestamp
);
create table intermediate.int_visitor_intervals (
    visitor_key varchar, person_id varchar, valid_from timestamp, valid_to timestamp
);
create table staging.stg_web__events (
    event_id varchar, event_type varchar, visitor_id varchar, user_id varchar, occurred_at timestamp
);
create table attribution.fct_touchpoints (
    session_id varchar,
    visitor_id varchar,
    person_id varchar,
    country varchar,
    device varchar,
    channel varchar,
    landing_page varchar,
    touched_at timestamp
);
create table campaigns.fct_ad_days (
    ad_id varchar,
    adset_id varchar,
    impressions bigint,
    clicks bigint,
    spend double,
    meta_purchases double,
    meta_purchase_value double,
    meta_leads double,
    date date
);
