-- For every utm_campaign that is no campaign's name, the campaign with the most similar one.
with

utm_campaigns as (

    select distinct {{ folded_name('utm_campaign') }} as folded_name
    from {{ ref('int_session_sources') }}
    where utm_campaign is not null

),

names as (

    select * from {{ ref('int_campaign_names') }}

),

-- Names too short to be told apart, or too long to be names, are not compared.
unmatched as (

    select
        utm_campaigns.folded_name,
        {{ sorted_tokens('utm_campaigns.folded_name') }} as sorted_tokens
    from utm_campaigns
    left join names on utm_campaigns.folded_name = names.folded_name
    where
        names.folded_name is null
        and length(utm_campaigns.folded_name) <= 255
        and {{ letter_count('utm_campaigns.folded_name') }} >= {{ setting('minimum_letters') }}

),

-- An id that is nearly another id means another campaign, so ids are compared exactly only.
comparable_names as (

    select
        campaign_id,
        sorted_tokens,
        spend
    from names
    where
        not is_id
        and length(sorted_tokens) <= 255
        and {{ letter_count('sorted_tokens') }} >= {{ setting('minimum_letters') }}

),

-- The length condition drops pairs that cannot reach the threshold before they are compared.
scored as (

    select
        unmatched.folded_name,
        names.campaign_id,
        names.sorted_tokens,
        names.spend,
        {{ similarity('unmatched.sorted_tokens', 'names.sorted_tokens') }} as similarity
    from unmatched
    inner join comparable_names as names
        on
            length(names.sorted_tokens)
            >= length(unmatched.sorted_tokens) * {{ setting('fuzzy_threshold') }}
            and length(unmatched.sorted_tokens)
            >= length(names.sorted_tokens) * {{ setting('fuzzy_threshold') }}

),

-- Of campaigns with one name, the one that spent more.
best_by_name as (

    select *
    from scored
    where similarity >= {{ setting('fuzzy_threshold') }}
    qualify
        row_number() over (
            partition by folded_name, sorted_tokens order by spend desc, campaign_id asc
        ) = 1

),

-- Of a campaign's names, the closest: a campaign is no rival of itself.
candidates as (

    select *
    from best_by_name
    qualify
        row_number() over (
            partition by folded_name, campaign_id order by similarity desc, sorted_tokens asc
        ) = 1

),

-- The best candidate, and how close another campaign comes to it.
final as (

    select
        folded_name,
        campaign_id,
        similarity,
        lead(similarity) over (
            partition by folded_name order by similarity desc, spend desc, campaign_id asc
        ) as runner_up_similarity
    from candidates
    qualify
        row_number() over (
            partition by folded_name order by similarity desc, spend desc, campaign_id asc
        ) = 1

)

select * from final
