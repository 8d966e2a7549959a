-- What became of messages, under the names that stages.csv knows. Deliveries and what was held
-- back keep the sending tool's names: nobody did anything.
with

messages as (

    select
        *,
        {{ message_channel('delivery_channel') }} as channel,
        case
            when is_holdout then null
            when event_type = 'campaign_viewed' then 'open'
            when event_type = 'campaign_clicked' then 'click'
        end as reaction
    from {{ ref('int_messages_identified') }}
    where person_id is not null and event_type is not null

),

campaigns as (

    select campaign_id from {{ ref('int_campaigns') }}

),

final as (

    select
        'message:' || messages.event_id as event_id,
        messages.person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        -- Sends that only the sending tool knows are no campaign that can be referred to.
        campaigns.campaign_id,
        case
            when messages.reaction is null then messages.event_type
            when messages.channel = 'email' then 'email_' || messages.reaction
            else 'message_' || messages.reaction
        end as event_type,
        messages.channel,
        false as is_positive,
        messages.occurred_at,
        {{ local_date('messages.occurred_at') }} as occurred_date
    from messages
    left join campaigns on messages.campaign_id = campaigns.campaign_id

)

select * from final
