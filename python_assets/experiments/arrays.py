"""Arithmetic on arrays in which a value may be missing: `nan`, never a warning or infinity."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]


def floats(values: npt.ArrayLike) -> Floats:
    """Return values as an array of doubles."""
    return np.asarray(values, dtype=np.float64)


def quotient(part: npt.ArrayLike, whole: npt.ArrayLike) -> Floats:
    """Divide, with nothing (`nan`) where the divisor is 0 or missing.

    Example:
        >>> quotient([1, 1], [4, 0]).tolist()
        [0.25, nan]
    """
    a, b = np.broadcast_arrays(floats(part), floats(whole))
    return np.asarray(np.divide(a, b, out=np.full(a.shape, np.nan), where=b != 0))


def root(values: npt.ArrayLike) -> Floats:
    """Take the square root, with nothing (`nan`) of what is negative."""
    x = floats(values)
    return np.sqrt(x, out=np.full(x.shape, np.nan), where=x >= 0)


def logarithm(values: npt.ArrayLike) -> Floats:
    """Take the natural logarithm, with nothing (`nan`) of what is not above 0."""
    x = floats(values)
    return np.log(x, out=np.full(x.shape, np.nan), where=x > 0)
