-- The texts that keywords and topics are made of. A person who wrote the same words twice in a
-- month says nothing new with them.
with

texts as (

    select distinct
        written_month,
        text_hash,
        writer,
        written_text
    from {{ ref('int_texts') }}

),

english as (

    select text_hash
    from {{ ref('int_text_sentiments') }}
    where language = 'en'

),

final as (

    select
        texts.written_month,
        texts.text_hash,
        texts.writer,
        texts.written_text
    from texts
    inner join english on texts.text_hash = english.text_hash

)

select * from final
