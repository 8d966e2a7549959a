"""What is expected of `campaigns.leads`."""

from expectations.marts.names import LEAD_SOURCES, LEAD_STAGES
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "campaigns.leads"

_PLACES = " ".join(f"when '{stage}' then {place}" for place, stage in enumerate(LEAD_STAGES, 1))

CHECKS = (
    # Without its campaign: leads that name none have rows as well.
    key_is_never_null(TABLE, ("source", "stage")),
    no_rows_where(
        TABLE,
        name="source_is_known",
        condition=f"source not in {text_list(LEAD_SOURCES)}",
        severity="refuse",
        meaning="Leads are of a source that no report offers.",
    ),
    no_rows_where(
        TABLE,
        name="stage_has_its_place",
        condition=f"stage_index is distinct from case stage {_PLACES} end",
        severity="refuse",
        meaning="Stages are out of order, so that leads seem to move back.",
    ),
    no_rows_where(
        TABLE,
        name="says_why_a_stage_is_unknown",
        condition=(
            "(why_not is null) <> (leads is not null and reached is not null and rate is not null "
            "and buyers is not null and value is not null)"
        ),
        severity="refuse",
        meaning="A stage nothing could show looks like one that nobody reached.",
    ),
    no_rows_where(
        TABLE,
        name="leads_are_some_of_those_who_reached_it",
        condition=(
            "leads < 0 or leads > reached or buyers < 0 or buyers > reached or rate < 0 or rate > 1"
        ),
        severity="refuse",
        meaning="More are at a stage than reached it.",
    ),
)
