"""Maximum likelihood: tops that are known, and none where there is none."""

import numpy as np
import pytest

from python_assets.scoring.fitting import (
    Floats,
    NoFitError,
    Objective,
    Parameter,
    maximise,
    weighed,
)

TWO = (Parameter("slow", "how slow it is"), Parameter("fast", "how fast it is", most=50))


def _hill(*top: float) -> Objective:
    """A mean log-likelihood with its top at given parameters."""

    def objective(parameters: Floats) -> tuple[float, Floats]:
        away = np.log(parameters / np.array(top))
        return -float((away**2).sum()), -2 * away / parameters

    return objective


@pytest.mark.parametrize("top", [(1, 1), (0.003, 40), (2_000, 0.01)])
def test_the_top_is_found(top: tuple[float, float]):
    assert maximise(_hill(*top), TWO) == pytest.approx(top, rel=1e-5)


@pytest.mark.parametrize(
    ("top", "message"),
    [
        ((1e-9, 1), r"the data do not say how slow it is \(slow ran off to 0.0001\)"),
        ((1, 60), r"the data do not say how fast it is \(fast ran off to 50\)"),
    ],
)
def test_a_top_out_of_bounds_is_refused(top: tuple[float, float], message: str):
    with pytest.raises(NoFitError, match=message):
        maximise(_hill(*top), TWO)


def test_a_slope_that_is_wrong_does_not_pass_for_a_top():
    def objective(parameters: Floats) -> tuple[float, Floats]:
        value, gradient = _hill(3, 3)(parameters)
        return value, -gradient

    with pytest.raises(NoFitError, match="did not settle"):
        maximise(objective, TWO)


def test_a_likelihood_that_is_no_number_is_no_fit():
    with pytest.raises(NoFitError, match="did not settle"):
        maximise(lambda parameters: (np.nan, np.full_like(parameters, np.nan)), TWO)


def test_sums_are_over_the_last_axis():
    shares, numbers = np.array([0.25, 0.75]), np.array([[4.0, 8], [1, 1]])
    assert weighed(shares, numbers).tolist() == [7, 1]
