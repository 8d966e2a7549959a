{#- Only leads do, and only Meta delivers leads. -#}
{%- set names_its_ad = 'coalesce(conversions.campaign_id, conversions.ad_id) is not null' -%}
with

conversions as (

    select * from {{ ref('int_conversions') }}

),

matched as (

    select * from {{ ref('int_conversions_matched_to_sessions') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints') }}

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

final as (

    select
        ---------- ids
        conversions.conversion_id,
        conversions.person_id,
        coalesce(conversions.visitor_id, touchpoints.visitor_id) as visitor_id,
        touchpoints.session_id,
        conversions.order_id,
        -- A lead knows the ad it came through; what it does not name is not taken from a session.
        case
            when {{ names_its_ad }} then conversions.campaign_id
            else touchpoints.campaign_id
        end as campaign_id,
        case
            when {{ names_its_ad }} then conversions.ad_set_id
            else touchpoints.ad_set_id
        end as ad_set_id,
        case
            when {{ names_its_ad }} then conversions.ad_id
            else touchpoints.ad_id
        end as ad_id,

        ---------- strings
        conversions.goal,
        conversions.conversion_type,
        conversions.original_currency,
        case
            when {{ names_its_ad }} then coalesce(campaigns.channel, 'paid_social')
            else coalesce(touchpoints.channel, 'unattributed')
        end as channel,
        case
            when {{ names_its_ad }} then coalesce(campaigns.platform, 'meta')
            else touchpoints.platform
        end as platform,
        touchpoints.utm_source,
        touchpoints.utm_medium,
        touchpoints.utm_campaign,

        ---------- numerics
        cast(conversions.gross_value - conversions.refunded_value as double) as value,
        cast(conversions.gross_value as double) as gross_value,
        cast(conversions.refunded_value as double) as refunded_value,

        ---------- booleans
        conversions.counts_as_revenue,

        ---------- dates
        {{ local_date('conversions.converted_at') }} as converted_date,

        ---------- timestamps
        conversions.converted_at

    from conversions
    left join matched on conversions.conversion_id = matched.conversion_id
    left join touchpoints on matched.session_id = touchpoints.session_id
    left join campaigns on conversions.campaign_id = campaigns.campaign_id

)

select * from final
