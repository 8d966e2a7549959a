"""How right probabilities were, once it is known what happened."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.stats import rankdata

from python_assets.scoring.fitting import Floats

Booleans = npt.NDArray[np.bool_]

CALIBRATION = pa.schema(
    {
        "lowest": pa.float64(),
        "highest": pa.float64(),
        "buyers": pa.int64(),
        "predicted": pa.float64(),
        "observed": pa.float64(),
        "standard_error": pa.float64(),
    }
)
# As sure as a prediction may be: to be wrong after it would cost an infinite log loss otherwise.
_SUREST = 1e-15


class Accuracy(NamedTuple):
    """How right probabilities were over many people.

    Attributes:
        auc: Probability that of two people, one of each outcome, the one it happened to had the
            higher probability; a tie counts half.
        log_loss: Mean negative logarithm of the probability given to what happened.
        brier: Mean squared difference between probability and outcome.
        base_rate: Share of people it happened to.
        buyers: Number of people.
    """

    auc: float
    log_loss: float
    brier: float
    base_rate: float
    buyers: float


def accuracy(probability: Floats, has_happened: Booleans) -> Accuracy:
    """Hold probabilities against what happened.

    Args:
        probability: One per person, from 0 to 1.
        has_happened: Whether it happened to them; to some it must have and to others not.

    Raises:
        ValueError: If a probability is not one, or it happened to all or to none.
    """
    _refuse_improbable(probability)
    given = np.clip(np.where(has_happened, probability, 1 - probability), _SUREST, 1)
    return Accuracy(
        auc=area_under_curve(probability, has_happened),
        log_loss=float(-np.log(given).mean()),
        brier=float(((probability - has_happened) ** 2).mean()),
        base_rate=float(has_happened.mean()),
        buyers=float(len(has_happened)),
    )


def area_under_curve(score: Floats, has_happened: Booleans) -> float:
    """How well a score ranks people, from 0 to 1; 0.5 is no better than chance.

    The Mann-Whitney statistic over its maximum (Hanley, McNeil: The meaning and use of the area
    under a ROC curve, 1982), with ties counted half.

    Raises:
        ValueError: If it happened to all or to none.

    Example:
        >>> area_under_curve(np.array([0.9, 0.5, 0.5, 0.1]), np.array([True, True, False, False]))
        0.875
    """
    happened = int(has_happened.sum())
    spared = len(has_happened) - happened
    if not happened * spared:
        raise ValueError(f"it happened to {happened} of {len(has_happened)}: there is no ranking")
    above = float(rankdata(score)[has_happened].sum()) - happened * (happened + 1) / 2
    return above / (happened * spared)


def calibration_table(probability: Floats, has_churned: Booleans, bins: int = 10) -> pa.Table:
    """Compare probabilities with shares of people, from the lowest probabilities to the highest.

    People are divided into groups of about equal size; those with the same probability stay
    together, so that there may be fewer groups than asked for.

    Args:
        probability: One per person, from 0 to 1.
        has_churned: Whether it came true.
        bins: Groups, 1 or more.

    Returns:
        One row per group, as `CALIBRATION` has it: lowest and highest probability, buyers, mean
        probability (predicted), share it came true for (observed), and the standard error that
        this share has if the probabilities are right.

    Raises:
        ValueError: If a probability is not one, or there are no bins.
    """
    _refuse_improbable(probability)
    if bins < 1:
        raise ValueError(f"{bins} bins: 1 or more are accepted")
    # The mean rank of equals is the same, and so is their group.
    place = (rankdata(probability) - 0.5) / max(len(probability), 1)
    numbers, group = np.unique((place * bins).astype(np.int64), return_inverse=True)
    count = len(numbers)
    buyers = np.bincount(group, minlength=count)
    lowest, highest = np.full(count, 1.0), np.full(count, 0.0)
    np.minimum.at(lowest, group, probability)
    np.maximum.at(highest, group, probability)
    variance = np.bincount(group, probability * (1 - probability), count)
    return pa.table(
        {
            "lowest": lowest,
            "highest": highest,
            "buyers": buyers,
            "predicted": np.bincount(group, probability, count) / buyers,
            "observed": np.bincount(group, has_churned, count) / buyers,
            "standard_error": np.sqrt(variance) / buyers,
        },
        CALIBRATION,
    )


def _refuse_improbable(probability: Floats) -> None:
    is_probability = (probability >= 0) & (probability <= 1)
    if not is_probability.all():
        row = int(np.argmin(is_probability))
        raise ValueError(f"row {row} (from 0): {probability[row]} is no probability from 0 to 1")
