"""True effects: closed forms, and agreement with what was observed."""

import numpy as np
import pytest

from python_assets.simulation import Shop
from python_assets.simulation.arrays import NO_CODE
from python_assets.simulation.channels import CHANNELS, NAMES
from python_assets.simulation.purchases import channel_effects, last_touch, lost_orders
from python_assets.simulation.visits import Visits


def _visits(person: list[int], time: list[float], channel: list[str]) -> Visits:
    persons = np.array(person)
    first = np.searchsorted(persons, persons)
    zero = np.zeros(len(person), dtype=np.int64)
    nothing = zero + NO_CODE
    return Visits(
        person=persons,
        time=np.array(time),
        first_of_person=first,
        is_first=np.arange(len(person)) == first,
        visitor=persons,
        is_second_device=zero.astype(bool),
        channel=np.array([NAMES.index(name) for name in channel]),
        link=nothing,
        ad=nothing,
        received=nothing,
    )


def test_effect_halves_on_the_log_scale_after_its_half_life():
    paid = next(channel for channel in CHANNELS if channel.name == "paid_social")
    days = [0.0, paid.half_life_days, 2 * paid.half_life_days]
    visits = _visits([0, 0, 0], days, ["paid_social", "direct", "direct"])
    effects = dict(channel_effects(visits))
    expected = np.log(paid.effect) * np.array([1.0, 0.5, 0.25])
    assert effects[NAMES.index("paid_social")] == pytest.approx(expected)


def test_a_touch_never_helps_another_person_or_an_earlier_visit():
    visits = _visits([0, 0, 1, 1], [0.0, 1.0, 2.0, 3.0], ["direct", "email", "direct", "direct"])
    assert last_touch(visits, NAMES.index("email")).tolist() == [-1, 1, -1, -1]


def test_lost_orders_equal_the_difference_of_the_probabilities():
    hazard, effect = np.array([0.2, 0.01]), np.array([1.5, 1.2])
    by_hand = (1 - np.exp(-hazard)) - (1 - np.exp(-hazard / effect))
    assert lost_orders(hazard, np.log(effect)) == pytest.approx(by_hand)


def test_channels_without_effect_add_nothing(clean_shop: Shop):
    channels = clean_shop.truth.scalars["channels"]
    assert channels["direct"]["incremental_orders"] == 0
    others = [value["incremental_orders"] for name, value in channels.items() if name != "direct"]
    assert min(others) > 0
    assert sum(others) < clean_shop.truth.scalars["orders"]["placed"]


def test_visits_by_channel_equal_the_sessions(clean_shop: Shop):
    sessions = clean_shop.tables["web.sessions"]
    truth = clean_shop.truth.scalars["channels"]
    assert sum(channel["visits"] for channel in truth.values()) == len(sessions)
    by_mail = int((sessions["utm_medium"] == "email").sum())
    assert truth["email"]["visits"] == by_mail


def test_experiment_shows_the_true_effect_within_its_error(clean_shop: Shop):
    truth = clean_shop.truth.scalars["experiment"]
    exposures = clean_shop.tables["experiments.exposures"]
    first = exposures.drop_duplicates("unit_id").set_index("unit_id")
    assert len(first) == truth["units"]
    assert len(exposures) > len(first)
    sessions = clean_shop.tables["web.sessions"]
    orders = clean_shop.tables["commerce.orders"].dropna(subset="visitor_id")
    orders = orders[orders["visitor_id"].isin(first.index)]
    since = first["exposed_at"].reindex(orders["visitor_id"]).to_numpy()
    converted = set(orders.loc[orders["created_at"].to_numpy() >= since, "visitor_id"])
    outcome = first.index.isin(list(converted))
    assert set(first.index) <= set(sessions["visitor_id"])
    for variant, rate in (("control", "control_rate"), ("bright", "bright_rate")):
        arm = outcome[(first["variant"] == variant).to_numpy()]
        error = np.sqrt(truth[rate] * (1 - truth[rate]) / len(arm))
        assert abs(arm.mean() - truth[rate]) < 4 * error
