"""Shops shared by the tests: simulated once, because nothing changes them."""

import pytest

from python_assets.simulation import Shop, ShopPlan, simulate_shop

PLAN = ShopPlan(days=40, orders_per_day=15, seed=11)
CLEAN_PLAN = ShopPlan(days=40, orders_per_day=15, seed=11, dirt=0.0)


@pytest.fixture(scope="session")
def shop() -> Shop:
    return simulate_shop(PLAN)


@pytest.fixture(scope="session")
def clean_shop() -> Shop:
    return simulate_shop(CLEAN_PLAN)
