-- All conversions, each goal's rule of how often one may count applied.
with

combined as (

    select * from {{ ref('int_order_conversions') }}
    union all
    select * from {{ ref('int_event_conversions') }}
    union all
    select * from {{ ref('int_form_conversions') }}
    union all
    select * from {{ ref('int_lead_conversions') }}

),

goals as (

    select * from {{ ref('stg_workspace__goals') }}

),

valued as (

    select
        combined.*,
        goals.conversion_type,
        goals.source,
        goals.counts_as_revenue,
        -- An event outside any session cannot repeat within one.
        case goals.once_per
            when 'session' then coalesce(combined.session_id, combined.conversion_id)
            when 'person' then combined.person_id
            else combined.conversion_id
        end as counted_once_per,
        case
            when goals.value_field is not null then combined.field_value
            else cast(coalesce(goals.value_fixed, 0) as decimal(18, 6))
        end as gross_value
    from combined
    inner join goals on combined.goal = goals.goal

),

final as (

    select *
    from valued
    qualify
        row_number() over (
            partition by goal, counted_once_per order by converted_at, conversion_id
        ) = 1

)

select * from final
