-- What the keywords and topics of each month depend on, as a digest. A month whose digest is that
-- of the topics already there need not be read again.
with

months as (

    select
        written_month,
        sum({{ row_fingerprint(['text_hash', 'writer']) }}) as texts
    from {{ ref('int_english_texts') }}
    group by 1

),

settings as (

    select
        run_settings.code_digest,
        customer_settings.sentiment_topics,
        customer_settings.sentiment_keywords
    from {{ ref('stg_workspace__settings') }} as run_settings
    cross join {{ ref('stg_workspace__customer_settings') }} as customer_settings

),

final as (

    select
        months.written_month,
        md5(concat_ws(
            '|',
            cast(months.written_month as string),
            cast(months.texts as string),
            cast(settings.sentiment_topics as string),
            cast(settings.sentiment_keywords as string),
            settings.code_digest
        )) as inputs_digest
    from months
    cross join settings

)

select * from final
