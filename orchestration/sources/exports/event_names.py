"""Names of events in other tools, as the raw contract calls them."""

from collections.abc import Mapping

from orchestration.ingestion.sql import text_literal


def event_type(name: str, known: Mapping[str, str]) -> str:
    """SQL: the contract's name of an event; one without is kept as it is.

    Args:
        name: SQL expression of the tool's name.
        known: The contract's name by the tool's, whose case, blanks and underscores do not matter.

    Example:
        >>> print(event_type("n", {"Order Completed": "purchase"}))
        case replace(lower(trim(n)), ' ', '_') when 'order_completed' then 'purchase' else n end
    """
    if not known:
        return name
    branches = " ".join(
        f"when {text_literal(folded(theirs))} then {text_literal(ours)}"
        for theirs, ours in known.items()
    )
    return f"case replace(lower(trim({name})), ' ', '_') {branches} else {name} end"


def folded(name: str) -> str:
    """An event's name without case, blanks for underscores."""
    return name.strip().lower().replace(" ", "_")
