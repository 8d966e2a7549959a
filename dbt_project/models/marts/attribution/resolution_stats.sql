with

touches as (

    select * from {{ ref('fct_touchpoints') }}

),

final as (

    select
        ---------- strings
        resolution_method,
        unresolved_reason,

        ---------- numerics
        count(*) as touches,
        {{ safe_divide('count(*)', 'sum(count(*)) over ()') }} as share_of_touches,
        -- Of the touches that name a campaign at all.
        {{ safe_divide(
            'count(utm_campaign)', 'sum(count(utm_campaign)) over ()'
        ) }} as share_of_tagged_touches,
        count(distinct utm_campaign) as utm_campaigns,
        count(distinct campaign_id) as campaigns,
        count(distinct candidate_campaign_id) as candidates_considered,
        cast(avg(cast(resolution_confidence as decimal(18, 6))) as double) as average_confidence,

        ---------- timestamps
        max(touched_at) as last_touched_at

    from touches
    group by 1, 2

)

select * from final
