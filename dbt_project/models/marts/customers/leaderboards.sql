with

ranked as (

    select
        score_type,
        person_id,
        score_value,
        tier,
        percentile,
        row_number()
            over (partition by score_type order by score_value desc, person_id asc)
            as place
    from {{ ref('scores') }}
    where score_type in ('clv', 'engagement')

),

final as (

    select
        score_type as leaderboard,
        person_id,
        tier,
        place,
        score_value,
        percentile
    from ranked
    where place <= {{ customer_setting('scores_leaderboard_size') }}

)

select * from final
