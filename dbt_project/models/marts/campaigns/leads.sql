with

leads as (

    select
        identified.lead_id,
        identified.campaign_id,
        'meta' as source,
        identified.person_id,
        case
            when landed.status in ('new', 'contacted', 'qualified', 'converted') then landed.status
        end as status,
        identified.created_at
    from {{ ref('int_leads_identified') }} as identified
    inner join {{ ref('stg_meta_ads__leads') }} as landed on identified.lead_id = landed.lead_id

),

-- Forms that goals call leads; those of Meta are above, whether a goal counts them or not.
forms as (

    select
        conversions.conversion_id as lead_id,
        conversions.campaign_id,
        'form' as source,
        conversions.person_id,
        cast(null as string) as status,
        conversions.converted_at as created_at
    from {{ ref('fct_conversions') }} as conversions
    inner join {{ ref('stg_workspace__goals') }} as goals on conversions.goal = goals.goal
    where conversions.conversion_type = 'lead_form_submission' and goals.source = 'form'

),

combined as (

    select * from leads
    union all
    select * from forms

),

purchases as (

    select
        conversion_id,
        person_id,
        case when counts_as_revenue then cast(value as decimal(18, 6)) end as revenue,
        converted_at
    from {{ ref('fct_conversions') }}
    where conversion_type = 'purchase'

),

-- A purchase is of the last lead its person left before it, so that it is counted once.
bought as (

    select
        combined.lead_id,
        combined.source,
        purchases.revenue
    from combined
    inner join purchases
        on
            combined.person_id = purchases.person_id
            and combined.created_at <= purchases.converted_at
    qualify
        row_number() over (
            partition by purchases.conversion_id
            order by combined.created_at desc, combined.source asc, combined.lead_id asc
        ) = 1

),

values_of_leads as (

    select
        lead_id,
        source,
        sum(revenue) as value
    from bought
    group by 1, 2

),

sources as (

    select
        source,
        count(status) > 0 as has_status,
        (select count(*) from purchases) > 0 as has_purchases
    from combined
    group by 1

),

-- Where nobody keeps a status, a purchase is all that shows how far a lead came.
staged as (

    select
        combined.campaign_id,
        combined.source,
        sources.has_status,
        sources.has_purchases,
        values_of_leads.lead_id is not null as has_bought,
        values_of_leads.value,
        case
            when combined.status = 'contacted' then 2
            when combined.status = 'qualified' then 3
            when combined.status = 'converted' then 4
            when not sources.has_status and values_of_leads.lead_id is not null then 4
            else 1
        end as stage_index
    from combined
    inner join sources on combined.source = sources.source
    left join values_of_leads
        on
            combined.lead_id = values_of_leads.lead_id
            and combined.source = values_of_leads.source

),

stages as (

    select *
    from (
        values (1, 'new'), (2, 'contacted'), (3, 'qualified'), (4, 'converted')
    ) as named (stage_index, stage)

),

counted as (

    select
        staged.campaign_id,
        staged.source,
        stages.stage,
        stages.stage_index,
        count(*) as all_leads,
        count(*) filter (where staged.stage_index = stages.stage_index) as leads,
        count(*) filter (where staged.stage_index >= stages.stage_index) as reached,
        count(*) filter (where staged.stage_index >= stages.stage_index and staged.has_bought)
            as buyers,
        sum(case when staged.stage_index >= stages.stage_index then staged.value end) as value,
        case
            when stages.stage_index = 1 or bool_and(staged.has_status) then null
            when stages.stage_index < 4 then 'no status has landed'
            when not bool_and(staged.has_purchases) then 'neither a status nor a purchase has landed'
        end as why_not
    from staged
    cross join stages
    group by 1, 2, 3, 4

),

campaigns as (

    select * from {{ ref('int_campaigns') }}

),

final as (

    select
        ---------- ids
        counted.campaign_id,

        ---------- strings
        campaigns.campaign_name,
        campaigns.platform,
        counted.source,
        counted.stage,
        counted.why_not,

        ---------- numerics
        counted.stage_index,
        case when counted.why_not is null then counted.leads end as leads,
        case when counted.why_not is null then counted.reached end as reached,
        case
            when counted.why_not is null
                then {{ safe_divide('counted.reached', 'counted.all_leads') }}
        end as rate,
        case when counted.why_not is null then counted.buyers end as buyers,
        case when counted.why_not is null then cast(coalesce(counted.value, 0) as double) end
            as value

    from counted
    left join campaigns on counted.campaign_id = campaigns.campaign_id

)

select * from final
