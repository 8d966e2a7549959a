"""How far each model's credit is from what channels really brought, in a simulated shop.

The simulation knows how many orders there would have been without a channel. Only shares are
compared: credit adds up to all orders, true effects to those that any channel brought.
"""

import json
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.measure import run

_CREDITS = """
    select channel, attribution_model, purchases
    from attribution.model_comparison where purchases > 0
"""


def distances(adplan: str, workspace: Path, size: tuple[str, ...]) -> list[tuple[str, float]]:
    """Simulate and refresh a shop; return each model's distance from the truth.

    Returns:
        Model and the share of orders that it gives to the wrong channel (total variation
        distance), with a model that divides orders by visits for comparison.
    """
    run([adplan, "simulate", str(workspace), *size])
    run([adplan, "refresh", "-w", str(workspace)])
    truth: dict[str, Any] = json.loads((workspace / "truth" / "truth.json").read_text())
    brought = {
        channel: effect["incremental_valid_orders"] for channel, effect in truth["channels"].items()
    }
    published = workspace / "warehouse" / "adplan.duckdb"
    with duckdb.connect(str(published), read_only=True) as connection:
        credited = connection.execute(_CREDITS).fetchall()
        visits = connection.execute(
            "select channel, 'as many as visits', visits from attribution.model_comparison "
            "where attribution_model = 'linear' and visits > 0"
        ).fetchall()
    by_model: dict[str, dict[str, float]] = {}
    for channel, model, amount in [*credited, *visits]:
        # Who was touched by nothing, or only came by themselves, was brought by no channel.
        if channel in brought:
            by_model.setdefault(model, {})[channel] = amount
    return sorted(
        ((model, _distance(amounts, brought)) for model, amounts in by_model.items()),
        key=lambda pair: pair[1],
    )


def _distance(left: dict[str, float], right: dict[str, float]) -> float:
    total_left, total_right = sum(left.values()), sum(right.values())
    return (
        sum(
            abs(left.get(name, 0) / total_left - right.get(name, 0) / total_right)
            for name in {*left, *right}
        )
        / 2
    )
