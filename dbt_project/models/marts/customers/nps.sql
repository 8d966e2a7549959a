with

answers as (

    select
        answers.nps_category,
        answers.answered_date,
        coalesce(
            rfm.segment, case when answers.is_identified then 'Prospects' else 'No segment' end
        ) as segment
    from {{ ref('int_nps_answers') }} as answers
    left join {{ ref('rfm') }} as rfm on answers.person_id = rfm.person_id

),

by_period as (

    select
        'day' as period,
        answered_date as period_start,
        segment,
        nps_category
    from answers

    union all

    select
        'month' as period,
        cast(date_trunc('month', answered_date) as date) as period_start,
        segment,
        nps_category
    from answers

    union all

    select
        'all' as period,
        cast(null as date) as period_start,
        segment,
        nps_category
    from answers

),

by_segment as (

    select
        period,
        period_start,
        segment,
        nps_category
    from by_period

    union all

    select
        period,
        period_start,
        'all' as segment,
        nps_category
    from by_period

),

counted as (

    select
        period,
        period_start,
        segment,
        count(*) as responses,
        count(*) filter (where nps_category = 'promoter') as promoters,
        count(*) filter (where nps_category = 'passive') as passives,
        count(*) filter (where nps_category = 'detractor') as detractors
    from by_segment
    group by 1, 2, 3

),

shares as (

    select
        *,
        {{ safe_divide('promoters - detractors', 'responses') }} as net_share,
        {{ safe_divide('promoters + detractors', 'responses') }} as opinionated_share
    from counted

),

final as (

    select
        ---------- strings
        period,
        segment,

        ---------- numerics
        responses,
        promoters,
        passives,
        detractors,
        100 * net_share as nps,
        -- Each answer is 1, 0 or -1; of a single one nothing is known.
        case
            when responses > 1
                then 100 * sqrt(
                    greatest(opinionated_share - net_share * net_share, 0) / responses
                )
        end as standard_error,

        ---------- dates
        period_start

    from shares

)

select * from final
