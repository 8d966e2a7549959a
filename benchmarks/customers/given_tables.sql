-- What the customer models read and do not build, as empty tables.
create schema staging; create schema intermediate; create schema conversions;
create schema customers; create schema health; create schema reference;
create table customers.fct_orders (
    order_id varchar, person_id varchar, order_date date, ordered_at timestamp,
    gross_revenue double, refunded_value double, net_revenue double, order_number bigint,
    days_since_first_order bigint, days_since_previous_order bigint,
    days_since_first_paid_order bigint,
    is_counted boolean, is_paid boolean
);
create table customers.sentiment (person_id varchar, label varchar, score double);
create table conversions.fct_conversions (
    order_id varchar, conversion_type varchar, channel varchar
);
create table intermediate.int_refunds_converted (
    customer_id varchar, amount decimal(18, 6), is_linked boolean, refund_date date
);
create table intermediate.int_people (
    person_id varchar, is_identified boolean, last_country varchar, email_hash varchar,
    first_seen_at timestamp, last_seen_at timestamp
);
create table intermediate.int_orders_aggregated_to_people (
    person_id varchar, orders bigint, paid_orders bigint, gross_revenue decimal(38, 6),
    refunded_value decimal(38, 6), unlinked_refunds bigint, first_order_at timestamp,
    last_order_at timestamp
);
create table intermediate.int_feedback_identified (
    feedback_id varchar, person_id varchar, is_identified boolean, source_type varchar,
    rating double, scale bigint, comment varchar, created_at timestamp
);
create table intermediate.int_mentions_identified (
    mention_id varchar, person_id varchar, created_at timestamp
);
create table intermediate.int_forms_identified (
    submission_id varchar, person_id varchar, submitted_at timestamp
);
create table intermediate.int_messages_identified (
    event_id varchar, person_id varchar, event_type varchar, occurred_at timestamp
);
create table intermediate.int_touchpoints (
    session_id varchar, person_id varchar, pageviews bigint, started_at timestamp
);
create table intermediate.int_sessions_identified (session_id varchar, person_id varchar);
create table staging.stg_commerce__orders (
    order_id varchar, customer_id varchar, extra_columns varchar
);
create table staging.stg_commerce__order_items (
    order_id varchar, category varchar, quantity bigint
);
create table staging.stg_commerce__customers (
    customer_id varchar, city varchar, country varchar, email_hash varchar,
    phone_hash varchar, marketing_opt_in boolean, birth_date date
);
