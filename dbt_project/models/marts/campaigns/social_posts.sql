with

posts as (

    select * from {{ ref('stg_social__posts') }}

),

mentions as (

    select
        mentions.post_id,
        count(*) as mentions,
        count(sentiment.score) as scored_mentions,
        {{ exact_sum('sentiment.score') }} as sentiment_sum
    from {{ ref('stg_social__mentions') }} as mentions
    left join {{ ref('sentiment') }} as sentiment
        on 'mention:' || mentions.mention_id = sentiment.text_id
    where mentions.post_id is not null
    group by 1

),

-- Links in a post name it in utm_content, or in utm_campaign where nothing else is tagged.
sessions as (

    select
        posts.post_id,
        touches.session_id
    from {{ ref('int_touchpoints') }} as touches
    inner join posts on touches.utm_content = posts.post_id

    union

    select
        posts.post_id,
        touches.session_id
    from {{ ref('int_touchpoints') }} as touches
    inner join posts on touches.utm_campaign = posts.post_id

),

conversions as (

    select
        session_id,
        count(*) as conversions
    from {{ ref('fct_conversions') }}
    where session_id in (select sessions.session_id from sessions)
    group by 1

),

linked as (

    select
        sessions.post_id,
        count(*) as sessions,
        coalesce(sum(conversions.conversions), 0) as conversions
    from sessions
    left join conversions on sessions.session_id = conversions.session_id
    group by 1

),

counted as (

    select
        posts.*,
        try_cast({{ json_text('posts.extra_columns', "'impressions'") }} as bigint) as impressions,
        -- What a network does not tell is left out; all of it unknown is unknown.
        coalesce(posts.likes, posts.comments, posts.shares, posts.clicks) is not null
            as has_engagements,
        coalesce(posts.likes, 0)
        + coalesce(posts.comments, 0)
        + coalesce(posts.shares, 0)
        + coalesce(posts.clicks, 0) as engagements
    from posts

),

final as (

    select
        ---------- ids
        counted.post_id,

        ---------- strings
        counted.platform,
        counted.status,
        substring(
            trim(translate(counted.caption, chr(9) || chr(10) || chr(13), '   ')), 1, 140
        ) as text_excerpt,

        ---------- numerics
        cast(counted.impressions as bigint) as impressions,
        cast(counted.reach as bigint) as reach,
        cast(counted.likes as bigint) as likes,
        cast(counted.comments as bigint) as comments,
        cast(counted.shares as bigint) as shares,
        cast(counted.clicks as bigint) as clicks,
        case
            when counted.has_engagements
                then {{ safe_divide('counted.engagements', 'counted.reach') }}
        end as engagement_rate,
        linked.sessions,
        cast(linked.conversions as bigint) as conversions,
        coalesce(mentions.mentions, 0) as mentions,
        coalesce(mentions.scored_mentions, 0) as scored_mentions,
        {{ safe_divide('mentions.sentiment_sum', 'mentions.scored_mentions') }}
            as mention_sentiment,

        ---------- dates
        {{ local_date('counted.published_at') }} as posted_date,

        ---------- timestamps
        counted.published_at as posted_at

    from counted
    left join mentions on counted.post_id = mentions.post_id
    left join linked on counted.post_id = linked.post_id

)

select * from final
