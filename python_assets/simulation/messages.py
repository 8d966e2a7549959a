"""Marketing e-mails: who gets which, who is held out, who leaves the list."""

import json
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    Booleans,
    Floats,
    Integers,
    categories,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.people import SEGMENTS, People
from python_assets.simulation.plan import ShopPlan

FIRST_SEND = 2 + 9 / 24
DAYS_BETWEEN_SENDS = 7
UNSUBSCRIBE_SHARE = 0.006
OPEN_SHARE = 0.32
# A delivered message raises the purchase hazard for this long, clicked or not.
EFFECT = 1.15
EFFECT_DAYS = 3.0


@dataclass(frozen=True)
class Mailing:
    """All sends of the period; send k goes to segment k modulo SEGMENTS.

    Attributes:
        names: Name of each send's campaign.
        sent_at: Time of each send, in days.
        unsubscribed_at: Per person, when they left the list; infinite for those who did not.
        unsubscribe_send: Per person, the send they left after, else -1.
    """

    names: list[str]
    sent_at: Floats
    unsubscribed_at: Floats
    unsubscribe_send: Integers

    def targets(self, people: People, send: int) -> Booleans:
        """Who is on the list of a send, held out or not."""
        sent_at = self.sent_at[send]
        is_target: Booleans = (
            people.is_subscriber
            & (people.segment == send % SEGMENTS)
            & (people.arrived < sent_at)
            & (self.unsubscribed_at > sent_at)
        )
        return is_target

    def last_received(self, people: People, person: Integers, at: Floats) -> Integers:
        """The newest send delivered to each person before a time, else -1."""
        newest = np.floor((at - FIRST_SEND) / DAYS_BETWEEN_SENDS).astype(np.int64)
        send = newest - (newest - people.segment[person]) % SEGMENTS
        sent_at = FIRST_SEND + send * DAYS_BETWEEN_SENDS
        is_delivered = (
            (send >= 0)
            & people.is_subscriber[person]
            & ~people.is_held_out[person]
            & (people.arrived[person] < sent_at)
            & (self.unsubscribed_at[person] > sent_at)
        )
        return np.where(is_delivered, send, -1)


def plan_mailing(plan: ShopPlan, people: People) -> Mailing:
    """Decide all sends, in order, since whoever unsubscribes gets no later one."""
    generator = stream(plan.seed, "mailing")
    sent_at = np.arange(FIRST_SEND, plan.days - 0.5, DAYS_BETWEEN_SENDS)
    names = [f"Weekly letter {plan.first_day + timedelta(days=int(moment))}" for moment in sent_at]
    mailing = Mailing(
        names, sent_at, np.full(people.count, np.inf), np.full(people.count, -1, dtype=np.int64)
    )
    for send, moment in enumerate(sent_at):
        delivered = np.flatnonzero(mailing.targets(people, send) & ~people.is_held_out)
        leaves = delivered[generator.random(len(delivered)) < UNSUBSCRIBE_SHARE]
        mailing.unsubscribed_at[leaves] = moment + generator.uniform(0.01, 0.4, len(leaves))
        mailing.unsubscribe_send[leaves] = send
    return mailing


@dataclass(frozen=True)
class MessageRows:
    """Rows of messaging.events before they get their text: person, send, time and kind."""

    person: Integers
    send: Integers
    time: Floats
    kind: Integers


KINDS = (
    "campaign_delivered",
    "campaign_held_out",
    "campaign_viewed",
    "campaign_clicked",
    "user_unsubscribed",
)
DELIVERED, HELD_OUT, VIEWED, CLICKED, UNSUBSCRIBED = range(len(KINDS))


def message_rows(
    plan: ShopPlan, people: People, mailing: Mailing, clicks: MessageRows
) -> MessageRows:
    """List everything that happened to every message, in order of time.

    Args:
        plan: The shop's plan.
        people: The public.
        mailing: Who was sent what.
        clicks: The visits that came from a message, as clicked rows.
    """
    generator = stream(plan.seed, "message rows")
    parts = [clicks]
    for send, moment in enumerate(mailing.sent_at):
        person = np.flatnonzero(mailing.targets(people, send))
        kind = np.where(people.is_held_out[person], HELD_OUT, DELIVERED)
        parts.append(_rows(person, send, moment + generator.uniform(0, 0.01, len(person)), kind))
        can_open = (kind == DELIVERED) & (people.ended[person] > moment)
        opened = person[can_open & (generator.random(len(person)) < OPEN_SHARE)]
        delay = 0.01 + generator.exponential(0.15, len(opened))
        parts.append(_rows(opened, send, moment + delay, np.full(len(opened), VIEWED)))
    left = np.flatnonzero(mailing.unsubscribe_send >= 0)
    parts.append(
        MessageRows(
            left,
            mailing.unsubscribe_send[left],
            mailing.unsubscribed_at[left],
            np.full(len(left), UNSUBSCRIBED),
        )
    )
    return _in_period(plan, parts)


def message_table(
    plan: ShopPlan, rows: MessageRows, customer: Integers, people: People, names: list[str]
) -> pd.DataFrame:
    """Build messaging.events.

    Args:
        plan: The shop's plan.
        rows: What happened, in order of time.
        customer: Number of each person's customer row.
        people: The public.
        names: Name of each send's campaign.
    """
    count = len(rows.person)
    properties = [json.dumps({"provider": "mailer", "subject": name}) for name in names]
    return pd.DataFrame(
        {
            "event_id": numbered("msg_", np.arange(1, count + 1)),
            "event_type": categories(KINDS, rows.kind),
            "timestamp": moments(plan.first_day, rows.time),
            "user_id": numbered("cus_", customer[rows.person]),
            "campaign_id": categories([f"mail_{k + 1}" for k in range(len(names))], rows.send),
            "creative_id": categories([f"letter_{k % 5}" for k in range(len(names))], rows.send),
            "segment_id": categories(
                [f"seg_{k}" for k in range(SEGMENTS)], people.segment[rows.person]
            ),
            "delivery_channel": categories(["email"], np.zeros(count, dtype=np.int64)),
            "is_holdout": rows.kind == HELD_OUT,
            "properties": categories(properties, rows.send),
        }
    )


def _rows(person: Integers, send: int, at: Floats, kind: Integers) -> MessageRows:
    return MessageRows(person, np.full(len(person), send), at, kind)


def _in_period(plan: ShopPlan, parts: list[MessageRows]) -> MessageRows:
    at = np.concatenate([part.time for part in parts])
    order = np.argsort(at, kind="stable")
    order = order[at[order] < plan.days]
    person = np.concatenate([part.person for part in parts])[order]
    send = np.concatenate([part.send for part in parts])[order]
    kind = np.concatenate([part.kind for part in parts])[order]
    return MessageRows(person, send, at[order], kind)
