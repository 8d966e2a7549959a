with

leads as (

    select
        *,
        lower(trim({{ lead_field('field_data', "'email'") }})) as email
    from {{ ref('stg_meta_ads__leads') }}

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

ads as (

    select * from {{ ref('int_ads') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

final as (

    select
        met.goal,
        met.goal || ':' || leads.lead_id as conversion_id,
        cast(null as string) as order_id,
        coalesce(
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }},
            'lead:' || leads.lead_id
        ) as person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        coalesce(leads.campaign_id, ads.campaign_id) as campaign_id,
        coalesce(leads.adset_id, ads.adset_id) as ad_set_id,
        leads.ad_id,
        {{ setting('currency') }} as original_currency,
        try_cast(met.value_text as decimal(18, 6)) as field_value,
        cast(0 as decimal(18, 6)) as refunded_value,
        leads.created_at as converted_at
    from met
    inner join leads on met.lead_id = leads.lead_id
    left join ads on leads.ad_id = ads.ad_id
    left join emails on leads.email = emails.email

)

select * from final
