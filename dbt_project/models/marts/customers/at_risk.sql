with

risks as (

    select * from {{ ref('int_churn_risks') }}

),

scores as (

    select
        person_id,
        max(score_value) filter (where score_type = 'churn_risk') as churn_risk,
        max(tier) filter (where score_type = 'churn_risk') as tier,
        max(score_value) filter (where score_type = 'churn_probability') as churn_probability,
        max(score_value) filter (where score_type = 'clv') as clv
    from {{ ref('scores') }}
    where score_type in ('churn_risk', 'churn_probability', 'clv')
    group by 1

),

reasoned as (

    select
        scores.*,
        customer_values.value_if_kept,
        risks.days_since_activity,
        risks.days_since_purchase,
        risks.engagement_decline,
        risks.negative_share,
        -- What weighs most; of equals, what the list names first.
        case greatest(
            risks.purchase_term, risks.activity_term, risks.decline_term, risks.sentiment_term
        )
            when risks.purchase_term then 'no purchase for ' || risks.days_since_purchase || ' days'
            when risks.activity_term then 'no activity for ' || risks.days_since_activity || ' days'
            when risks.decline_term
                then 'activity down by ' || {{ percent('risks.engagement_decline') }} || ' %'
            else 'negative in ' || {{ percent('risks.negative_share') }} || ' % of what they wrote'
        end as reason
    from scores
    inner join risks on scores.person_id = risks.person_id
    left join {{ ref('int_customer_values') }} as customer_values
        on scores.person_id = customer_values.person_id
    -- Who never bought is no customer to lose.
    where scores.tier in ('high', 'medium') and risks.purchases > 0

),

final as (

    select
        ---------- ids
        person_id,

        ---------- strings
        tier,
        reason,

        ---------- numerics
        churn_risk,
        churn_probability,
        clv,
        value_if_kept,
        coalesce(churn_probability, churn_risk / 100) * value_if_kept as value_at_stake,
        days_since_purchase,
        days_since_activity

    from reasoned

)

select * from final
