-- All that people wrote in their own words.
with

feedback as (

    select
        'feedback' as source,
        feedback_id as source_id,
        person_id,
        person_id as writer,
        comment as written_text,
        created_at as written_at
    from {{ ref('int_feedback_identified') }}

),

forms as (

    select
        'form' as source,
        submission_id as source_id,
        person_id,
        person_id as writer,
        message as written_text,
        submitted_at as written_at
    from {{ ref('int_forms_identified') }}

),

mentions as (

    select
        'mention' as source,
        mention_id as source_id,
        person_id,
        coalesce(person_id, platform || ':' || author, 'mention:' || mention_id) as writer,
        text as written_text,
        created_at as written_at
    from {{ ref('int_mentions_identified') }}

),

unioned as (

    select * from feedback
    union all
    select * from forms
    union all
    select * from mentions

),

-- On one line, so that white space makes no text another one.
trimmed as (

    select
        *,
        {{ local_date('written_at') }} as written_date,
        trim(translate(written_text, chr(9) || chr(10) || chr(13), '   ')) as trimmed_text
    from unioned

),

final as (

    select
        ---------- ids
        source || ':' || source_id as text_id,
        source_id,
        person_id,
        md5(trimmed_text) as text_hash,

        ---------- strings
        source,
        writer,
        trimmed_text as written_text,

        ---------- dates
        written_date,
        cast(date_trunc('month', written_date) as date) as written_month,

        ---------- timestamps
        written_at

    from trimmed
    where trimmed_text <> ''

)

select * from final
