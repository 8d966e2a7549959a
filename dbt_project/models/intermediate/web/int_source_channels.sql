-- The channel of every distinct combination of source, medium and campaign:
-- the first rule that fits, the marketers' own rules before the built-in ones.
with

combinations as (

    select distinct
        source,
        medium,
        campaign
    from {{ ref('int_session_sources') }}

),

categorised as (

    select * from {{ ref('int_sources_categorised') }}

),

rules as (

    select
        0 as rank,
        rule_index,
        channel,
        source_pattern,
        medium_pattern,
        campaign_pattern,
        cast(null as string) as category
    from {{ ref('stg_workspace__channel_rules') }}

    union all

    select
        1 as rank,
        rule_index,
        channel,
        source_pattern,
        medium_pattern,
        campaign_pattern,
        category
    from {{ ref('channel_rules') }}

),

-- A pattern is compiled for every pair it is tried on. Sources with media are few however many
-- campaigns there are, and campaigns meet only the few patterns that are about campaigns.
pairs as (

    select distinct
        combinations.source,
        combinations.medium,
        categorised.category,
        categorised.platform
    from combinations
    left join categorised on combinations.source = categorised.source

),

rules_of_pairs as (

    select
        pairs.source,
        pairs.medium,
        pairs.platform,
        rules.rank,
        rules.rule_index,
        rules.channel,
        rules.campaign_pattern
    from pairs
    left join rules
        on
            (rules.category is null or pairs.category = rules.category)
            and (
                rules.source_pattern is null
                or {{ matches("coalesce(pairs.source, '')", 'rules.source_pattern') }}
            )
            and (
                rules.medium_pattern is null
                or {{ matches("coalesce(pairs.medium, '')", 'rules.medium_pattern') }}
            )

),

campaigns as (

    select distinct coalesce(campaign, '') as campaign from combinations

),

campaign_patterns as (

    select distinct campaign_pattern
    from rules
    where campaign_pattern is not null

),

rules_of_campaigns as (

    select
        campaigns.campaign,
        campaign_patterns.campaign_pattern
    from campaigns
    inner join campaign_patterns
        on {{ matches('campaigns.campaign', 'campaign_patterns.campaign_pattern') }}

),

joined as (

    select
        combinations.source,
        combinations.medium,
        combinations.campaign,
        rules_of_pairs.platform,
        rules_of_pairs.rank,
        rules_of_pairs.rule_index,
        case
            when
                rules_of_pairs.campaign_pattern is null
                or rules_of_campaigns.campaign_pattern is not null
                then rules_of_pairs.channel
        end as channel
    from combinations
    inner join rules_of_pairs
        on
            combinations.source is not distinct from rules_of_pairs.source
            and combinations.medium is not distinct from rules_of_pairs.medium
    left join rules_of_campaigns
        on
            coalesce(combinations.campaign, '') = rules_of_campaigns.campaign
            and rules_of_pairs.campaign_pattern = rules_of_campaigns.campaign_pattern

),

final as (

    select
        source,
        medium,
        campaign,
        platform,
        coalesce(channel, 'unassigned') as channel
    from joined
    qualify
        row_number() over (
            partition by source, medium, campaign
            order by (channel is null), rank, rule_index
        ) = 1

)

select * from final
