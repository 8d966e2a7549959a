-- What the credits of each day's conversions depend on, as a digest: the touches they could be
-- credited to, the settings and the code. A day whose digest is that of the credits already there
-- need not be credited again. What a conversion is worth is looked up when credits are read, so
-- that a refund changes no credit.
with

touch_days as (

    select
        converted_date,
        sum({{ row_fingerprint([
            'conversion_id', 'touchpoint_id', 'channel', "coalesce(campaign_id, '')", 'touched_at'
        ]) }}) as touches
    from {{ ref('int_conversion_touches') }}
    group by 1

),

settings as (

    select * from {{ ref('stg_workspace__settings') }}

),

final as (

    select
        touch_days.converted_date,
        md5(concat_ws(
            '|',
            cast(touch_days.converted_date as string),
            cast(touch_days.touches as string),
            cast({{ row_fingerprint([
                'settings.half_life_days', 'settings.first_weight', 'settings.middle_weight',
                'settings.last_weight', 'settings.direct_handling', 'settings.removed_if_last',
                'settings.path_transform', 'coalesce(settings.max_touches, 0)'
            ]) }} as string),
            settings.code_digest
        )) as digest
    from touch_days
    cross join settings

)

select * from final
