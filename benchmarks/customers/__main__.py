"""Measure what is made of customers: scores, behaviours, cohorts, segments, and their truth.

    python -m benchmarks.customers [--full]

Small: 500,000 customers with 2 million orders, 200 segments over 100,000 people, a shop of 270
days. Full: 10 million customers with 40 million orders, a million people, a shop of 400 days.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.customers import truth
from benchmarks.customers.build import MODELS
from benchmarks.customers.data import write_shop
from benchmarks.measure import print_table, run
from orchestration.defs.dbt.compiled import CATALOG, compile_models

_ADPLAN = str(Path(sys.executable).with_name("adplan"))

_SMALL = {"buyers": 500_000, "orders": 2_000_000, "people": 100_000}
_FULL = {"buyers": 10_000_000, "orders": 40_000_000, "people": 1_000_000}
_SMALL_SHOP = ("--days", "270", "--orders-per-day", "30")
_FULL_SHOP = ("--days", "400", "--orders-per-day", "60")
_SEGMENTS = 200

# What a step is called in the table, and the models it is made of.
_STEPS = {
    "RFM aggregates": ("int_buyers",),
    "RFM cuts": ("rfm",),
    "behaviours": ("int_behaviour_orders", "int_behaviour_measures", "behaviours"),
    "cohorts": (
        "int_acquisition_channels",
        "int_cohort_buyers",
        "int_cohort_revenue",
        "cohort_retention",
    ),
    "BG/NBD and Gamma-Gamma fit": (
        "int_purchase_cells",
        "int_purchase_values",
        "int_purchase_model",
        "int_purchase_expectations",
    ),
    "churn models": ("int_churn_snapshots", "int_churn_features", "int_churn_model"),
    "values and chances": (
        "int_customer_values",
        "int_churn_probabilities",
        "int_engagement",
        "int_churn_risks",
    ),
    "customers.scores": ("scores",),
    "dim_people, at_risk, leaderboards": ("dim_people", "at_risk", "leaderboards"),
}


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--full", action="store_true", help="at the sizes the README quotes")
    arguments = parser.parse_args()
    size = _FULL if arguments.full else _SMALL
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _scores(folder, size["buyers"], size["orders"])
        _segments(size["people"])
        _truth(folder / "shop", _FULL_SHOP if arguments.full else _SMALL_SHOP)


def _scores(folder: Path, buyers: int, orders: int) -> None:
    file = folder / f"{CATALOG}.duckdb"
    write_shop(file, buyers, orders)
    compile_models(MODELS, folder / "target")
    measured = run(
        [sys.executable, "-m", "benchmarks.customers.build", str(file), str(folder / "target")]
    )
    seconds = {
        name: float(value)
        for name, value in (line.split() for line in measured.output.splitlines())
    }
    steps = {step: sum(seconds.pop(model) for model in models) for step, models in _STEPS.items()}
    steps["others"] = sum(seconds.values())
    print_table(
        f"{buyers:,} customers, {orders:,} orders: {measured.seconds:.0f} s, "
        f"CPU {measured.cpu_seconds:.0f} s, peak {measured.peak_mb:,.0f} MB",
        ("step", "seconds"),
        list(steps.items()),
    )
    file.unlink()


def _segments(people: int) -> None:
    command = [sys.executable, "-m", "benchmarks.customers.segments", str(people), str(_SEGMENTS)]
    measured = run(command)
    members, seconds = measured.output.split()
    print_table(
        f"{_SEGMENTS} segments over {people:,} people",
        ("members", "seconds", "peak MB"),
        [[int(members), float(seconds), round(measured.peak_mb)]],
    )


def _truth(shop: Path, size: tuple[str, ...]) -> None:
    buyers = truth.scored_buyers(_ADPLAN, shop, size)
    print_table(
        f"Who buys no more? {buyers.num_rows:,} buyers of a simulated shop, {' '.join(size)}",
        ("method", "AUC: no order in 90 days", "AUC: lost for good"),
        truth.ranking(buyers),
    )
    for method in ("logistic", "closed_form"):
        table = truth.calibration(buyers, method)
        print_table(
            f"Chance of no order in 90 days, {method}, by tenths",
            tuple(table.column_names),
            [tuple(row.values()) for row in table.to_pylist()],
        )
    print_table(
        "Spend of the next 90 days",
        ("estimate", "total", "error of it, x", "rank correlation"),
        truth.worth(buyers),
    )


if __name__ == "__main__":
    main()
