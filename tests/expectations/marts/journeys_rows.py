"""An ordinary row of each table about journeys, and what breaks each check of it."""

ORDINARY = {
    "journeys.fct_journey_events": """
        select 'order:1' as event_id, 'p' as person_id, 'purchase' as event_type,
            'conversion' as stage, 5 as stage_index, 10.0e0 as value,
            date '2026-01-01' as occurred_date, timestamp '2026-01-01' as occurred_at
    """,
    "journeys.funnel": """
        select 'email' as channel, 'intent' as stage, 4 as stage_index, 4 as persons,
            1 as drop_off_persons, 0.25e0 as drop_off_rate,
            0.5e0 as awareness_to_conversion_rate
    """,
    "journeys.paths": """
        select 'channel' as path_type, 'email > direct' as path, 4 as persons, 1 as converters,
            0.25e0 as conversion_rate, 0.1e0 as share_of_persons
    """,
    "journeys.dropoff": """
        select 'intent' as stage, 'add_to_cart' as last_event_type, 4 as stage_index,
            4 as persons, 1 as stalled_persons, 0.1e0 as share_of_stage,
            2.5e0 as median_days_since_last_event
    """,
}

_BREAKS_OF_STAGES = [
    ("stage_is_known", "stage = 'loyalty'"),
    ("stage_has_its_place", "stage_index = 3"),
    ("stage_has_its_place", "stage_index = null"),
]

# Check, and what to set in the ordinary row to break it and no other.
BREAKS: dict[str, list[tuple[str, str]]] = {
    "journeys.fct_journey_events": [
        ("key_is_never_null", "event_id = null"),
        ("person_is_known", "person_id = null"),
        ("event_type_is_known", "event_type = null, value = null"),
        ("time_is_known", "occurred_date = null"),
        *_BREAKS_OF_STAGES,
        ("stage_has_its_place", "stage = null"),
        ("only_purchases_have_a_value", "event_type = 'add_to_cart'"),
    ],
    "journeys.funnel": [
        ("key_is_never_null", "channel = null"),
        ("channel_is_known", "channel = 'facebook'"),
        ("stage_is_known", "stage = 'loyalty'"),
        ("stage_has_its_place", "stage_index = 3"),
        ("who_drops_off_was_there", "drop_off_persons = 5, drop_off_rate = 1.25"),
        ("who_drops_off_was_there", "drop_off_persons = null, drop_off_rate = null"),
        ("who_drops_off_was_there", "stage = 'advocacy', stage_index = 7"),
        ("drop_off_rate_is_of_those_there", "drop_off_rate = 0.75"),
        ("drop_off_rate_is_of_those_there", "drop_off_rate = null"),
        ("drop_off_rate_is_of_those_there", "persons = 0, drop_off_persons = 0, drop_off_rate = 0"),
        ("conversion_rate_is_a_share", "awareness_to_conversion_rate = 1.01"),
    ],
    "journeys.paths": [
        ("key_is_never_null", "path = null"),
        ("path_type_is_known", "path_type = 'campaign'"),
        ("converters_are_some_of_the_persons", "converters = 5, conversion_rate = 1.25"),
        ("conversion_rate_is_converters_by_persons", "conversion_rate = 0.5"),
        ("conversion_rate_is_converters_by_persons", "conversion_rate = null"),
        ("share_of_persons_is_a_share", "share_of_persons = 1.01"),
    ],
    "journeys.dropoff": [
        ("key_is_never_null", "last_event_type = null"),
        *_BREAKS_OF_STAGES,
        ("stalled_are_some_of_the_persons", "stalled_persons = 5"),
        ("share_of_stage_is_a_share", "share_of_stage = 1.01"),
        ("days_since_last_event_is_not_negative", "median_days_since_last_event = -0.5"),
    ],
}
