-- Whose form it is. A form that names nobody is somebody of its own.
with

forms as (

    select
        forms.submission_id,
        forms.form_name,
        forms.session_id,
        forms.customer_id,
        forms.email,
        forms.email_hash,
        forms.message,
        forms.submitted_at,
        coalesce(forms.visitor_id, sessions.visitor_id) as visitor_id,
        sessions.person_id as session_person_id,
        coalesce(sessions.is_identified, false) as is_session_identified
    from {{ ref('stg_crm__form_submissions') }} as forms
    left join {{ ref('int_sessions_identified') }} as sessions
        on forms.session_id = sessions.session_id

),

emails as (

    select * from {{ ref('int_emails') }}

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

final as (

    select
        forms.submission_id,
        coalesce(
            {{ person_id('forms.customer_id', 'emails.customer_id', 'forms.email_hash') }},
            intervals.person_id,
            'visitor:' || forms.visitor_id,
            forms.session_person_id,
            'form:' || forms.submission_id
        ) as person_id,
        forms.visitor_id,
        forms.session_id,
        forms.form_name,
        forms.message,
        forms.customer_id is not null
        or forms.email is not null
        or intervals.person_id is not null
        or (forms.visitor_id is null and forms.is_session_identified) as is_identified,
        forms.submitted_at
    from forms
    left join emails on forms.email = emails.email
    left join intervals
        on
            forms.visitor_id = intervals.visitor_key
            and forms.submitted_at >= intervals.valid_from
            and forms.submitted_at < intervals.valid_to

)

select * from final
