"""What must hold across published tables about customers: buyers, scores, segments.

Each is a query for the rows that break it, and refuses, as in `invariants.py`.
"""

from expectations.checks import Check
from expectations.customer_queries import (
    BEHAVIOURS,
    BUYERS_IN_NO_COHORT,
    BUYERS_THAT_DIFFER,
    COHORTS,
    COHORTS_THAT_DO_NOT_ADD_UP,
    COHORTS_THAT_SHRINK,
    MEMBERS,
    MEMBERS_THAT_ARE_NOBODY,
    MEMBERS_THAT_ARE_NOT_COUNTED,
    PERIODS_THAT_OVERLAP,
    RFM,
    SCORES_OUT_OF_ORDER,
    SEGMENTS,
)
from expectations.invariant_queries import PEOPLE
from expectations.score_queries import (
    ANSWERS_THAT_DO_NOT_ADD_UP,
    AT_RISK,
    AT_RISK_THAT_DIFFER,
    CHURN_MODELS_IN_SERVICE,
    LEADERBOARDS,
    MODEL_PERFORMANCE,
    NPS,
    PEOPLE_WHOSE_SCORES_DIFFER,
    PLACES_THAT_DIFFER,
    SCORES,
    SENTIMENT,
    SENTIMENT_TOPICS,
    TEXTS_THAT_DO_NOT_ADD_UP,
)
from expectations.writing import key_is_unique, no_orphans, no_rows_in

CUSTOMER_INVARIANTS: dict[str, tuple[Check, ...]] = {
    RFM: (
        key_is_unique(RFM, ("person_id",)),
        no_rows_in(
            RFM,
            name="agrees_with_dim_people",
            query=BUYERS_THAT_DIFFER,
            severity="refuse",
            meaning="A buyer's segment, orders or revenue differ from report to report.",
            reads=(RFM, PEOPLE),
        ),
        no_rows_in(
            RFM,
            name="scores_follow_the_values",
            query=SCORES_OUT_OF_ORDER,
            severity="refuse",
            meaning="Of two buyers alike one is scored higher, or the one who bought less.",
            reads=(RFM,),
        ),
    ),
    BEHAVIOURS: (
        key_is_unique(BEHAVIOURS, ("person_id", "behaviour")),
        no_orphans(BEHAVIOURS, "behaviour", "person_id", PEOPLE, "person_id"),
    ),
    COHORTS: (
        key_is_unique(COHORTS, ("cohort_month", "acquisition_channel", "period_days")),
        no_rows_in(
            COHORTS,
            name="more_come_back_with_time",
            query=COHORTS_THAT_SHRINK,
            severity="refuse",
            meaning="Buyers who came back within a while did not within a longer one.",
            reads=(COHORTS,),
        ),
        no_rows_in(
            COHORTS,
            name="channels_add_up_to_all",
            query=COHORTS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="Buyers are in no channel's cohort, or in those of two.",
            reads=(COHORTS,),
        ),
        no_rows_in(
            COHORTS,
            name="every_buyer_is_in_a_cohort",
            query=BUYERS_IN_NO_COHORT,
            severity="refuse",
            meaning="Retention is of other buyers than those who are scored.",
            reads=(COHORTS, RFM),
        ),
    ),
    SCORES: (
        key_is_unique(SCORES, ("person_id", "score_type")),
        no_rows_in(
            SCORES,
            name="agrees_with_dim_people",
            query=PEOPLE_WHOSE_SCORES_DIFFER,
            severity="refuse",
            meaning="A person has one score in one report and another in the next.",
            reads=(SCORES, PEOPLE),
        ),
    ),
    AT_RISK: (
        key_is_unique(AT_RISK, ("person_id",)),
        no_rows_in(
            AT_RISK,
            name="agrees_with_dim_people",
            query=AT_RISK_THAT_DIFFER,
            severity="refuse",
            meaning="Known customers about to be lost are missing, or others are on the list.",
            reads=(AT_RISK, PEOPLE),
        ),
    ),
    LEADERBOARDS: (
        key_is_unique(LEADERBOARDS, ("leaderboard", "place")),
        no_rows_in(
            LEADERBOARDS,
            name="agrees_with_scores",
            query=PLACES_THAT_DIFFER,
            severity="refuse",
            meaning="The first are not those with the highest scores.",
            reads=(LEADERBOARDS, SCORES),
        ),
        no_orphans(LEADERBOARDS, "place", "person_id", PEOPLE, "person_id"),
    ),
    MODEL_PERFORMANCE: (
        key_is_unique(MODEL_PERFORMANCE, ("score_type", "model", "metric")),
        no_rows_in(
            MODEL_PERFORMANCE,
            name="one_churn_model_is_in_service",
            query=CHURN_MODELS_IN_SERVICE,
            severity="refuse",
            meaning="Nobody can tell which model a churn probability is by.",
            reads=(MODEL_PERFORMANCE,),
        ),
    ),
    NPS: (
        key_is_unique(NPS, ("period", "period_start", "segment")),
        no_rows_in(
            NPS,
            name="every_period_has_all_answers",
            query=ANSWERS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="Answers are missing from a period or a segment, or counted there twice.",
            reads=(NPS,),
        ),
    ),
    SENTIMENT: (
        key_is_unique(SENTIMENT, ("text_id",)),
        no_orphans(SENTIMENT, "text_id", "person_id", PEOPLE, "person_id"),
    ),
    SENTIMENT_TOPICS: (
        key_is_unique(SENTIMENT_TOPICS, ("written_month", "topic_index")),
        no_rows_in(
            SENTIMENT_TOPICS,
            name="agrees_with_sentiment",
            query=TEXTS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="Texts are in no topic of their month, or in two.",
            reads=(SENTIMENT_TOPICS, SENTIMENT),
        ),
    ),
    SEGMENTS: (
        key_is_unique(SEGMENTS, ("segment",)),
        no_rows_in(
            SEGMENTS,
            name="members_are_those_of_segment_members",
            query=MEMBERS_THAT_ARE_NOT_COUNTED,
            severity="refuse",
            meaning="The segment has another size than the list it is sent to.",
            reads=(SEGMENTS, MEMBERS),
        ),
    ),
    MEMBERS: (
        key_is_unique(MEMBERS, ("segment", "person_id", "valid_from")),
        no_rows_in(
            MEMBERS,
            name="periods_do_not_overlap",
            query=PERIODS_THAT_OVERLAP,
            severity="refuse",
            meaning="Somebody is in a segment twice on one day, and counts twice.",
            reads=(MEMBERS,),
        ),
        # Those of the past may since have become known as somebody else.
        no_rows_in(
            MEMBERS,
            name="members_are_in_dim_people",
            query=MEMBERS_THAT_ARE_NOBODY,
            severity="refuse",
            meaning=f"Joined with {PEOPLE}, these rows disappear from every figure.",
            reads=(MEMBERS, PEOPLE),
        ),
    ),
}
