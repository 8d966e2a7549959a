"""Sums against numpy's means, variances and covariances."""

from dataclasses import astuple

import numpy as np
import pytest

from python_assets.experiments.moments import Moments

GENERATOR = np.random.default_rng(3)
Y, Z, X = GENERATOR.normal([[5], [2], [-1]], [[1], [0.5], [3]], (3, 400))


def test_means_variances_and_covariances_are_those_of_the_units():
    arm = Moments.from_units(Y, Z, X)
    assert arm.units == 400
    assert [arm.numerator_mean, arm.denominator_mean, arm.covariate_mean] == pytest.approx(
        [Y.mean(), Z.mean(), X.mean()]
    )
    expected = np.cov([Y, Z, X])
    assert [
        arm.numerator_variance,
        arm.denominator_variance,
        arm.covariate_variance,
    ] == pytest.approx(np.diag(expected))
    assert arm.numerator_denominator_covariance == pytest.approx(expected[0, 1])
    assert arm.numerator_covariate_covariance == pytest.approx(expected[0, 2])
    assert arm.denominator_covariate_covariance == pytest.approx(expected[1, 2])


def test_sums_of_parts_are_those_of_the_whole():
    parts = (
        Moments.from_units(Y[:100], Z[:100], X[:100]),
        Moments.from_units(Y[100:], Z[100:], X[100:]),
    )
    whole = Moments.from_units(Y, Z, X)
    assert np.array(astuple(parts[0] + parts[1])) == pytest.approx(np.array(astuple(whole)))


def test_units_are_along_the_last_axis():
    arms = Moments.from_units(Y.reshape(4, 100), covariate=X.reshape(4, 100))
    assert arms.units.tolist() == [100] * 4
    assert arms.numerator_variance == pytest.approx(Y.reshape(4, 100).var(axis=1, ddof=1))


@pytest.mark.parametrize("value", [0.1, 1e6 + 0.3, 0.0])
def test_equal_values_do_not_vary(value: float):
    assert Moments.from_units(np.full(1000, value)).numerator_variance == 0


def test_one_unit_has_no_variance():
    arm = Moments.from_units([3.0])
    assert arm.numerator_mean == 3
    assert np.isnan(arm.numerator_variance)


def test_without_units_there_is_no_mean():
    assert np.isnan(Moments.from_units([]).numerator_mean)
