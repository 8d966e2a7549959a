"""What people say and allow: feedback, consents, deletion requests."""

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    NO_CODE,
    Integers,
    blanked,
    categories,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.identities import Directory, emails
from python_assets.simulation.messages import Mailing
from python_assets.simulation.orders import Orders
from python_assets.simulation.people import People
from python_assets.simulation.plan import ShopPlan

REVIEW_SHARE = 0.12
NPS_SHARE = 0.05
RATING_SHARES = (0.06, 0.06, 0.13, 0.3, 0.45)
# Eleven values, 0 to 10, as an NPS survey asks.
NPS_SHARES = (0.02, 0.01, 0.02, 0.02, 0.03, 0.05, 0.07, 0.14, 0.2, 0.18, 0.26)
NEGATIVE, NEUTRAL, POSITIVE = range(3)
# English texts first, then other languages; an empty comment is none at all.
COMMENTS = {
    NEGATIVE: (
        "Terrible quality, it broke after two days.",
        "Delivery took three weeks and nobody answered my emails.",
        "Not what I expected. Very disappointed 😞",
        "Leider kaputt angekommen, sehr ärgerlich.",
        "Muy mala experiencia, no lo recomiendo.",
        "الخدمة سيئة جدا ولن أشتري مرة أخرى",
    ),
    NEUTRAL: (
        "It is a lamp. It does what it says.",
        "Arrived on Tuesday.",
        "Average, the colour differs a bit from the picture.",
        "Ist in Ordnung.",
        "Normal, sin más.",
        "المنتج عادي",
    ),
    POSITIVE: (
        "I love it! Great quality and fast delivery.",
        "Beautiful, exactly as described 😍🔥",
        "Excellent support, they solved my problem in minutes.",
        "Wunderschön, gerne wieder!",
        "¡Me encanta! Muy buena calidad.",
        "منتج رائع وتوصيل سريع",
    ),
}
LANGUAGE_SHARES = (0.28, 0.26, 0.26, 0.08, 0.07, 0.05)
COMMENT_SHARE = 0.7
EMAIL_SHARE = 0.5
CONSENT_CHANNELS = ("email", "sms", "ads")
CONSENT_STATUSES = ("granted", "denied", "withdrawn")
GRANTED, DENIED, WITHDRAWN = range(len(CONSENT_STATUSES))
AGREEMENT_SHARE = 0.55
EUROPE = ("GB", "DE", "ES", "FR", "IT")
DELETION_SHARE = 0.002


def feedback_table(plan: ShopPlan, orders: Orders, directory: Directory) -> pd.DataFrame:
    """Build crm.feedback, by time: reviews on a scale of 5 and NPS answers on one of 10."""
    generator = stream(plan.seed, "feedback")
    reviewed = np.flatnonzero(generator.random(orders.count) < REVIEW_SHARE)
    surveyed = np.flatnonzero(generator.random(orders.count) < NPS_SHARE)
    order = np.concatenate([reviewed, surveyed])
    is_nps = np.arange(len(order)) >= len(reviewed)
    at = orders.time[order] + generator.uniform(2, 15, len(order))
    kept = np.argsort(at, kind="stable")
    kept = kept[at[kept] < plan.days]
    order, is_nps, at = order[kept], is_nps[kept], at[kept]
    stars = 1 + np.searchsorted(np.cumsum(RATING_SHARES)[:-1], generator.random(len(order)))
    score = np.searchsorted(np.cumsum(NPS_SHARES)[:-1], generator.random(len(order)))
    rating = np.where(is_nps, score, stars)
    mood = _mood(rating, is_nps)
    person = orders.person[order]
    texts, code = _comments(generator, mood)
    knows_email = ~orders.with_account[order] | (generator.random(len(order)) < EMAIL_SHARE)
    return pd.DataFrame(
        {
            "id": numbered("fb_", np.arange(1, len(order) + 1)),
            "customer_id": directory.customer_ids(person, orders.with_account[order]),
            "email": emails(person, knows_email),
            "source_type": categories(["review", "nps_survey"], is_nps.astype(np.int64)),
            "rating": rating,
            "scale": np.where(is_nps, 10, 5),
            "comment": categories(texts, code),
            "created_at": moments(plan.first_day, at),
        }
    )


