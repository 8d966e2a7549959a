"""Paths to try models on: published ones, and any that Hypothesis can think of."""

import csv
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import strategies as st

from python_assets.attribution.paths import Floats, Paths
from tests.conftest import SHARED

# A path, how often it led to a conversion, and how often to none.
Row = tuple[tuple[str, ...], int, int]

CHANNELS = ("email", "Paid Search", "a > b", "c, d", "é")
WALKED = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CHANNELS), min_size=1, max_size=6).map(tuple),
        st.integers(0, 4),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=8,
)
# Rows of which at least one led to a conversion.
CONVERTING = WALKED.filter(lambda rows: any(converted for _, converted, _ in rows))


def paths_of(rows: Iterable[Row], channels: Iterable[str] = ()) -> Paths:
    sequences, conversions, non_conversions = zip(*rows, strict=True)
    return Paths.of(sequences, conversions, non_conversions, channels=tuple(channels))


def by_name(paths: Paths, numbers: Floats) -> dict[str, float]:
    """Numbers of channels that are not 0, by name."""
    pairs = zip(paths.channels, numbers, strict=True)
    return {name: float(number) for name, number in pairs if number != 0}


def approximately(numbers: Mapping[str, float]) -> object:
    return pytest.approx(dict(numbers), rel=1e-9, abs=1e-9)


def published(name: str) -> Path:
    path = SHARED / "data" / "cases" / "attribution" / name
    if not path.is_file():
        pytest.skip(f"{path} is absent: the published cases are not part of this repository")
    return path


def toy_cases() -> dict[str, dict[str, object]]:
    cases: dict[str, dict[str, object]] = json.loads(
        published("markov_toy_cases_exact.json").read_text()
    )
    return cases


def rows_of_toy_case(case: dict) -> list[Row]:
    return [
        (tuple(row["path"].split(" > ")), row["conversions"], row["nulls"]) for row in case["paths"]
    ]


def fractions(numbers: Mapping[str, str]) -> dict[str, float]:
    return {name: float(Fraction(text)) for name, text in numbers.items()}


def nine_journeys() -> list[dict[str, str]]:
    """The nine paths that the package marketing_attribution_models tests itself by."""
    with published("reference_test_mam_9paths_journeys.csv").open() as file:
        return list(csv.DictReader(file))


def nine_paths() -> Paths:
    return paths_of(
        (tuple(journey["channels_agg"].split(" > ")), int(journey["conversion_value"]), 0)
        for journey in nine_journeys()
    )


def nine_path_totals(model: str) -> dict[str, float]:
    """Conversions of each channel under a model of that package."""
    with published("reference_test_mam_9paths.csv").open() as file:
        return {
            row["channels"]: float(row[f"attribution_{model}_algorithmic"])
            for row in csv.DictReader(file)
        }
