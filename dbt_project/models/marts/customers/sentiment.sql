-- Where praise and blame begin is decided here, so that other cuts need no new scores.
with

texts as (

    select * from {{ ref('int_texts') }}

),

sentiments as (

    select * from {{ ref('int_text_sentiments') }}

),

topics as (

    select * from {{ ref('int_text_topics') }}

),

settings as (

    select * from {{ ref('stg_workspace__customer_settings') }}

),

final as (

    select
        ---------- ids
        texts.text_id,
        texts.person_id,

        ---------- strings
        texts.source,
        sentiments.language,
        case
            when sentiments.score is null then 'unscored'
            when
                sentiments.positive_share >= settings.sentiment_mixed_share
                and sentiments.negative_share >= settings.sentiment_mixed_share
                then 'mixed'
            when sentiments.score >= settings.sentiment_positive_from then 'positive'
            when sentiments.score <= settings.sentiment_negative_to then 'negative'
            else 'neutral'
        end as label,
        topics.keywords,
        topics.topic,
        sentiments.model_version,

        ---------- numerics
        sentiments.score,
        topics.topic_index,

        ---------- dates
        texts.written_date,
        texts.written_month,

        ---------- timestamps
        texts.written_at

    from texts
    inner join sentiments on texts.text_hash = sentiments.text_hash
    left join topics
        on
            texts.text_hash = topics.text_hash
            and texts.written_month = topics.written_month
    cross join settings

)

select * from final
