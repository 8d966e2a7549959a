"""Build the customer models in a process of its own: `python -m ...build FILE TARGET`."""

import sys

from benchmarks.building import built

MODELS = (
    "path:models/intermediate/customers",
    "path:models/marts/customers",
    "path:models/marts/health/model_performance.sql",
    "--exclude",
    "fct_orders",
    "sentiment",
    "sentiment_topics",
)


def main(file: str, target: str) -> None:
    """Build every model and print its seconds."""
    with built(file, target):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
