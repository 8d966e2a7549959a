{{
    config(
        materialized = 'incremental',
        incremental_strategy = 'delete+insert',
        unique_key = 'visit_date',
        on_schema_change = 'sync_all_columns',
        pre_hook = '{{ delete_other_days(
            "visit_date", "fct_touchpoints", "touched_date", "days.is_creditable"
        ) }}'
    )
}}
-- Visits of each day, by channel and by campaign. Visitors of one do not add up to those of the
-- other, and counting them anew every morning would take longer the longer a shop runs; so only
-- days whose touches changed are counted.
with

touches as (

    select * from {{ ref('fct_touchpoints') }}
    where is_creditable

),

days as (

    select
        touched_date,
        md5(concat_ws(
            '|',
            cast(touched_date as string),
            cast(sum({{ row_fingerprint([
                'touchpoint_id', "coalesce(visitor_id, '')", 'channel', "coalesce(campaign_id, '')"
            ]) }}) as string),
            {{ setting('code_digest') }}
        )) as digest
    from touches
    group by 1

),

changed_days as (

    select * from days
    {% if is_incremental() -%}
        where digest not in (select counted.inputs_digest from {{ this }} as counted)
    {%- endif %}

),

changed_touches as (

    select
        touches.*,
        changed_days.digest
    from touches
    inner join changed_days on touches.touched_date = changed_days.touched_date

),

final as (

    select
        touched_date as visit_date,
        'channel' as dimension,
        channel as dimension_value,
        count(*) as visits,
        count(distinct visitor_id) as unique_visitors,
        min(digest) as inputs_digest
    from changed_touches
    group by 1, 2, 3

    union all

    select
        touched_date as visit_date,
        'campaign' as dimension,
        campaign_id as dimension_value,
        count(*) as visits,
        count(distinct visitor_id) as unique_visitors,
        min(digest) as inputs_digest
    from changed_touches
    group by 1, 2, 3

)

select * from final