def _mood(rating: Integers, is_nps: np.ndarray) -> Integers:
    """Negative, neutral or positive, by the usual cuts: 6 and 8 of 10, 2 and 3 of 5."""
    low, high = np.where(is_nps, 6, 2), np.where(is_nps, 8, 3)
    return np.where(rating <= low, NEGATIVE, np.where(rating <= high, NEUTRAL, POSITIVE))


def _comments(generator: np.random.Generator, mood: Integers) -> tuple[list[str], Integers]:
    texts = [text for key in (NEGATIVE, NEUTRAL, POSITIVE) for text in COMMENTS[key]]
    cumulative = np.cumsum(LANGUAGE_SHARES)[:-1]
    language = np.searchsorted(cumulative, generator.random(len(mood)))
    is_written = generator.random(len(mood)) < COMMENT_SHARE
    return texts, np.where(is_written, mood * len(LANGUAGE_SHARES) + language, NO_CODE)


def consent_table(
    plan: ShopPlan, people: People, directory: Directory, mailing: Mailing
) -> pd.DataFrame:
    """Build crm.consents, by time: one answer per customer and channel, and withdrawals."""
    generator = stream(plan.seed, "consents")
    person = np.repeat(directory.persons, len(CONSENT_CHANNELS))
    channel = np.tile(np.arange(len(CONSENT_CHANNELS)), len(directory.persons))
    agrees = generator.random(len(person)) < AGREEMENT_SHARE
    agrees = np.where(channel == 0, people.is_subscriber[person], agrees)
    left = np.flatnonzero(np.isfinite(mailing.unsubscribed_at))
    left = left[mailing.unsubscribed_at[left] < plan.days]
    at = np.concatenate([directory.known_at[person], mailing.unsubscribed_at[left]])
    person = np.concatenate([person, left])
    channel = np.concatenate([channel, np.zeros(len(left), dtype=np.int64)])
    status = np.concatenate([np.where(agrees, GRANTED, DENIED), np.full(len(left), WITHDRAWN)])
    order = np.argsort(at, kind="stable")
    person, channel, status = person[order], channel[order], status[order]
    is_europe = np.isin(np.array(people.countries)[people.country[person]], EUROPE)
    return pd.DataFrame(
        {
            "id": numbered("con_", np.arange(1, len(order) + 1)),
            "customer_id": directory.customer_ids(person),
            "email": emails(person),
            "channel": categories(CONSENT_CHANNELS, channel),
            "status": categories(CONSENT_STATUSES, status),
            "region": categories(["other", "europe"], is_europe.astype(np.int64)),
            "source": categories(
                ["account", "message_footer"], (status == WITHDRAWN).astype(np.int64)
            ),
            "recorded_at": moments(plan.first_day, at[order]),
        }
    )


def deletion_table(plan: ShopPlan, directory: Directory) -> pd.DataFrame:
    """Build crm.deletion_requests, by time; some name the customer, some only the address."""
    generator = stream(plan.seed, "deletions")
    count = max(round(len(directory.persons) * DELETION_SHARE), min(2, len(directory.persons)))
    person = generator.permutation(directory.persons)[:count]
    since = np.maximum(directory.known_at[person], 0.0)
    at = np.sort(since + generator.random(count) * (plan.days - 0.01 - since))
    return pd.DataFrame(
        {
            "id": numbered("del_", np.arange(1, count + 1)),
            "customer_id": directory.customer_ids(person, np.arange(count) % 2 == 0),
            "email": blanked(emails(person), np.ones(count, dtype=np.bool_)),
            "requested_at": moments(plan.first_day, at),
        }
    )
