{%- set by = {'campaign': 'contacts.campaign_id', 'channel': 'contacts.channel'} -%}
-- How long people take from their first impression or touch of a campaign to their first purchase
-- after it. Purchases are in the window, first touches may be of any day before: counting by
-- touches would know nothing yet of those who take long.
with

windows as (

    select * from {{ ref('int_metric_windows') }}
    where period <> 'day'

),

purchases as (

    select
        person_id,
        converted_date,
        converted_at
    from {{ ref('fct_conversions') }}
    where conversion_type = 'purchase'

),

contacts as (

    select
        person_id,
        campaign_id,
        channel,
        least(first_seen_at, first_clicked_at) as contacted_at
    from {{ ref('int_metric_message_days') }}
    where seen > 0 or clicked > 0

    union all

    select
        person_id,
        campaign_id,
        channel,
        touched_at as contacted_at
    from {{ ref('fct_touchpoints') }}
    where is_creditable and campaign_id is not null

),

first_contacts as (

    select
        dimensions.dimension,
        {{ dimension_value(by) }} as dimension_value,
        contacts.person_id,
        min(contacts.contacted_at) as first_contact_at
    from contacts
    cross join {{ dimensions(['campaign', 'channel']) }}
    where
        {{ dimension_value(by) }} is not null
        and contacts.person_id in (select purchases.person_id from purchases)
    group by 1, 2, 3

),

all_first_contacts as (

    select * from first_contacts

    union all

    select
        'segment' as dimension,
        segments.segment as dimension_value,
        first_contacts.person_id,
        first_contacts.first_contact_at
    from first_contacts
    inner join {{ ref('rfm') }} as segments on first_contacts.person_id = segments.person_id
    where first_contacts.dimension = 'all'

),

first_purchases as (

    select
        contacts.dimension,
        contacts.dimension_value,
        contacts.person_id,
        min(purchases.converted_date) as purchase_date,
        min({{ seconds_between('contacts.first_contact_at', 'purchases.converted_at') }}) / 3600.0
            as hours
    from all_first_contacts as contacts
    inner join purchases
        on
            contacts.person_id = purchases.person_id
            and contacts.first_contact_at <= purchases.converted_at
    group by 1, 2, 3

),

final as (

    select
        'hours_to_first_conversion' as metric,
        first_purchases.dimension,
        first_purchases.dimension_value,
        windows.period,
        windows.is_previous,
        windows.period_end,
        cast(null as double) as numerator,
        cast(count(*) as double) as denominator,
        cast(median(first_purchases.hours) as double) as value,
        cast(null as double) as lower,
        cast(null as double) as upper,
        'median of ' || cast(count(*) as string) || ' persons' as note,
        cast(null as string) as why_null
    from first_purchases
    inner join windows
        on first_purchases.purchase_date between windows.period_start and windows.period_end
    group by 1, 2, 3, 4, 5, 6

)

select * from final
