"""How wrong forecasts were: errors of single values, and of their total.

Relative to each value an error has no meaning where the value is 0, as on days a shop is closed;
so the measures of choice divide by sums (Hyndman, Koehler: Another look at measures of forecast
accuracy, 2006). All return null-like `nan` where their denominator is 0, never 0 or infinity.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def wape(actual: npt.ArrayLike, forecast: npt.ArrayLike) -> float:
    """Weighted absolute percentage error: the sum of absolute errors by the sum of what came.

    Args:
        actual: What came, in any unit.
        forecast: What was forecast, in the same unit and order.

    Returns:
        A share, 0 for a perfect forecast.

    Example:
        >>> wape([100, 120, 80, 0, 200], [110, 114, 100, 10, 190])
        0.112
    """
    came, said = _pairs(actual, forecast)
    return _share(np.abs(came - said).sum(), np.abs(came).sum())


def total_error(actual: npt.ArrayLike, forecast: npt.ArrayLike) -> float:
    """Error of the total, by the total that came; above 0 when too much was forecast.

    Example:
        >>> total_error([100, 120, 80, 0, 200], [110, 114, 100, 10, 190])
        0.048
    """
    came, said = _pairs(actual, forecast)
    return _share(said.sum() - came.sum(), np.abs(came.sum()))


def mape_nonzero(actual: npt.ArrayLike, forecast: npt.ArrayLike) -> float:
    """Mean absolute percentage error over the values that are not 0.

    Values of 0 are left out, as the error has no meaning there; `wape` leaves nothing out.

    Example:
        >>> mape_nonzero([100, 120, 80, 0, 200], [110, 114, 100, 10, 190])
        0.1125
    """
    came, said = _pairs(actual, forecast)
    is_open = came != 0
    shares = np.abs(came[is_open] - said[is_open]) / np.abs(came[is_open])
    return _share(shares.sum(), is_open.sum())


def smape(actual: npt.ArrayLike, forecast: npt.ArrayLike) -> float:
    """Symmetric mean absolute percentage error, in percent from 0 to 200.

    Each error is relative to the mean of value and forecast; 0 where both are 0 (Makridakis:
    Accuracy measures, 1993).

    Example:
        >>> round(smape([100, 120, 80, 0, 200], [110, 114, 100, 10, 190]), 4)
        48.4005
    """
    came, said = _pairs(actual, forecast)
    middle = (np.abs(came) + np.abs(said)) / 2
    shares = np.divide(np.abs(came - said), middle, out=np.zeros_like(middle), where=middle > 0)
    return 100 * _share(shares.sum(), len(shares))


def _pairs(actual: npt.ArrayLike, forecast: npt.ArrayLike) -> tuple[Floats, Floats]:
    came, said = np.asarray(actual, dtype=np.float64), np.asarray(forecast, dtype=np.float64)
    if came.shape != said.shape:
        raise ValueError(f"{came.shape} values and {said.shape} forecasts: as many are needed")
    return came, said


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def shares(parts: Floats, wholes: Floats) -> Floats:
    """Divide one by one; `nan` where there is nothing to divide by.

    Example:
        >>> shares(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
        [0.25, nan]
    """
    result = np.full(parts.shape, np.nan)
    np.divide(parts, wholes, out=result, where=wholes != 0)
    return result
