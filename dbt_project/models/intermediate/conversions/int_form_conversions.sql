with

forms as (

    select
        landed.submission_id,
        landed.form_name,
        landed.session_id,
        landed.customer_id,
        landed.email,
        landed.message,
        landed.fields,
        landed.submitted_at,
        identified.visitor_id,
        identified.person_id
    from {{ ref('stg_crm__form_submissions') }} as landed
    inner join {{ ref('int_forms_identified') }} as identified
        on landed.submission_id = identified.submission_id

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

final as (

    select
        met.goal,
        met.goal || ':' || forms.submission_id as conversion_id,
        cast(null as string) as order_id,
        forms.person_id,
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

)

select * from final
