"""What is expected of every mart that names stages of a journey.

Not of one table: what only one of them has is in its own module.
"""

from expectations.checks import Check
from expectations.marts.names import JOURNEY_STAGES
from expectations.writing import no_rows_where, text_list

LAST_STAGE = len(JOURNEY_STAGES)

_PLACE = (
    "case stage "
    + " ".join(f"when '{stage}' then {place}" for place, stage in enumerate(JOURNEY_STAGES, 1))
    + " end"
)


def stage_is_known(table: str) -> Check:
    """Return the check that every stage there is is one of a journey's."""
    return no_rows_where(
        table,
        name="stage_is_known",
        condition=f"stage not in {text_list(JOURNEY_STAGES)}",
        severity="refuse",
        meaning="People reached a stage that has no place in a journey and in reports.",
    )


def stage_has_its_place(table: str) -> Check:
    """Return the check that stages are numbered in the order of a journey."""
    return no_rows_where(
        table,
        name="stage_has_its_place",
        condition=(
            f"(stage is null or stage in {text_list(JOURNEY_STAGES)}) "
            f"and stage_index is distinct from ({_PLACE})"
        ),
        severity="refuse",
        meaning="Who came how far is told by another order of stages.",
    )
