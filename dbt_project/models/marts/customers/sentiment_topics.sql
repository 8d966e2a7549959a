with

sentiment as (

    select * from {{ ref('sentiment') }}

),

topics as (

    select
        written_month,
        coalesce(topic_index, 0) as topic_index,
        max(topic) as topic,
        count(*) as texts,
        count(score) as scored_texts,
        sum(case when label = 'positive' then 1 else 0 end) as positive_texts,
        sum(case when label = 'negative' then 1 else 0 end) as negative_texts,
        -- VADER rounds to four digits, so that decimals add up alike in whatever order they come.
        sum(cast(score as decimal(18, 4))) as total_score
    from sentiment
    group by 1, 2

),

final as (

    select
        ---------- strings
        topic,

        ---------- numerics
        topic_index,
        texts,
        scored_texts,
        {{ safe_divide('total_score', 'scored_texts') }} as mean_score,
        {{ safe_divide('positive_texts', 'scored_texts') }} as positive_share,
        {{ safe_divide('negative_texts', 'scored_texts') }} as negative_share,

        ---------- dates
        written_month

    from topics

)

select * from final
