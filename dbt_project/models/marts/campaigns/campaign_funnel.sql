{{ config(alias='funnel', meta={'dagster': {'asset_key': ['campaigns', 'funnel']}}) }}
with

days as (

    select * from {{ ref('campaign_result_days') }}
    where campaign_id is not null

),

-- What an ad network counts of its ads, a sending tool tells of its messages.
message_days as (

    select
        campaign_id,
        {{ local_date('occurred_at') }} as date,
        count(*) filter (where event_type = 'campaign_viewed') as views,
        count(*) filter (where event_type = 'campaign_clicked') as clicks
    from {{ ref('int_messages_identified') }}
    where campaign_id in (select days.campaign_id from days) and not is_holdout
    group by 1, 2

),

combined as (

    select
        date,
        campaign_id,
        impressions,
        clicks,
        sessions,
        cart_sessions,
        purchase_sessions
    from days

    union all

    select
        date,
        campaign_id,
        views as impressions,
        clicks,
        null as sessions,
        null as cart_sessions,
        null as purchase_sessions
    from message_days

),

-- The whole history reaches back further than any shop does.
windows as (

    select
        window_name,
        cast({{ add_days(setting('as_of'), '1 - window_days') }} as date) as period_start
    from (values ('30', 30), ('90', 90), ('all', 36500)) as spans (window_name, window_days)

),

summed as (

    select
        windows.window_name,
        combined.campaign_id,
        sum(combined.impressions) as impressions,
        sum(combined.clicks) as clicks,
        sum(combined.sessions) as sessions,
        sum(combined.cart_sessions) as cart_sessions,
        sum(combined.purchase_sessions) as purchase_sessions
    from combined
    inner join windows on combined.date >= windows.period_start
    where combined.date <= {{ setting('as_of') }}
    group by 1, 2

),

unfolded as (

    select
        summed.window_name,
        summed.campaign_id,
        steps.step,
        steps.step_index,
        cast(case steps.step_index
            when 1 then summed.impressions
            when 2 then summed.clicks
            when 3 then summed.sessions
            when 4 then summed.cart_sessions
            else summed.purchase_sessions
        end as bigint) as step_count
    from summed
    cross join (
        values (1, 'impression'), (2, 'click'), (3, 'session'), (4, 'cart'), (5, 'purchase')
    ) as steps (step_index, step)

),

compared as (

    select
        *,
        lag(step_count ignore nulls) over (
            partition by window_name, campaign_id order by step_index
        ) as previous_count,
        first_value(step_count ignore nulls) over (
            partition by window_name, campaign_id order by step_index
            rows between unbounded preceding and unbounded following
        ) as first_count
    from unfolded

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

final as (

    select
        ---------- ids
        compared.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.platform,
        compared.window_name,
        compared.step,

        ---------- numerics
        compared.step_index,
        compared.step_count as count,
        -- More than the step before it had is no loss: not every click is counted, or session.
        case
            when compared.step_count <= compared.previous_count
                then {{ safe_divide(
                    'compared.previous_count - compared.step_count', 'compared.previous_count'
                ) }}
        end as drop_off,
        {{ safe_divide('compared.step_count', 'compared.first_count') }} as rate_of_first

    from compared
    inner join campaigns on compared.campaign_id = campaigns.campaign_id

)

select * from final
