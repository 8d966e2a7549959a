"""The published nine paths, walked by people: totals of fct_credits are those of the table."""

import csv

import pytest

from tests.conftest import SHARED
from tests.dbt_project.attribution.models import Shop

FOLDER = SHARED / "data" / "cases" / "attribution"
JOURNEYS = FOLDER / "reference_test_mam_9paths_journeys.csv"
TOTALS = FOLDER / "reference_test_mam_9paths.csv"

# Their channels, by names of ours; the one they pass over as we pass over direct is A.
OUR_NAMES = {"A": "direct", "B": "email", "C": "referral"}
OUR_MODELS = {
    "first_touch": "attribution_first_click_heuristic",
    "last_touch": "attribution_last_click_heuristic",
    "last_non_direct": "attribution_last_click_non_A_heuristic",
    "linear": "attribution_linear_heuristic",
    "position_based": "attribution_position_based_0.4_0.2_0.4_heuristic",
    "time_decay": "attribution_time_decay0.5_freq1_heuristic",
    "markov": "attribution_markov_algorithmic",
    "shapley": "attribution_shapley_size4_conv_rate_algorithmic",
}


@pytest.mark.skipif(
    not TOTALS.is_file(),
    reason=f"{TOTALS} is absent: the published cases are not part of this repository",
)
def test_every_model_gives_what_is_published(shop: Shop):
    with JOURNEYS.open(newline="") as file:
        for number, journey in enumerate(csv.DictReader(file)):
            channels = journey["channels_agg"].split(" > ")
            for person in range(int(journey["conversion_value"])):
                name = f"{number}-{person}"
                for step, channel in enumerate(channels):
                    at = f"2026-01-{4 - len(channels) + step:02} 12:00:00"
                    shop.touch(f"{name}-{step}", name, at, OUR_NAMES[channel])
                shop.convert(f"c-{name}", name, "2026-01-03 12:00:00")
    # Their weights halve every hour, and their touches are a day apart.
    shop.attribute(half_life_days=1 / 24)
    with TOTALS.open(newline="") as file:
        published = {row["channels"]: row for row in csv.DictReader(file)}
    for model, column in OUR_MODELS.items():
        expected = {OUR_NAMES[name]: float(row[column]) for name, row in published.items()}
        assert shop.credit(model, "channel") == pytest.approx(expected, abs=1e-6), model
