"""Visits: who comes when, on which channel and link, and in which experiment variant."""

from dataclasses import dataclass

import numpy as np

from python_assets.simulation import channels
from python_assets.simulation.account import AdAccount
from python_assets.simulation.arrays import (
    NO_CODE,
    Booleans,
    Floats,
    Integers,
    pick,
    repeated_positions,
    stream,
)
from python_assets.simulation.messages import Mailing
from python_assets.simulation.people import People
from python_assets.simulation.plan import Calendar, ShopPlan
from python_assets.simulation.traffic import Links, draw_ads

SECOND_DEVICE_VISITS = 0.4


@dataclass(frozen=True)
class Visits:
    """Arrays with one entry per visit (session), ordered by person and time.

    Attributes:
        person: Position of the visitor's person.
        time: Start, in days since the first day.
        first_of_person: Position of the person's first visit, repeated on each of their visits.
        is_first: Whether it is the first visit of a person who came within the period.
        visitor: Number of the visitor id.
        is_second_device: Whether the visit is made on the person's second device.
        channel: Position in CHANNELS.
        link: Position in Links.all.
        ad: Position of the clicked Meta ad, else NO_CODE.
        received: Last message delivered to the person before the visit, else -1.
    """

    person: Integers
    time: Floats
    first_of_person: Integers
    is_first: Booleans
    visitor: Integers
    is_second_device: Booleans
    channel: Integers
    link: Integers
    ad: Integers
    received: Integers

    @property
    def count(self) -> int:
        """Number of visits."""
        return len(self.person)

    @property
    def day(self) -> Integers:
        """Day of each visit, 0 for the first."""
        return np.floor(self.time).astype(np.int64)


def draw_visits(plan: ShopPlan, calendar: Calendar, people: People, mailing: Mailing) -> Visits:
    """Draw when people come and on which channel; links and ads are drawn by `with_links`."""
    generator = stream(plan.seed, "visits")
    person, at, is_first, first_of_person = _draw_times(generator, calendar, people)
    second = people.second_visitor[person] != people.first_visitor[person]
    second &= generator.random(len(person)) < SECOND_DEVICE_VISITS
    received = mailing.last_received(people, person, at)
    nothing = np.full(len(person), NO_CODE)
    return Visits(
        person=person,
        time=at,
        first_of_person=first_of_person,
        is_first=is_first,
        visitor=np.where(second, people.second_visitor[person], people.first_visitor[person]),
        is_second_device=second,
        channel=_draw_channels(generator, people.propensity[person], is_first, received),
        link=nothing,
        ad=nothing,
        received=received,
    )


def with_links(plan: ShopPlan, visits: Visits, account: AdAccount, links: Links) -> Visits:
    """Draw the link of each visit, and the ad behind it when there is one."""
    generator = stream(plan.seed, "links")
    link = np.full(visits.count, NO_CODE)
    ad = np.full(visits.count, NO_CODE)
    for channel in range(len(channels.CHANNELS)):
        rows = np.flatnonzero(visits.channel == channel)
        if channel == channels.PAID_SOCIAL:
            ad[rows] = draw_ads(generator, account.runs_on(plan.days), visits.day[rows])
            link[rows] = links.of_ads(generator, ad[rows])
        elif channel == channels.EMAIL:
            link[rows] = links.first_email + visits.received[rows]
        else:
            link[rows] = links.of_channel(generator, channel, len(rows))
    return Visits(**{**vars(visits), "link": link, "ad": ad})


def _draw_times(
    generator: np.random.Generator, calendar: Calendar, people: People
) -> tuple[Integers, Floats, Booleans, Integers]:
    """Visit times of everybody: one at arrival, the others a Poisson process on demand time."""
    begins = calendar.weighted(people.arrived)
    ends = calendar.weighted(people.ended)
    counts = generator.poisson(people.visit_rate * (ends - begins))
    is_new = people.arrived >= 0
    totals = counts + is_new
    person = np.repeat(np.arange(people.count), totals)
    is_first = (repeated_positions(totals) == 0) & is_new[person]
    drawn = begins[person] + generator.random(len(person)) * (ends - begins)[person]
    weighted = np.where(is_first, begins[person], drawn)
    order = np.lexsort((~is_first, weighted, person))
    at = calendar.at(weighted[order])
    starts = np.cumsum(totals) - totals
    return person, at, is_first, np.repeat(starts, totals)


def _draw_channels(
    generator: np.random.Generator, propensity: Floats, is_first: Booleans, received: Integers
) -> Integers:
    """Channel of each visit: willing people have other habits, and only mail brings e-mail."""
    pull = np.array([channel.pull for channel in channels.CHANNELS])
    first = np.array([channel.first_share for channel in channels.CHANNELS])
    later = np.array([channel.return_share for channel in channels.CHANNELS])
    is_willing = propensity > 1.0
    channel = np.full(len(propensity), channels.DIRECT)
    for shares, at_first in ((first, True), (later, False)):
        for factor, willing in ((pull, True), (1.0, False)):
            rows = np.flatnonzero((is_first == at_first) & (is_willing == willing))
            channel[rows] = pick(generator, shares * factor, len(rows))
    by_mail = ~is_first & (received >= 0)
    by_mail &= generator.random(len(channel)) < channels.EMAIL_VISIT_SHARE
    channel[by_mail] = channels.EMAIL
    return channel
