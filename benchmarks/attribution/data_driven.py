"""Markov and Shapley on random paths: ours, and published packages on the same ones.

python -m benchmarks.attribution.data_driven PATHS       ours, from a Parquet file of paths
PYTHON benchmarks/attribution/peers.py PACKAGE PATHS     a package, with its own interpreter
"""

import sys
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from python_assets.attribution.data_driven import channel_shares, parsed_paths
from python_assets.attribution.markov import markov
from python_assets.attribution.shapley import shapley

CHANNELS = 20
_MOST_TOUCHES = 8


def random_paths(count: int, seed: int = 1) -> pa.Table:
    """Distinct paths over twenty channels, of up to eight touches, one in ten converting."""
    generator = np.random.default_rng(seed)
    lengths = generator.integers(1, _MOST_TOUCHES + 1, 2 * count)
    names = np.array([f"channel_{number}" for number in range(CHANNELS)], dtype=object)
    steps = names[generator.integers(0, CHANNELS, lengths.sum())]
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    texts = pa.compute.binary_join(pa.ListArray.from_arrays(starts, pa.array(steps)), " > ")
    distinct = pa.compute.unique(texts)[:count]
    return pa.table(
        {
            "goal": pa.repeat("purchase", len(distinct)),
            "path": distinct,
            "conversions": generator.poisson(0.5, len(distinct)),
            "non_conversions": generator.poisson(4.5, len(distinct)),
        }
    )


def main(file: str) -> None:
    """Time each model on the paths of a file."""
    table = pq.read_table(file)
    started = time.perf_counter()
    paths = parsed_paths(table)
    _told("reading paths", started)
    for name, model in {"markov": markov, "shapley": shapley}.items():
        started = time.perf_counter()
        model(paths)
        _told(name, started)
    started = time.perf_counter()
    channel_shares(table, 1, "conversion_rate")
    _told("both, and shares of single conversions", started)


def _told(what: str, started: float) -> None:
    print(f"{time.perf_counter() - started:.3f} {what}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
