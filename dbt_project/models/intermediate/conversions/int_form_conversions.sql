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
        forms.fields,
        forms.submitted_at,
        coalesce(forms.visitor_id, sessions.visitor_id) as visitor_id,
        sessions.person_id as session_person_id
    from {{ ref('stg_crm__form_submissions') }} as forms
    left join {{ ref('int_sessions_identified') }} as sessions
        on forms.session_id = sessions.session_id

),

met as (

    {{ rows_meeting_goals(
        'forms', 'submission_id', 'form',
        columns={
            'id': 'submission_id', 'form_name': 'form_name', 'visitor_id': 'visitor_id',
            'session_id': 'session_id', 'email': 'email', 'customer_id': 'customer_id',
            'submitted_at': 'submitted_at', 'message': 'message', 'fields': 'fields',
        },
        paths={'fields': json_text}
    ) }}

),

emails as (

    select * from {{ ref('int_emails') }}

),

intervals as (

    select * from {{ ref('int_visitor_intervals') }}

),

final as (

    select
        met.goal,
        met.goal || ':' || forms.submission_id as conversion_id,
        cast(null as string) as order_id,
        coalesce(
            {{ person_id('forms.customer_id', 'emails.customer_id', 'forms.email_hash') }},
            intervals.person_id,
            'visitor:' || forms.visitor_id,
            forms.session_person_id,
            'form:' || forms.submission_id
        ) as person_id,
        forms.visitor_id,
        forms.session_id,
        cast(null as string) as campaign_id,
        cast(null as string) as ad_set_id,
        cast(null as string) as ad_id,
        {{ setting('currency') }} as original_currency,
        try_cast(met.value_text as decimal(18, 6)) as field_value,
        cast(0 as decimal(18, 6)) as refunded_value,
        forms.submitted_at as converted_at
    from met
    inner join forms on met.submission_id = forms.submission_id
    left join emails on forms.email = emails.email
    left join intervals
        on
            forms.visitor_id = intervals.visitor_key
            and forms.submitted_at >= intervals.valid_from
            and forms.submitted_at < intervals.valid_to

)

select * from final
