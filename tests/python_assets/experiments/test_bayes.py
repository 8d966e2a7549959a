"""Chances to beat: published cases, simulation."""

import numpy as np
import pytest

from python_assets.experiments.bayes import (
    chance_to_beat,
    chance_to_win,
    credible_interval,
    lift_posterior,
    risk,
)
from python_assets.experiments.proportions import proportion
from tests.python_assets.experiments.samples import case


@pytest.mark.parametrize("name", ["flat", "prior_sd0.3"])
def test_the_posterior_of_the_lift_is_as_published(name: str):
    published = case(f"bayes.gbstats_cookie_r7_{name}")
    inputs, near = published["inputs"], published["tolerance"]
    prior = (inputs["prior_mean"], inputs["prior_sd"]) if "prior_sd" in inputs else ()
    posterior = lift_posterior(proportion(*inputs["control"]), proportion(*inputs["treat"]), *prior)
    expected = published["expected"]
    assert chance_to_win(posterior) == pytest.approx(expected["ctw"], **near)
    assert posterior.mean == pytest.approx(expected["expected"], **near)
    assert credible_interval(posterior) == pytest.approx(expected["ci"], **near)
    assert risk(posterior) == pytest.approx(expected["risk"], **near)


def test_exact_chances_are_as_published():
    published = case("bayes.beta_binomial_exact_small")
    inputs = published["inputs"]
    found = chance_to_beat(*inputs["control"], *inputs["treat"])
    expected = published["expected"]["p_treat_better"]
    assert found == pytest.approx(expected, **published["tolerance"])
    published = case("bayes.beta_binomial_exact_cookie_r7")
    found = chance_to_beat(*published["inputs"]["B"], *published["inputs"]["A"])
    expected = published["expected"]["p_A_better"]
    assert found == pytest.approx(expected, **published["tolerance"])


@pytest.mark.parametrize("arms", [(3, 40, 6, 50), (0, 10, 0, 30), (30, 30, 29, 30)])
def test_draws_from_both_posteriors_say_the_same(arms: tuple[int, int, int, int]):
    generator = np.random.default_rng(51)
    control, treatment = (
        generator.beta(2 + successes, 3 + units - successes, 200_000)
        for successes, units in (arms[:2], arms[2:])
    )
    found = chance_to_beat(*arms, prior=(2, 3))
    assert found == pytest.approx((treatment > control).mean(), abs=0.005)
    assert chance_to_beat(*arms[2:], *arms[:2], prior=(2, 3)) == pytest.approx(1 - found)


def test_a_prior_that_is_no_whole_number_is_refused():
    with pytest.raises(ValueError, match="a whole number above 0"):
        chance_to_beat(1, 2, 1, 2, prior=(0, 1))
