"""Which unit sees which variant: the same one at every visit, and unrelated between experiments.

A unit's id is hashed (32-bit FNV-1a) into a place between 0 and 1, as the open-source GrowthBook
SDKs do (version 2: a hash of a hash, to 4 digits; version 1: one hash, to 3 digits, which lets
experiments with similar names share their groups). Characters are hashed by their code point, so
that ids outside the basic multilingual plane differ from what a browser would compute.
"""

import numpy as np
import numpy.typing as npt

from python_assets.experiments.arrays import Booleans, Floats

_OFFSET = np.uint32(2166136261)
_PRIME = np.uint32(16777619)


def place(unit_ids: npt.ArrayLike, seed: str, version: int = 2) -> Floats:
    """Where units are between 0 and 1, by chance but always the same.

    Args:
        unit_ids: Ids, as text.
        seed: Name of the experiment or holdout; another seed is another shuffle.
        version: 1 or 2.

    Returns:
        From 0 to below 1; `nan` throughout for any other version, as nobody is to be assigned.

    Example:
        >>> place(["user_1", "user_2"], "q1-holdout").tolist()
        [0.2173, 0.4902]
    """
    ids = np.atleast_1d(np.asarray(unit_ids, dtype=np.str_))
    if version == 1:
        return (_fnv1a(np.strings.add(ids, seed)) % 1000) / 1000
    if version == 2:  # noqa: PLR2004
        once = _fnv1a(np.strings.add(seed, ids)).astype(np.str_)
        return (_fnv1a(once) % 10000) / 10000
    return np.full(ids.shape, np.nan)


def is_held_out(unit_ids: npt.ArrayLike, seed: str, share: float) -> Booleans:
    """Which units are kept out of everything, to know later what everything was worth."""
    return place(unit_ids, seed) < share


def variant_of(unit_ids: npt.ArrayLike, seed: str, splits: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Position of each unit's variant, in the order of the splits.

    Args:
        unit_ids: Ids, as text.
        seed: Name of the experiment.
        splits: Share of each variant; they add up to 1 or less.

    Returns:
        Positions; -1 for units that are in no variant.
    """
    bounds = np.cumsum(splits)
    # Shares such as three times 0.1 may fall short of their sum by rounding.
    position = np.searchsorted(bounds + 1e-9, place(unit_ids, seed), side="right")
    return np.where(position < len(bounds), position, -1)


def _fnv1a(texts: npt.NDArray[np.str_]) -> npt.NDArray[np.uint32]:
    """32-bit FNV-1a of each text, one step for all of them per character."""
    length = np.strings.str_len(texts)
    points = np.ascontiguousarray(texts).view(np.uint32).reshape(len(texts), -1)
    hashed = np.full(len(texts), _OFFSET, dtype=np.uint32)
    for position in range(points.shape[1]):
        stepped = (hashed ^ points[:, position]) * _PRIME
        hashed = np.where(position < length, stepped, hashed)
    return hashed
