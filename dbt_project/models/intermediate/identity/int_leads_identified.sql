-- Whose lead it is: the customer or the address the shop knows by the email it was given.
with

leads as (

    select
        *,
        lower(trim({{ lead_field('field_data', "'email'") }})) as email
    from {{ ref('stg_meta_ads__leads') }}

),

ads as (

    select * from {{ ref('int_ads') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

final as (

    select
        leads.lead_id,
        coalesce(
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }},
            'lead:' || leads.lead_id
        ) as person_id,
        coalesce(leads.campaign_id, ads.campaign_id) as campaign_id,
        coalesce(leads.adset_id, ads.adset_id) as ad_set_id,
        leads.ad_id,
        leads.platform,
        emails.email is not null as is_identified,
        leads.created_at
    from leads
    left join ads on leads.ad_id = ads.ad_id
    left join emails on leads.email = emails.email

)

select * from final
