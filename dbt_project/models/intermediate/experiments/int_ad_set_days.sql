-- Days of ad sets that are arms of an experiment, each day as Meta reports it. Meta splits people
-- between them and tells nobody who they were: the days are what can be compared.
with

experiments as (

    select
        *,
        {{ local_date('started_at') }} as first_date,
        {{ local_date('exposed_until') }} as last_date
    from {{ ref('int_experiments') }}
    where source = 'ad_days'

),

arms as (

    select * from {{ ref('stg_workspace__experiment_ad_sets') }}

),

metrics as (

    select * from {{ ref('stg_workspace__experiment_metrics') }}

),

days as (

    select
        experiments.experiment,
        arms.variant,
        ad_days.date,
        sum(ad_days.impressions) as impressions,
        sum(ad_days.clicks) as clicks,
        -- What the goal counts, as far as Meta reports it.
        coalesce({{ exact_sum(
            "case when experiments.goal_type = 'lead_form_submission' then ad_days.meta_leads "
            ~ "else ad_days.meta_purchases end"
        ) }}, 0) as conversions,
        coalesce({{ exact_sum('ad_days.meta_purchase_value') }}, 0) as purchase_value,
        coalesce({{ exact_sum('ad_days.meta_leads') }}, 0) as leads,
        -- Without a rate for one ad, what the day cost is not known.
        case
            when count(*) = count(ad_days.spend) then {{ exact_sum('ad_days.spend') }}
        end as spend
    from {{ ref('fct_ad_days') }} as ad_days
    inner join arms on ad_days.adset_id = arms.ad_set_id
    inner join experiments
        on
            arms.experiment = experiments.experiment
            and ad_days.date between experiments.first_date and experiments.last_date
    group by 1, 2, 3

),

final as (

    select
        days.experiment,
        days.variant,
        metrics.metric,
        metrics.metric_kind,
        days.date,
        case metrics.metric
            when 'conversion_rate' then days.conversions
            when 'ctr' then days.clicks
            when 'cpc' then days.spend
            when 'roas' then days.purchase_value
            when 'leads' then days.leads
            when 'revenue' then days.purchase_value
        end as numerator,
        case metrics.metric
            when 'conversion_rate' then days.clicks
            when 'ctr' then days.impressions
            when 'cpc' then days.clicks
            when 'roas' then days.spend
            else 1
        end as denominator
    from days
    inner join metrics on days.experiment = metrics.experiment
    where days.spend is not null or metrics.metric not in ('cpc', 'roas')

)

select * from final
