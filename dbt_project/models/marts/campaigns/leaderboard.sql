with

days as (

    select * from {{ ref('campaign_result_days') }}

),

settings as (

    select * from {{ ref('stg_workspace__settings') }}

),

windows as (

    select
        spans.window_days,
        settings.as_of as period_end,
        cast({{ add_days('settings.as_of', '1 - spans.window_days') }} as date) as period_start,
        cast({{ add_days('settings.as_of', '1 - 2 * spans.window_days') }} as date)
            as previous_start
    from settings
    cross join (values (7), (30), (90)) as spans (window_days)

),

runs as (

    select * from {{ ref('int_campaigns_below_target') }}

),

placed as (

    select
        days.*,
        windows.window_days,
        windows.period_start,
        windows.period_end,
        days.date >= windows.period_start as is_in_period
    from days
    inner join windows
        on days.date >= windows.previous_start and days.date <= windows.period_end

),

summed as (

    select
        window_days,
        period_start,
        period_end,
        campaign_id,
        min(campaign_name) as campaign_name,
        min(platform) as platform,
        min(channel) as channel,
        min(status) as status,
        {{ sum_where('spend', 'is_in_period') }} as spend,
        cast({{ sum_where('impressions', 'is_in_period') }} as bigint) as impressions,
        cast({{ sum_where('clicks', 'is_in_period') }} as bigint) as clicks,
        cast({{ sum_where('sessions', 'is_in_period') }} as bigint) as sessions,
        {{ sum_where('conversions', 'is_in_period') }} as conversions,
        {{ sum_where('revenue', 'is_in_period') }} as revenue,
        {{ sum_where('new_customers', 'is_in_period') }} as new_customers,
        {{ sum_where('budget', 'is_in_period') }} as budget,
        {{ sum_where('spend', 'not is_in_period') }} as previous_spend,
        {{ sum_where('revenue', 'not is_in_period') }} as previous_revenue
    from placed
    group by 1, 2, 3, 4

),

measured as (

    select
        *,
        {{ safe_divide('revenue', 'spend') }} as roas,
        {{ safe_divide('previous_revenue', 'previous_spend') }} as previous_roas
    from summed

),

final as (

    select
        ---------- ids
        measured.campaign_id,

        ---------- strings
        measured.campaign_name,
        measured.platform,
        measured.channel,
        measured.status,
        case
            when measured.roas is null or measured.previous_roas is null then null
            when
                measured.roas > measured.previous_roas * (1 + settings.roas_trend_tolerance)
                then 'up'
            when
                measured.roas < measured.previous_roas * (1 - settings.roas_trend_tolerance)
                then 'down'
            else 'flat'
        end as roas_trend,
        case
            when runs.days_below_target >= settings.roas_alert_days
                then
                    'ROAS below '
                    || cast(cast(settings.roas_target as decimal(18, 2)) as string)
                    || ' on ' || cast(runs.days_below_target as string)
                    || ' days with spend in a row, until '
                    || cast(runs.last_spend_date as string)
        end as alert,

        ---------- numerics
        measured.window_days,
        measured.spend,
        cast(measured.impressions as bigint) as impressions,
        cast(measured.clicks as bigint) as clicks,
        {{ safe_divide('measured.clicks', 'measured.impressions') }} as ctr,
        {{ safe_divide('nullif(measured.spend, 0)', 'measured.clicks') }} as cpc,
        cast(measured.sessions as bigint) as sessions,
        measured.conversions,
        measured.revenue,
        measured.roas,
        settings.roas_target,
        {{ safe_divide('nullif(measured.spend, 0)', 'measured.new_customers') }} as cac,
        measured.new_customers,
        measured.budget,
        {{ safe_divide('measured.spend', 'measured.budget') }} as budget_used,
        measured.previous_spend,
        measured.previous_revenue,
        measured.previous_roas,
        row_number() over (
            partition by measured.window_days
            order by
                measured.roas desc nulls last,
                measured.revenue desc nulls last,
                measured.campaign_id asc nulls last
        ) as rank,
        coalesce(runs.days_below_target, 0) as days_below_target,

        ---------- booleans
        coalesce(runs.days_below_target >= settings.roas_alert_days, false) as is_alert,

        ---------- dates
        measured.period_start,
        measured.period_end

    from measured
    cross join settings
    left join runs on measured.campaign_id = runs.campaign_id

)

select * from final
