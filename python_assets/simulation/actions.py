"""Meta's `actions` and `action_values`: JSON arrays of action types with values as text."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from python_assets.simulation.ad_days import AdDays
from python_assets.simulation.arrays import Booleans, Integers, Text, arrow_text, as_text

# Which names an ad's conversions come under: all tiers, no omni tier, or only the parts.
ALL_TIERS, NO_OMNI, PARTS_ONLY = range(3)


def decimal_text(cents: Integers) -> Text:
    """Write cents as text with two decimals, such as `12.05`."""
    whole = pa.array(cents // 100).cast(pa.large_string())
    rest = pc.utf8_lpad(pa.array(cents % 100).cast(pa.large_string()), 2, "0")
    return as_text(pc.binary_join_element_wise(whole, rest, pa.scalar(".", pa.large_string())))


def actions_text(rows: AdDays) -> tuple[Text, Text]:
    """Build both columns for the rows of insights; null where nothing happened."""
    form = rows.ad % 3
    actions = [
        _entry("link_click", _digits(rows.link_clicks), rows.link_clicks > 0),
        _entry("page_engagement", _digits(rows.clicks), rows.clicks > 0),
        *_tiers("view_content", rows.views, form, is_money=False),
        *_tiers("add_to_cart", rows.carts, form, is_money=False),
        *_tiers("initiate_checkout", rows.checkouts, form, is_money=False),
        *_tiers("purchase", rows.purchases, form, is_money=False),
        # Contains the word "lead" and is none: matching substrings counts it.
        _entry(
            "offsite_content_view_add_meta_leads",
            _digits(rows.views),
            (rows.views > 0) & (form == 0),
        ),
        _entry("lead", _digits(rows.leads), rows.leads > 0),
        _entry("onsite_conversion.lead_grouped", _digits(rows.leads), rows.leads > 0),
    ]
    return _array(actions), _array(_tiers("purchase", rows.value_cents, form, is_money=True))


def _tiers(kind: str, total: Integers, form: Integers, *, is_money: bool) -> list[pa.Array]:
    """One event under its overlapping names; the parts always add up to the whole."""
    write = decimal_text if is_money else _digits
    onsite = total // 4
    pixel = total - onsite
    has_any = total > 0
    return [
        _entry(f"omni_{kind}", write(total), has_any & (form == ALL_TIERS)),
        _entry(kind, write(total), has_any & (form != PARTS_ONLY)),
        _entry(f"offsite_conversion.fb_pixel_{kind}", write(pixel), has_any & (pixel > 0)),
        _entry(f"onsite_conversion.{kind}", write(onsite), has_any & (onsite > 0)),
    ]


def _digits(numbers: Integers) -> Text:
    return as_text(pa.array(numbers).cast(pa.large_string()))


def _entry(action_type: str, value: Text, where: Booleans) -> pa.Array:
    """One object of the array per row, empty text where the action did not happen."""
    before = pa.scalar(f'{{"action_type":"{action_type}","value":"', pa.large_string())
    empty = pa.scalar("", pa.large_string())
    whole = pc.binary_join_element_wise(
        before, arrow_text(value), pa.scalar('"},', pa.large_string()), empty
    )
    return pc.if_else(pa.array(np.asarray(where)), whole, empty)


def _array(entries: list[pa.Array]) -> Text:
    """Put the objects of each row between brackets."""
    empty = pa.scalar("", pa.large_string())
    listed = pc.utf8_rtrim(pc.binary_join_element_wise(*entries, empty), ",")
    bracketed = pc.binary_join_element_wise(
        pa.scalar("[", pa.large_string()), listed, pa.scalar("]", pa.large_string()), empty
    )
    is_empty = pc.equal(listed, empty)
    return as_text(pc.if_else(is_empty, pa.scalar(None, pa.large_string()), bracketed))
