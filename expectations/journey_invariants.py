"""What must hold across published tables about journeys.

Each is a query for the rows that break it, and refuses, as in `invariants.py`.
"""

from expectations.checks import Check
from expectations.invariant_queries import ORDERS, PEOPLE, TOUCHPOINTS
from expectations.journey_queries import (
    CHANNELS_THAT_DO_NOT_ADD_UP,
    DROPOFF,
    FUNNEL,
    JOURNEY_EVENTS,
    PATHS,
    PEOPLE_WHO_ARE_NOT_IN_THE_FUNNEL,
    PURCHASES_THAT_DIFFER,
    RANKS_THAT_DIFFER,
    STAGES_THAT_RISE,
    STOPS_THAT_DIFFER,
)
from expectations.writing import key_is_unique, no_orphans, no_rows_in

JOURNEY_INVARIANTS: dict[str, tuple[Check, ...]] = {
    JOURNEY_EVENTS: (
        key_is_unique(JOURNEY_EVENTS, ("event_id",)),
        no_orphans(JOURNEY_EVENTS, "event_id", "person_id", PEOPLE, "person_id"),
        no_orphans(JOURNEY_EVENTS, "event_id", "session_id", TOUCHPOINTS, "session_id"),
        no_orphans(JOURNEY_EVENTS, "event_id", "order_id", ORDERS, "order_id"),
        no_rows_in(
            JOURNEY_EVENTS,
            name="purchases_are_the_counted_orders",
            query=PURCHASES_THAT_DIFFER,
            severity="refuse",
            meaning="Journeys lead to other purchases than the shop sold.",
            reads=(JOURNEY_EVENTS, ORDERS),
        ),
    ),
    FUNNEL: (
        key_is_unique(FUNNEL, ("channel", "stage")),
        no_rows_in(
            FUNNEL,
            name="persons_never_rise_from_stage_to_stage",
            query=STAGES_THAT_RISE,
            severity="refuse",
            meaning="More came to a stage than to the one before, or others left than are missing.",
            reads=(FUNNEL,),
        ),
        no_rows_in(
            FUNNEL,
            name="channels_add_up_to_all",
            query=CHANNELS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="People were brought by no channel, or by two.",
            reads=(FUNNEL,),
        ),
        no_rows_in(
            FUNNEL,
            name="everybody_with_a_stage_is_in_it",
            query=PEOPLE_WHO_ARE_NOT_IN_THE_FUNNEL,
            severity="refuse",
            meaning="Rates are of other people than those whose journeys are told.",
            reads=(FUNNEL, JOURNEY_EVENTS),
        ),
    ),
    PATHS: (
        key_is_unique(PATHS, ("path_type", "path")),
        no_rows_in(
            PATHS,
            name="ranks_follow_persons",
            query=RANKS_THAT_DIFFER,
            severity="refuse",
            meaning="The first paths are not those most people took, or all take more than all.",
            reads=(PATHS,),
        ),
    ),
    DROPOFF: (
        key_is_unique(DROPOFF, ("stage", "last_event_type")),
        no_rows_in(
            DROPOFF,
            name="agrees_with_funnel",
            query=STOPS_THAT_DIFFER,
            severity="refuse",
            meaning="Others stopped at a stage than did not come to the next.",
            reads=(DROPOFF, FUNNEL),
        ),
    ),
}
