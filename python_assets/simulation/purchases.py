"""Which visits end in an order, and what each channel truly adds.

A visit converts with probability 1 - exp(-hazard). The hazard is a common scale times the
person's propensity times the factor of every channel touched so far, which fades on the log
scale with the channel's half-life since its last touch, times the factor of a message just
delivered and of the experiment's variant. Because visits do not depend on purchases, the
effect of taking a factor away is known exactly, without simulating again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from python_assets.simulation import experiments, messages
from python_assets.simulation.arrays import Booleans, Floats, Integers, stream
from python_assets.simulation.channels import CHANNELS, EMAIL
from python_assets.simulation.experiments import Experiment
from python_assets.simulation.messages import DAYS_BETWEEN_SENDS, FIRST_SEND
from python_assets.simulation.people import People
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.visits import Visits

# Share of orders taken by phone or in a store: they have neither session nor visitor.
OFFLINE_ORDER_SHARE = 0.03


@dataclass(frozen=True)
class Purchases:
    """Conversion of visits.

    Attributes:
        hazard: Per visit, the purchase hazard.
        converts: Per visit, whether it ended in an order.
        scale: The common scale of all hazards, which meets the plan's number of orders.
        multiplier: Per visit, the product of all factors but scale and propensity.
    """

    hazard: Floats
    converts: Booleans
    scale: float
    multiplier: Floats


def draw_purchases(
    plan: ShopPlan, people: People, visits: Visits, experiment: Experiment
) -> Purchases:
    """Draw which visits convert; their expected number is the plan's number of orders."""
    logs = np.zeros(visits.count)
    for _, effect in channel_effects(visits):
        logs += effect
    logs += message_effect(visits)
    is_bright = experiment.is_exposed(visits) & (experiment.variant[visits.visitor] == 1)
    logs += np.where(is_bright, np.log(experiments.EFFECT), 0.0)
    multiplier = np.exp(logs)
    relative = multiplier * people.propensity[visits.person]
    scale = _scale_for(relative, plan.expected_orders * (1 - OFFLINE_ORDER_SHARE))
    hazard = scale * relative
    drawn = stream(plan.seed, "purchases").random(visits.count)
    return Purchases(hazard, drawn < -np.expm1(-hazard), scale, multiplier)


def channel_effects(visits: Visits) -> Iterator[tuple[int, Floats]]:
    """Yield, per channel with an effect, its share of each visit's log hazard."""
    for position, channel in enumerate(CHANNELS):
        if channel.effect == 1.0:
            continue
        last = last_touch(visits, position)
        age = visits.time - visits.time[np.maximum(last, 0)]
        faded = np.log(channel.effect) * np.exp2(-age / channel.half_life_days)
        yield position, np.where(last >= 0, faded, 0.0)


def last_touch(visits: Visits, channel: int) -> Integers:
    """Per visit, the person's last visit on `channel` up to and including it, else -1."""
    rows = np.arange(visits.count)
    last = np.maximum.accumulate(np.where(visits.channel == channel, rows, -1))
    return np.where(last >= visits.first_of_person, last, -1)


def message_effect(visits: Visits) -> Floats:
    """Per visit, what a message delivered shortly before adds to the log hazard."""
    age = visits.time - (FIRST_SEND + visits.received * DAYS_BETWEEN_SENDS)
    is_fresh = (visits.received >= 0) & (age <= messages.EFFECT_DAYS)
    return np.where(is_fresh, np.log(messages.EFFECT), 0.0)


def lost_orders(hazard: Floats, log_effect: Floats) -> Floats:
    """Per visit, expected orders that would be lost without an effect on the log hazard."""
    without = np.exp(-hazard * np.exp(-log_effect))
    lost: Floats = without - np.exp(-hazard)
    return lost


def email_program_effect(visits: Visits) -> Floats:
    """Per visit, all that messages add to the log hazard: delivered ones and clicked ones."""
    clicked = next(effect for channel, effect in channel_effects(visits) if channel == EMAIL)
    return clicked + message_effect(visits)


def _scale_for(relative: Floats, orders: float) -> float:
    """Solve sum(1 - exp(-scale * relative)) = orders by Newton's method.

    The sum is concave in the scale, so from the left every step stays on the left and the
    iteration converges without safeguards.
    """
    scale = orders / float(relative.sum())
    for _ in range(12):
        kept = np.exp(-scale * relative)
        missing = orders - float((1.0 - kept).sum())
        scale += missing / float((relative * kept).sum())
    return scale
