"""A published package on our paths, run by an interpreter that has it.

    PYTHON benchmarks/attribution/peers.py PACKAGE PARQUET

They are no dependencies of ours: install them elsewhere (`pip install ChannelAttribution
matplotlib` or `pip install marketing_attribution_models`) and name that environment's
interpreter. Imports nothing of adplan.
"""

import contextlib
import io
import sys
import time

import pandas as pd


def channel_attribution(paths: pd.DataFrame) -> dict[str, float]:
    """Seconds of ChannelAttribution's simulated Markov chain."""
    import ChannelAttribution  # noqa: PLC0415

    started = time.perf_counter()
    ChannelAttribution.markov_model(
        paths, "path", "conversions", var_null="non_conversions", order=1, verbose=False
    )
    return {"markov": time.perf_counter() - started}


def mam(paths: pd.DataFrame) -> dict[str, float]:
    """Seconds of marketing_attribution_models, which takes a row per journey."""
    from mam.core import MAM  # noqa: PLC0415

    rows = [
        paths.loc[paths.index.repeat(paths[count]), ["path"]].assign(converted=converted)
        for count, converted in (("conversions", True), ("non_conversions", False))
    ]
    journeys = pd.concat(rows, ignore_index=True)
    journeys["occurrences"] = 1
    model = MAM(journeys, "grouped_journey", "path", "converted", occurrences_colname="occurrences")
    seconds = {}
    for name in ("markov", "shapley"):
        started = time.perf_counter()
        getattr(model, f"run_{name}")()
        seconds[name] = time.perf_counter() - started
    return seconds


def main(package: str, file: str) -> None:
    """Print the seconds of every model the package has."""
    paths = pd.read_parquet(file)
    with contextlib.redirect_stdout(io.StringIO()):
        seconds = {"ChannelAttribution": channel_attribution, "mam": mam}[package](paths)
    for name, value in seconds.items():
        print(f"{value:.3f} {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
