-- Whose answer it is. Answers that name nobody are never merged because a field is empty.
with

feedback as (

    select * from {{ ref('stg_crm__feedback') }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

final as (

    select
        feedback.feedback_id,
        coalesce(
            {{ person_id('feedback.customer_id', 'emails.customer_id', 'feedback.email_hash') }},
            'feedback:' || feedback.feedback_id
        ) as person_id,
        feedback.source_type,
        feedback.comment,
        feedback.rating,
        feedback.scale,
        feedback.customer_id is not null or feedback.email is not null as is_identified,
        feedback.created_at
    from feedback
    left join emails on feedback.email = emails.email

)

select * from final
