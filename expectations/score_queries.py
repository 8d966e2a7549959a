"""The SQL of what scores and what people say must agree on, as in `customer_invariants.py`.

A query returns the rows or groups that differ.
"""

from expectations.invariant_queries import PEOPLE
from expectations.marts.customers_dim_people import SCORE_COLUMNS, TIER_COLUMNS
from expectations.marts.names import EVERYBODY, NPS_PERIODS

SCORES = "customers.scores"
AT_RISK = "customers.at_risk"
LEADERBOARDS = "customers.leaderboards"
MODEL_PERFORMANCE = "health.model_performance"
NPS = "customers.nps"
SENTIMENT = "customers.sentiment"
SENTIMENT_TOPICS = "customers.sentiment_topics"

# Scores ----------------------------------------------------------------------------------------

_SCORED = ", ".join(
    [
        f"max(score_value) filter (where score_type = '{score_type}') as {column}"
        for column, score_type in SCORE_COLUMNS.items()
    ]
    + [
        f"max(tier) filter (where score_type = '{SCORE_COLUMNS[score]}') as {tier}"
        for tier, score in TIER_COLUMNS.items()
    ]
)
_COMPARED = (*SCORE_COLUMNS, *TIER_COLUMNS)

PEOPLE_WHOSE_SCORES_DIFFER = f"""
    with scored as (
        select person_id, {_SCORED}
        from {SCORES}
        group by 1
    )

    select
        coalesce(people.person_id, scored.person_id) as person_id,
        {", ".join(f"people.{name}, scored.{name} as {name}_of_scores" for name in _COMPARED)}
    from {PEOPLE} as people
    full join scored on people.person_id = scored.person_id
    where {" or ".join(f"people.{name} is distinct from scored.{name}" for name in _COMPARED)}
"""

AT_RISK_THAT_DIFFER = f"""
    select
        coalesce(at_risk.person_id, people.person_id) as person_id,
        at_risk.tier,
        people.churn_tier,
        at_risk.churn_risk,
        people.churn_risk as churn_risk_of_person,
        at_risk.churn_probability,
        people.churn_probability as churn_probability_of_person,
        at_risk.clv,
        people.clv as clv_of_person
    from {AT_RISK} as at_risk
    full join (
        select *
        from {PEOPLE}
        where is_identified and orders > 0 and churn_tier in ('high', 'medium')
    ) as people
        on at_risk.person_id = people.person_id
    where
        at_risk.tier is distinct from people.churn_tier
        or at_risk.churn_risk is distinct from people.churn_risk
        or at_risk.churn_probability is distinct from people.churn_probability
        or at_risk.clv is distinct from people.clv
"""

PLACES_THAT_DIFFER = f"""
    with placed as (
        select
            *,
            lag(score_value) over by_place as score_before,
            row_number() over by_place as counted_place
        from {LEADERBOARDS}
        window by_place as (partition by leaderboard order by place)
    )

    select
        placed.leaderboard,
        placed.place,
        placed.person_id,
        placed.score_value,
        placed.score_before,
        scores.score_value as score_of_person
    from placed
    left join {SCORES} as scores
        on placed.person_id = scores.person_id and placed.leaderboard = scores.score_type
    where
        placed.place <> placed.counted_place
        or placed.score_value > placed.score_before
        or placed.score_value is distinct from scores.score_value
        or placed.tier is distinct from scores.tier
        or placed.percentile is distinct from scores.percentile
"""

CHURN_MODELS_IN_SERVICE = f"""
    select model
    from {MODEL_PERFORMANCE}
    where score_type = 'churn_probability' and metric = 'is_in_service' and value <> 0
    qualify count(*) over () > 1
"""

# What people say -------------------------------------------------------------------------------

_PERIODS = ", ".join(f"('{period}')" for period in NPS_PERIODS)

# Every answer is counted on its day, in its month and at all; in its segment and of everybody.
ANSWERS_THAT_DO_NOT_ADD_UP = f"""
    with counted as (
        select
            period,
            segment = '{EVERYBODY}' as is_of_everybody,
            sum(promoters) as promoters,
            sum(passives) as passives,
            sum(detractors) as detractors
        from {NPS}
        group by 1, 2
    )

    select
        periods.period,
        kinds.is_of_everybody,
        counted.promoters,
        counted.passives,
        counted.detractors
    from (values {_PERIODS}) as periods (period)
    cross join (values (true), (false)) as kinds (is_of_everybody)
    left join counted
        on
            periods.period = counted.period
            and kinds.is_of_everybody = counted.is_of_everybody
    left join counted as whole on whole.period = 'all' and whole.is_of_everybody
    where
        counted.promoters is distinct from whole.promoters
        or counted.passives is distinct from whole.passives
        or counted.detractors is distinct from whole.detractors
"""

TEXTS_THAT_DO_NOT_ADD_UP = f"""
    with written as (
        select written_month, count(*) as texts, count(score) as scored_texts
        from {SENTIMENT}
        group by 1
    ),

    told as (
        select written_month, sum(texts) as texts, sum(scored_texts) as scored_texts
        from {SENTIMENT_TOPICS}
        group by 1
    )

    select
        coalesce(written.written_month, told.written_month) as written_month,
        written.texts,
        told.texts as texts_of_topics,
        written.scored_texts,
        told.scored_texts as scored_texts_of_topics
    from written
    full join told on written.written_month = told.written_month
    where
        written.texts is distinct from told.texts
        or written.scored_texts is distinct from told.scored_texts
"""
