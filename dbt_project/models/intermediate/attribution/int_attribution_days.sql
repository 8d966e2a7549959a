{#- Local days and UTC days differ by less than one, and an hour may make another of it. -#}
{%- set margin_days = 2 -%}
-- What the credits of each day's conversions depend on, as a digest: whose conversions they are and
-- when, the touches within the lookback before them, the settings and the code. A day whose digest
-- is that of the credits already there need not be credited again. What a conversion is worth is
-- looked up when credits are read, so that a refund changes no credit.
with

conversion_days as (

    select
        converted_date,
        sum({{ row_fingerprint(['conversion_id', 'person_id', 'converted_at']) }}) as conversions
    from {{ ref('int_attributed_conversions') }}
    group by 1

),

touch_days as (

    select
        cast(touched_at as date) as touched_date,
        sum({{ row_fingerprint([
            'touchpoint_id', 'person_id', 'channel', 'campaign_id', 'touched_at'
        ]) }}) as touches
    from {{ ref('int_converting_touches') }}
    group by 1

),

settings as (

    select * from {{ ref('stg_workspace__settings') }}

),

final as (

    select
        conversion_days.converted_date,
        md5(concat_ws(
            '|',
            cast(min(conversion_days.conversions) as string),
            cast(coalesce(sum(touch_days.touches), 0) as string),
            cast(min({{ row_fingerprint([
                'settings.lookback_days', 'settings.half_life_days', 'settings.first_weight',
                'settings.middle_weight', 'settings.last_weight', 'settings.direct_handling',
                'settings.removed_if_last', 'settings.path_transform',
                "coalesce(settings.max_touches, 0)"
            ]) }}) as string),
            '{{ digest_of_model("int_touch_credits") }}'
        )) as digest
    from conversion_days
    cross join settings
    left join touch_days
        on
            conversion_days.converted_date
            >= {{ add_days('touch_days.touched_date', '-' ~ margin_days) }}
            and touch_days.touched_date >= {{ add_days(
                'conversion_days.converted_date', '-settings.lookback_days - ' ~ margin_days
            ) }}
    group by 1

)

select * from final
