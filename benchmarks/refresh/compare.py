"""Whether the two warehouses say the same: the figures anybody would look at first."""

from pathlib import Path

import duckdb

from benchmarks.refresh.handwritten import FILE_NAME

# Sums of doubles depend on their order; beyond this they do not agree.
_TOLERANCE = 1e-9

_FIGURES = {
    "sessions": "select count(*) from {attribution}fct_touchpoints",
    "sessions of paid social": (
        "select count(*) from {attribution}fct_touchpoints where channel = 'paid_social'"
    ),
    "sessions with a campaign": (
        "select count(*) from {attribution}fct_touchpoints where is_resolved"
    ),
    "people": "select count(*) from {customers}dim_people",
    "purchases": (
        "select count(*) from {conversions}fct_conversions where conversion_type = 'purchase'"
    ),
    "other conversions": (
        "select count(*) from {conversions}fct_conversions where conversion_type <> 'purchase'"
    ),
    "conversions with a session": ("select count(session_id) from {conversions}fct_conversions"),
    "revenue": "select sum(value) from {conversions}fct_conversions where counts_as_revenue",
    "refunded": "select sum(refunded_value) from {customers}dim_people",
    "spend": "select sum(spend) from {campaigns}fct_ad_days",
    "Meta purchases": "select sum(meta_purchases) from {campaigns}fct_ad_days",
}

_SCHEMAS = ("attribution", "customers", "conversions", "campaigns")


def compared_figures(directory: Path) -> list[tuple[str, float, float, str]]:
    """Return each figure by adplan and by the script, and whether they agree."""
    warehouse = directory / "warehouse"
    ours = _figures(warehouse / "adplan.duckdb", {name: f"{name}." for name in _SCHEMAS})
    theirs = _figures(warehouse / FILE_NAME, dict.fromkeys(_SCHEMAS, ""))
    return [
        (name, ours[name], theirs[name], "yes" if _agree(ours[name], theirs[name]) else "NO")
        for name in _FIGURES
    ]


def _figures(file: Path, schemas: dict[str, str]) -> dict[str, float]:
    with duckdb.connect(str(file), read_only=True) as connection:
        return {
            name: float(connection.execute(query.format(**schemas)).fetchall()[0][0])
            for name, query in _FIGURES.items()
        }


def _agree(left: float, right: float) -> bool:
    return abs(left - right) <= _TOLERANCE * max(abs(left), abs(right))
