-- Which campaign every distinct utm_campaign means, how surely, and by what method.
with

utm_campaigns as (

    select distinct {{ folded_name('utm_campaign') }} as folded_name
    from {{ ref('int_session_sources') }}
    where utm_campaign is not null

),

names as (

    select * from {{ ref('int_campaign_names') }}

),

overrides as (

    select
        {{ folded_name('utm_campaign') }} as folded_name,
        min(campaign_id) as campaign_id
    from {{ ref('stg_workspace__campaign_overrides') }}
    where utm_campaign is not null
    group by 1

),

-- Two campaigns of one name: the one that spent more, then the smaller id.
exact as (

    select
        utm_campaigns.folded_name,
        names.campaign_id
    from utm_campaigns
    inner join names on utm_campaigns.folded_name = names.folded_name
    qualify
        row_number() over (
            partition by utm_campaigns.folded_name order by names.spend desc, names.campaign_id asc
        ) = 1

),

compared as (

    select
        *,
        coalesce(similarity - runner_up_similarity < {{ setting('ambiguity_margin') }}, false)
            as is_ambiguous
    from {{ ref('int_utm_campaigns_compared') }}

),

joined as (

    select
        utm_campaigns.folded_name,
        coalesce(overrides.campaign_id, exact.campaign_id) as certain_campaign_id,
        overrides.campaign_id is not null as is_manual,
        case when not compared.is_ambiguous then compared.campaign_id end as similar_campaign_id,
        compared.is_ambiguous,
        compared.campaign_id as candidate_campaign_id,
        compared.similarity as candidate_similarity
    from utm_campaigns
    left join overrides on utm_campaigns.folded_name = overrides.folded_name
    left join exact on utm_campaigns.folded_name = exact.folded_name
    left join compared on utm_campaigns.folded_name = compared.folded_name

),

final as (

    select
        folded_name,
        case
            when is_manual then 'manual'
            when certain_campaign_id is not null then 'exact_utm_match'
            when similar_campaign_id is not null then 'fuzzy_name_match'
            else 'unresolved'
        end as resolution_method,
        coalesce(certain_campaign_id, similar_campaign_id) as campaign_id,
        case
            when certain_campaign_id is not null then 1.0
            when similar_campaign_id is not null then least(candidate_similarity, 0.99)
        end as resolution_confidence,
        case
            when coalesce(certain_campaign_id, similar_campaign_id) is not null then null
            when is_ambiguous then 'ambiguous'
            else 'no_similar_campaign'
        end as unresolved_reason,
        candidate_campaign_id,
        candidate_similarity
    from joined

)

select * from final
