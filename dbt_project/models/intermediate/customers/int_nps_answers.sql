-- Answers on either scale as the 0 to 10 that NPS is about; not rounded, so that 4 stars of 5 are
-- 7.5 and passive. A rating without a scale says nothing.
with

answers as (

    select
        feedback_id,
        person_id,
        is_identified,
        scale,
        case scale when 10 then rating when 5 then (rating - 1) * 2.5 end as nps_score,
        created_at as answered_at,
        {{ local_date('created_at') }} as answered_date
    from {{ ref('int_feedback_identified') }}
    -- Stars begin at one, so that none of five is no answer.
    where
        (scale = 10 and rating between 0 and 10)
        or (scale = 5 and rating between 1 and 5)

),

final as (

    select
        feedback_id,
        person_id,
        is_identified,
        scale,
        cast(nps_score as double) as nps_score,
        case
            when nps_score >= 9 then 'promoter'
            when nps_score > 6 then 'passive'
            else 'detractor'
        end as nps_category,
        row_number() over (partition by person_id order by answered_at desc, feedback_id desc) = 1
            as is_latest,
        answered_date,
        answered_at
    from answers

)

select * from final
