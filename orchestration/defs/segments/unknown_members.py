"""The warning about ids in `manual_members` that are nobody's."""

from collections import defaultdict
from collections.abc import Sequence

from expectations.checks import NONE, CheckResult
from expectations.offending import MAX_ROWS
from orchestration.segments.members import UnknownMember
from orchestration.segments.tables import SEGMENTS

# Per segment; more are a list of another shop, and its first ids say so.
_MOST_NAMED = 20


def named_by_hand_are_people(unknown: Sequence[UnknownMember]) -> CheckResult:
    """Return the check that every id named by hand is a person's or a customer's."""
    by_segment: defaultdict[str, list[str]] = defaultdict(list)
    for segment, member in unknown:
        by_segment[segment].append(_shown(member))
    rows: list[dict[str, object]] = [
        {"segment": segment, "unknown_members": members[:_MOST_NAMED]}
        for segment, members in by_segment.items()
    ]
    return CheckResult(
        layer="mart",
        check_name="named_by_hand_are_people",
        table_name=SEGMENTS,
        severity="warn",
        passed=not unknown,
        observed=str(len(unknown)),
        expected=str(NONE),
        offending_count=len(unknown) or None,
        offending_rows=rows[:MAX_ROWS],
        meaning="These ids of manual_members are neither a person_id nor a customer_id of "
        "customers.dim_people, so nobody is in the segment for them.",
    )


def _shown(member: str) -> str:
    """An id as it was given; of an email address, which is no id, the domain alone."""
    return f"...@{member.rpartition('@')[2]}" if "@" in member else member
