"""What must hold across published tables of campaigns, and of conversions by day.

Each is a query for the rows that break it, and refuses, as in `invariants.py`.
"""

from expectations.attribution_queries import CAMPAIGN_DAYS, CAMPAIGNS
from expectations.campaign_queries import (
    CONVERSION_DAYS,
    CONVERSIONS_THAT_DIFFER,
    CREATIVES,
    FREQUENCY,
    FUNNEL,
    HEATMAP,
    LEADERBOARD,
    LEADS,
    RANKS_WITH_GAPS,
    RESULT_DAYS,
    RESULTS_THAT_DIFFER,
    RETURNS,
    SESSIONS_OF_FUNNEL_THAT_DIFFER,
    SESSIONS_THAT_DIFFER,
    SOCIAL_POSTS,
    SPEND_OF_CREATIVES_THAT_DIFFERS,
    SPEND_OF_DAYS_THAT_DIFFERS,
    STAGES_THAT_RISE,
    STEPS_THAT_RISE,
    WINDOWS_THAT_DIFFER,
)
from expectations.checks import Check
from expectations.invariant_queries import CONVERSIONS, RATES_AND_SETTINGS, TOUCHPOINTS
from expectations.writing import key_is_unique, no_orphans, no_rows_in

_LANDED_SPEND = (
    "staging.stg_meta_ads__insights",
    "staging.stg_marketing__costs",
    *RATES_AND_SETTINGS,
)

CAMPAIGN_INVARIANTS: dict[str, tuple[Check, ...]] = {
    RESULT_DAYS: (
        key_is_unique(RESULT_DAYS, ("date", "campaign_id")),
        no_rows_in(
            RESULT_DAYS,
            name="spend_equals_landed_spend",
            query=SPEND_OF_DAYS_THAT_DIFFERS,
            severity="refuse",
            meaning="A join loses or repeats spend, or moves it to another day.",
            reads=(RESULT_DAYS, *_LANDED_SPEND),
        ),
        no_rows_in(
            RESULT_DAYS,
            name="results_are_the_headline_models",
            query=RESULTS_THAT_DIFFER,
            severity="refuse",
            meaning="A campaign brought something else than attribution credits it with.",
            reads=(RESULT_DAYS, CAMPAIGN_DAYS, "workspace.settings"),
        ),
        no_orphans(RESULT_DAYS, "date", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    LEADERBOARD: (
        key_is_unique(LEADERBOARD, ("window_days", "campaign_id")),
        no_rows_in(
            LEADERBOARD,
            name="windows_agree_with_campaign_days",
            query=WINDOWS_THAT_DIFFER,
            severity="refuse",
            meaning="A campaign's spend or revenue is not that of its days.",
            reads=(LEADERBOARD, RESULT_DAYS),
        ),
        no_rows_in(
            LEADERBOARD,
            name="every_place_is_taken_once",
            query=RANKS_WITH_GAPS,
            severity="refuse",
            meaning="Two campaigns share a place, or nobody has one.",
            reads=(LEADERBOARD,),
        ),
        no_orphans(LEADERBOARD, "window_days", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    CREATIVES: (
        key_is_unique(CREATIVES, ("creative_id",)),
        no_rows_in(
            CREATIVES,
            name="spend_equals_landed_spend",
            query=SPEND_OF_CREATIVES_THAT_DIFFERS,
            severity="refuse",
            meaning="Spend of ads is missing from creatives, or is there twice.",
            reads=(CREATIVES, "staging.stg_meta_ads__insights", *RATES_AND_SETTINGS),
        ),
    ),
    FUNNEL: (
        key_is_unique(FUNNEL, ("window_name", "campaign_id", "step")),
        no_rows_in(
            FUNNEL,
            name="sessions_never_rise_from_step_to_step",
            query=STEPS_THAT_RISE,
            severity="refuse",
            meaning="More sessions bought than had a cart, or had one than there were.",
            reads=(FUNNEL,),
        ),
        no_rows_in(
            FUNNEL,
            name="sessions_are_those_of_campaign_days",
            query=SESSIONS_OF_FUNNEL_THAT_DIFFER,
            severity="refuse",
            meaning="The funnel is of other sessions than the campaign had.",
            reads=(FUNNEL, RESULT_DAYS, "workspace.settings"),
        ),
        no_orphans(FUNNEL, "window_name", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    HEATMAP: (key_is_unique(HEATMAP, ("campaign_id", "segment", "weekday", "hour")),),
    FREQUENCY: (key_is_unique(FREQUENCY, ("campaign_id", "source", "messages_seen")),),
    LEADS: (
        key_is_unique(LEADS, ("campaign_id", "source", "stage")),
        no_rows_in(
            LEADS,
            name="leads_never_rise_from_stage_to_stage",
            query=STAGES_THAT_RISE,
            severity="refuse",
            meaning="More leads reached a stage than the one before it.",
            reads=(LEADS,),
        ),
        no_orphans(LEADS, "stage", "campaign_id", CAMPAIGNS, "campaign_id"),
    ),
    SOCIAL_POSTS: (key_is_unique(SOCIAL_POSTS, ("post_id",)),),
    RETURNS: (key_is_unique(RETURNS, ("campaign_id",)),),
    CONVERSION_DAYS: (
        key_is_unique(CONVERSION_DAYS, ("date", "conversion_type", "channel", "platform")),
        no_rows_in(
            CONVERSION_DAYS,
            name="conversions_are_all_of_them",
            query=CONVERSIONS_THAT_DIFFER,
            severity="refuse",
            meaning="Conversions or their value are lost, or counted twice.",
            reads=(CONVERSION_DAYS, CONVERSIONS),
        ),
        no_rows_in(
            CONVERSION_DAYS,
            name="sessions_are_all_of_them",
            query=SESSIONS_THAT_DIFFER,
            severity="refuse",
            meaning="Rates are of fewer or more sessions than there were.",
            reads=(CONVERSION_DAYS, TOUCHPOINTS),
        ),
    ),
}
