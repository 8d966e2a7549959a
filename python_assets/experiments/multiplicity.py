"""Several comparisons at once: p values adjusted within families, many families in one call.

Holm's method holds the chance of any false positive (Holm: A simple sequentially rejective
multiple test procedure, 1979), as Bonferroni's does with less power; those of Benjamini and
Hochberg (1995) and Benjamini and Yekutieli (2001) hold the share of false ones among positives.
Written out because statsmodels' `multipletests` takes one family at a time, and here there are
thousands; the tests compare the two.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from python_assets.experiments.arrays import Floats, floats

Integers = npt.NDArray[np.int64]
Method = Literal["holm", "bonferroni", "benjamini_hochberg", "benjamini_yekutieli"]


def adjusted_p_values(
    p_values: npt.ArrayLike, families: npt.ArrayLike | None = None, method: Method = "holm"
) -> Floats:
    """Adjust p values for the number of comparisons in their family.

    Args:
        p_values: One per comparison; `nan` is none, and does not count as a comparison.
        families: To which family each belongs, as any values; without, all are one family.
        method: holm, bonferroni, benjamini_hochberg, benjamini_yekutieli.

    Returns:
        Adjusted p values in the same order, at most 1.

    Raises:
        ValueError: If the method is not one of those.

    Example:
        >>> adjusted_p_values([0.01, 0.04, 0.03, 0.02], ["a", "a", "a", "b"]).tolist()
        [0.03, 0.06, 0.06, 0.02]
    """
    p = floats(p_values)
    groups = np.zeros(len(p)) if families is None else np.asarray(families)
    adjusted = np.full(len(p), np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    if not len(tested):
        return adjusted
    _, group = np.unique(groups[tested], return_inverse=True)
    order = np.lexsort((p[tested], group))
    group, sorted_p = group[order], p[tested][order]
    size = np.bincount(group)[group].astype(np.int64)
    # From 1 for the smallest p value of a family.
    rank = (np.arange(len(group)) - np.searchsorted(group, group) + 1).astype(np.int64)
    adjusted[tested[order]] = np.minimum(_stepped(sorted_p, rank, size, method), 1)
    return adjusted


def _stepped(p: Floats, rank: Integers, size: Integers, method: Method) -> Floats:
    if method == "bonferroni":
        return p * size
    if method == "holm":
        return _running_maximum(p * (size - rank + 1), rank)
    if method not in ("benjamini_hochberg", "benjamini_yekutieli"):
        accepted = "holm, bonferroni, benjamini_hochberg, benjamini_yekutieli"
        raise ValueError(f"method {method!r}: {accepted} are accepted")
    scaled = p * size / rank
    if method == "benjamini_yekutieli":
        scaled = scaled * np.cumsum(1 / np.arange(1, size.max() + 1))[size - 1]
    # The running minimum from the largest p value down.
    return -_running_maximum(-scaled[::-1], (size - rank + 1)[::-1])[::-1]


def _running_maximum(values: Floats, rank: Integers) -> Floats:
    """Largest value so far in each family; a rank of 1 starts one."""
    family = np.cumsum(rank == 1)
    return floats(pd.Series(values).groupby(family).cummax())
