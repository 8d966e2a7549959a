-- What records tell of people other than orders and messages: forms, leads, feedback, mentions.
with

sessions as (

    select * from {{ ref('int_journey_sessions') }}

),

campaigns as (

    select
        campaign_id,
        channel
    from {{ ref('int_campaigns') }}

),

forms as (

    select
        'form:' || forms.submission_id as event_id,
        forms.person_id,
        forms.visitor_id,
        sessions.session_id,
        sessions.campaign_id,
        'form_submit' as event_type,
        sessions.channel,
        false as is_positive,
        forms.submitted_at as occurred_at
    from {{ ref('int_forms_identified') }} as forms
    left join sessions on forms.session_id = sessions.session_id

),

leads as (

    select
        'lead:' || leads.lead_id as event_id,
        leads.person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        leads.campaign_id,
        'lead_capture' as event_type,
        -- Only Meta delivers leads; one that names no ad is organic.
        case
            when coalesce(leads.campaign_id, leads.ad_id) is not null
                then coalesce(campaigns.channel, 'paid_social')
        end as channel,
        false as is_positive,
        leads.created_at as occurred_at
    from {{ ref('int_leads_identified') }} as leads
    left join campaigns on leads.campaign_id = campaigns.campaign_id

),

feedback as (

    select
        'feedback:' || feedback_id as event_id,
        person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        cast(null as string) as campaign_id,
        case when lower(source_type) like '%support%' then 'support' else 'feedback' end
            as event_type,
        cast(null as string) as channel,
        coalesce(
            (scale = 5 and rating between 4 and 5)
            or (scale = 10 and rating between 9 and 10),
            false
        ) as is_positive,
        created_at as occurred_at
    from {{ ref('int_feedback_identified') }}

),

mentions as (

    select
        'mention:' || mention_id as event_id,
        person_id,
        cast(null as string) as visitor_id,
        cast(null as string) as session_id,
        cast(null as string) as campaign_id,
        'social_engage' as event_type,
        cast(null as string) as channel,
        false as is_positive,
        created_at as occurred_at
    from {{ ref('int_mentions_identified') }}
    where person_id is not null

),

combined as (

    select * from forms
    union all
    select * from leads
    union all
    select * from feedback
    union all
    select * from mentions

),

final as (

    select
        *,
        {{ local_date('occurred_at') }} as occurred_date
    from combined

)

select * from final
