-- What happened to people by messages, one campaign and day at a time. Who was held out got none.
with

messages as (

    select
        person_id,
        campaign_id,
        {{ message_channel('delivery_channel') }} as channel,
        case
            when is_holdout then 'held_out'
            when event_type in ('campaign_delivered', 'campaign_sent') then 'sent'
            when event_type = 'campaign_viewed' then 'seen'
            when event_type = 'campaign_clicked' then 'clicked'
        end as kind,
        {{ local_date('occurred_at') }} as date,
        occurred_at
    from {{ ref('int_messages_identified') }}
    where person_id is not null

),

final as (

    select
        person_id,
        campaign_id,
        channel,
        date,
        count(*) filter (where kind = 'sent') as sent,
        count(*) filter (where kind = 'seen') as seen,
        count(*) filter (where kind = 'clicked') as clicked,
        min(occurred_at) filter (where kind = 'sent') as first_sent_at,
        min(occurred_at) filter (where kind = 'seen') as first_seen_at,
        min(occurred_at) filter (where kind = 'clicked') as first_clicked_at,
        min(occurred_at) filter (where kind = 'held_out') as first_held_out_at
    from messages
    where kind is not null
    group by 1, 2, 3, 4

)

select * from final
