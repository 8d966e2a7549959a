with

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

people as (

    select
        campaign_id,
        case when times_seen >= 4 then '4+' else cast(times_seen as string) end as messages_seen,
        times_seen,
        has_purchased_after_view
    from {{ ref('int_message_responses') }}
    where times_seen > 0

),

messages as (

    select
        campaign_id,
        'messages' as source,
        messages_seen,
        count(*) as persons,
        count(*) filter (where has_purchased_after_view) as converted_persons,
        cast(sum(times_seen) as bigint) as messages
    from people
    group by 1, 3

),

-- How often each account saw an ad is not told, only how many saw it how often in all.
meta as (

    select
        campaign_id,
        'meta' as source,
        'reported' as messages_seen,
        cast(sum(impressions) as bigint) as impressions,
        cast(sum(reach) as bigint) as reach
    from {{ ref('fct_ad_days') }}
    where campaign_id is not null and reach > 0 and impressions is not null
    group by 1

),

combined as (

    select
        campaign_id,
        source,
        messages_seen,
        persons,
        converted_persons,
        {{ safe_divide('sum(messages) over campaign', 'sum(persons) over campaign') }}
            as average_frequency
    from messages
    window campaign as (partition by campaign_id)

    union all

    select
        campaign_id,
        source,
        messages_seen,
        null as persons,
        null as converted_persons,
        {{ safe_divide('impressions', 'reach') }} as average_frequency
    from meta

),

final as (

    select
        ---------- ids
        combined.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.platform,
        combined.source,
        combined.messages_seen,

        ---------- numerics
        cast(combined.persons as bigint) as persons,
        cast(combined.converted_persons as bigint) as converted_persons,
        {{ safe_divide('combined.converted_persons', 'combined.persons') }} as conversion_rate,
        combined.average_frequency

    from combined
    left join campaigns on combined.campaign_id = campaigns.campaign_id

)

select * from final
