"""Sample ratio mismatch: are units split as planned? If not, nothing else can be believed."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc

from python_assets.experiments.arrays import Floats, floats, quotient

# As experimenters flag it: the test is run on every experiment every day, and a mismatch throws
# all its results away (Fabijan et al.: Diagnosing sample ratio mismatch, KDD 2019).
THRESHOLD = 0.001


class SampleRatio(NamedTuple):
    """Chi-square test of a split.

    Attributes:
        chi_square: Statistic.
        p_value: Of the split being as planned; `nan` with fewer than two arms, or no units.
    """

    chi_square: Floats
    p_value: Floats


def sample_ratio(units: npt.ArrayLike, splits: npt.ArrayLike) -> SampleRatio:
    """Test the units of arms against the planned split.

    Args:
        units: Units per arm, arms along the last axis.
        splits: Planned shares in any unit (0.5 and 0.5, or 1 and 1), in the same shape or one that
            broadcasts. Where one is 0 or `nan` there is no such arm.

    Example:
        >>> test = sample_ratio([821_588, 815_482], [0.5, 0.5])
        >>> round(float(test.chi_square), 4), float(test.p_value) < THRESHOLD
        (22.7744, True)
    """
    observed, shares = np.broadcast_arrays(floats(units), floats(splits))
    is_arm = shares > 0
    observed, shares = np.where(is_arm, observed, 0.0), np.where(is_arm, shares, 0.0)
    total = observed.sum(axis=-1, keepdims=True)
    expected = total * quotient(shares, shares.sum(axis=-1, keepdims=True))
    chi_square = np.nansum(quotient((observed - expected) ** 2, expected), axis=-1)
    degrees = np.asarray(is_arm.sum(axis=-1) - 1.0)
    can_test = (degrees > 0) & (total[..., 0] > 0)
    p_value = np.where(can_test, chdtrc(np.maximum(degrees, 1), chi_square), np.nan)
    return SampleRatio(np.where(can_test, chi_square, np.nan), p_value)
