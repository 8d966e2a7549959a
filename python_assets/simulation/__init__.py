"""A simulated shop whose truth is known: for demos, tests and benchmarks."""

from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.shop import Shop, simulate_shop
from python_assets.simulation.truth import Truth

__all__ = ["Shop", "ShopPlan", "Truth", "simulate_shop"]
