"""Small vectorised helpers that every part of the simulation shares.

Only operations on whole arrays belong here: drawing, joining text, building columns. Nothing
here knows what a shop is.
"""

from collections.abc import Sequence
from datetime import date
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Moments = npt.NDArray[np.datetime64]
Text = pd.api.extensions.ExtensionArray

SECONDS_PER_DAY = 86_400
NO_CODE = -1


def stream(seed: int, subject: str) -> np.random.Generator:
    """Return the random stream of one subject.

    Every subject draws from a stream of its own, so that a change in one (another feedback
    template, say) leaves the numbers of all others as they were.
    """
    return np.random.default_rng([seed, crc32(subject.encode())])


def pick(generator: np.random.Generator, shares: Sequence[float] | Floats, size: int) -> Integers:
    """Draw `size` positions of `shares` with those relative probabilities."""
    cumulative = np.cumsum(np.asarray(shares, dtype=np.float64))
    drawn = np.searchsorted(cumulative, generator.random(size) * cumulative[-1], side="right")
    positions: Integers = np.minimum(drawn, len(cumulative) - 1).astype(np.int64)
    return positions


def as_text(values: pa.Array) -> Text:
    """Wrap Arrow text as a pandas `str` column, without copying."""
    dtype = pd.StringDtype("pyarrow", na_value=np.nan)
    large = values.cast(pa.large_string())
    return pd.arrays.ArrowStringArray(pa.chunked_array([large]), dtype=dtype)  # type: ignore[call-arg]


def joined(*parts: str | Text | Integers | pa.Array) -> Text:
    """Join texts and numbers element by element; a null part makes the result null."""
    arrays = [arrow_text(part) for part in parts]
    return as_text(pc.binary_join_element_wise(*arrays, pa.scalar("", pa.large_string())))


def arrow_text(part: str | Text | Integers | pa.Array) -> pa.Array | pa.Scalar:
    """Turn text or numbers into one Arrow array of text, and a constant into a scalar."""
    if isinstance(part, str):
        return pa.scalar(part, pa.large_string())
    array = pa.array(part)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    return array.cast(pa.large_string())


def numbered(prefix: str, numbers: Integers, where: Booleans | None = None, width: int = 0) -> Text:
    """Build ids such as `cus_17`; null where `where` is false.

    Args:
        prefix: Text before the number.
        numbers: One number per row.
        where: Which rows have an id; all when absent.
        width: Pad the number with zeros to this many digits.
    """
    mask = None if where is None else ~where
    digits = pa.array(numbers, mask=mask).cast(pa.large_string())
    if width:
        digits = pc.utf8_lpad(digits, width, "0")
    return joined(prefix, digits)


def chosen(values: Sequence[str | None], codes: Integers) -> Text:
    """Look up text by position; `NO_CODE` gives null. For columns of few rows or many values."""
    pool = pa.array(list(values), pa.large_string())
    return as_text(pool.take(pa.array(codes, mask=codes == NO_CODE)))


def categories(values: Sequence[str | None], codes: Integers) -> pd.Categorical:
    """Look up text by position, kept as a dictionary: for long columns of few values.

    Repeated values are merged and a null value, like `NO_CODE`, gives null.
    """
    present = [value for value in dict.fromkeys(values) if value is not None]
    position = {value: index for index, value in enumerate(present)}
    of_value = [NO_CODE if value is None else position[value] for value in values]
    # The entry appended last is what NO_CODE (-1) finds.
    lookup = np.array([*of_value, NO_CODE], dtype=np.int32)
    return pd.Categorical.from_codes(lookup[codes], categories=pd.Index(present, dtype="str"))


def blanked(values: Text, keep: Booleans) -> Text:
    """Return `values` with null where `keep` is false."""
    nothing = pa.scalar(None, pa.large_string())
    return as_text(pc.if_else(pa.array(keep), arrow_text(values), nothing))


def moments(first_day: date, day_offsets: Floats) -> Moments:
    """Turn days since the first day (with fraction) into UTC timestamps of whole seconds."""
    seconds = np.floor(np.asarray(day_offsets) * SECONDS_PER_DAY).astype("timedelta64[s]")
    return (np.datetime64(first_day, "s") + seconds).astype("datetime64[us]")


def moments_where(first_day: date, day_offsets: Floats, where: Booleans) -> Moments:
    """Like `moments`, with NaT where `where` is false."""
    stamped = moments(first_day, np.where(where, day_offsets, 0.0))
    stamped[~where] = np.datetime64("NaT")
    return stamped


def dates(first_day: date, days: Integers) -> Text:
    """Turn whole days since the first day into ISO dates."""
    stamped = np.datetime64(first_day, "D") + days.astype("timedelta64[D]")
    return as_text(pa.array(stamped).cast(pa.string()))


def iso_moments(stamped: Moments, suffix: str) -> Text:
    """Write timestamps as ISO text with `suffix`, such as `+0000`; NaT gives null."""
    return joined(
        as_text(pc.strftime(pa.array(stamped.astype("datetime64[s]")), "%Y-%m-%dT%H:%M:%S")), suffix
    )


def money(cents: Integers) -> Floats:
    """Turn whole cents into currency units, exact to two decimals."""
    return np.round(cents / 100.0, 2)


def repeated_positions(counts: Integers) -> Integers:
    """Return 0..count-1 for each count, in a row: the position of each repeat in its group."""
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)
