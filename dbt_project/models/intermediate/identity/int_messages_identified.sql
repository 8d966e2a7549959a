-- Whom a message was meant for. Sending tools know people by customer id or by address.
with

messages as (

    select * from {{ ref('stg_messaging__events') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

final as (

    select
        messages.event_id,
        coalesce(
            case when messages.user_id not like '%@%' then messages.user_id end,
            -- Only an address the shop knows too has the salted hash that an id is made of.
            {{ person_id('cast(null as string)', 'emails.customer_id', 'emails.email_hash') }}
        ) as person_id,
        messages.campaign_id,
        messages.creative_id,
        messages.event_type,
        messages.delivery_channel,
        coalesce(messages.is_holdout, false) as is_holdout,
        messages.occurred_at
    from messages
    left join emails on lower(trim(messages.user_id)) = emails.email

)

select * from final
