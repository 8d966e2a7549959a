"""What is expected of `customers.nps`."""

from expectations.marts.names import (
    EVERYBODY,
    NPS_PERIODS,
    PROSPECTS,
    RFM_SEGMENTS,
    WITHOUT_SEGMENT,
)
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "customers.nps"

_SEGMENTS = (*RFM_SEGMENTS, PROSPECTS, WITHOUT_SEGMENT, EVERYBODY)

CHECKS = (
    # Without period_start, which `all` has none of.
    key_is_never_null(TABLE, ("period", "segment")),
    no_rows_where(
        TABLE,
        name="period_is_known",
        condition=(
            f"period not in {text_list(NPS_PERIODS)} or (period = 'all') <> (period_start is null)"
        ),
        severity="refuse",
        meaning="The score is of a time that nobody can tell.",
    ),
    no_rows_where(
        TABLE,
        name="segment_is_known",
        condition=f"segment not in {text_list(_SEGMENTS)}",
        severity="refuse",
        meaning="The score is of a segment that no report knows.",
    ),
    no_rows_where(
        TABLE,
        name="every_answer_is_of_one_kind",
        condition=(
            "least(promoters, passives, detractors) < 0 or responses < 1 "
            "or promoters + passives + detractors is distinct from responses"
        ),
        severity="refuse",
        meaning="Answers are counted twice or not at all, and the score is of others.",
    ),
    no_rows_where(
        TABLE,
        name="nps_is_promoters_less_detractors",
        condition=(
            "nps is null or nps not between -100 and 100 "
            f"or abs(nps * responses - 100 * (promoters - detractors)) > 100 * {ROUNDING} "
            "* responses"
        ),
        severity="refuse",
        meaning="The score is not what people answered.",
    ),
    no_rows_where(
        TABLE,
        name="standard_error_needs_two_answers",
        condition="standard_error < 0 or (responses > 1) <> (standard_error is not null)",
        severity="warn",
        meaning="How sure the score is cannot be told, or is told of a single answer.",
    ),
)
