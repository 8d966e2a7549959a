with

leads as (

    select * from {{ ref('stg_meta_ads__leads') }}

),

-- A lead's answers are a list of named fields; goals name them as field_data.<name>.
met as (

    {{ rows_meeting_goals(
        'leads', 'lead_id', 'lead',
        columns={
            'id': 'lead_id', 'created_time': 'created_at', 'ad_id': 'ad_id',
            'adset_id': 'adset_id', 'campaign_id': 'campaign_id', 'form_id': 'form_id',
            'platform': 'platform', 'is_organic': 'is_organic', 'status': 'status',
            'field_data': 'field_data',
        },
        paths={'field_data': lead_field}
    ) }}

),

identified as (

    select * from {{ ref('int_leads_identified') }}

),

final as (

    select
        met.goal,
        met.goal || ':' || leads.lead_id as conversion_id,
        cast(null as string) as order_id,
        identified.person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        identified.campaign_id,
        identified.ad_set_id,
        identified.ad_id,
        {{ setting('currency') }} as original_currency,
        try_cast(met.value_text as decimal(18, 6)) as field_value,
        cast(0 as decimal(18, 6)) as refunded_value,
        leads.created_at as converted_at
    from met
    inner join leads on met.lead_id = leads.lead_id
    inner join identified on met.lead_id = identified.lead_id

)

select * from final
