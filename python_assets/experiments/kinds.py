"""Rows of all kinds of metrics in one array: what is computed for each, and which is taken."""

from typing import NamedTuple

import numpy as np

from python_assets.experiments.arrays import Booleans, Floats
from python_assets.experiments.estimates import Value
from python_assets.experiments.means import mean
from python_assets.experiments.moments import Moments
from python_assets.experiments.proportions import proportion
from python_assets.experiments.ratios import ratio


class Kinds(NamedTuple):
    """Which rows are of which kind of metric; those of neither are means.

    Attributes:
        is_proportion: Shares of units.
        is_ratio: Ratios of totals.
    """

    is_proportion: Booleans
    is_ratio: Booleans

    def value(self, arm: Moments) -> Value:
        """What was measured in an arm, by the kind of each row."""
        means, ratios, proportions = mean(arm), ratio(arm), proportion(arm.numerator, arm.units)
        columns = zip(proportions, ratios, means, strict=True)
        return Value(
            *(self.choose(share, of_ratio, of_mean) for share, of_ratio, of_mean in columns)
        )

    def choose(self, of_proportion: Floats, of_ratio: Floats, of_mean: Floats) -> Floats:
        """Take from each array the rows of its kind."""
        return np.where(
            self.is_proportion, of_proportion, np.where(self.is_ratio, of_ratio, of_mean)
        )
