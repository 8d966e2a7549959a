"""Medusa's numbers, which are written in several ways.

Totals are JSON: `12.34`, `"12.34"` or `{"value": "12.34", "precision": 20}`, the last under a name
with `raw_` before it and the most exact. Amounts are in major units, such as euros, not in cents.
"""

_NUMBER = r"'^\s*[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?\s*$'"


def text_of(json: str) -> str:
    """Return SQL of what a JSON value says as text, of whichever of the three forms."""
    return (
        f"case jsonb_typeof({json}) when 'object' then {json} ->> 'value' "
        f"else {json} #>> '{{}}' end"
    )


def number_in(text: str) -> str:
    """Return SQL of the number a text says; null where it says none."""
    return f"case when {text} ~ {_NUMBER} then ({text})::numeric end"


def number_of(json: str) -> str:
    """Return SQL of the number a JSON value holds; null where it holds none that can be read."""
    return number_in(f"({text_of(json)})")


def amount(number: str) -> str:
    """Return SQL of a number as it lands: text, which loses nothing on the way."""
    return f"round({number}, 6)::text"
