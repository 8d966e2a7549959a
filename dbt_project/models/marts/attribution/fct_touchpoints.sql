-- A view: its rows are stored once, in int_touchpoints, and published from there.
{{ config(materialized = 'view') }}
with

touchpoints as (

    select * from {{ ref('int_touchpoints') }}

),

final as (

    select
        ---------- ids
        session_id as touchpoint_id,
        session_id,
        person_id,
        visitor_id,
        campaign_id,
        ad_set_id,
        ad_id,
        candidate_campaign_id,

        ---------- strings
        channel,
        channel_reported,
        platform,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        landing_page,
        referrer,
        country,
        device,
        resolution_method,
        unresolved_reason,

        ---------- numerics
        cast(resolution_confidence as double) as resolution_confidence,
        pageviews,

        ---------- booleans
        campaign_id is not null as is_resolved,
        not is_redirect as is_creditable,
        is_bounce,
        is_derived,

        ---------- dates
        started_date as touched_date,

        ---------- timestamps
        started_at as touched_at,
        ended_at

    from touchpoints

)

select * from final
