"""Forms on the site: newsletter sign-ups and contact requests."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    NO_CODE,
    SECONDS_PER_DAY,
    Booleans,
    Integers,
    categories,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.identities import emails
from python_assets.simulation.people import People
from python_assets.simulation.plan import ShopPlan
from python_assets.simulation.sessions import Tracking
from python_assets.simulation.visits import Visits

FORMS = ("newsletter", "contact")
CONTACT_SHARE = 0.004
FORM_AT = 0.5
MESSAGES = (
    "Is the oak lamp available again soon?",
    "Do you ship to Canada?",
    "My parcel has not arrived yet. Where is it?",
    "Können Sie mir eine Rechnung mit Umsatzsteuer schicken?",
    "¿Tienen tienda física en Madrid?",
    "هل يتوفر الشحن إلى دبي؟",
)


@dataclass(frozen=True)
class Forms:
    """Arrays with one entry per submission: its visit and the form's position in FORMS."""

    visit: Integers
    form: Integers

    def is_sent_in(self, visits: Visits) -> Booleans:
        """Per visit, whether a form was sent in it."""
        sent = np.zeros(visits.count, dtype=np.bool_)
        sent[self.visit] = True
        return sent


def draw_forms(plan: ShopPlan, people: People, visits: Visits) -> Forms:
    """Subscribers sign up on their first visit; anybody may ask a question."""
    generator = stream(plan.seed, "forms")
    signs_up = visits.is_first & people.is_subscriber[visits.person]
    asks = ~signs_up & (generator.random(visits.count) < CONTACT_SHARE)
    visit = np.flatnonzero(signs_up | asks)
    return Forms(visit, asks[visit].astype(np.int64))


def form_table(plan: ShopPlan, forms: Forms, tracking: Tracking) -> pd.DataFrame:
    """Build crm.form_submissions, by time."""
    visits, activity = tracking.visits, tracking.activity
    ids, directory = tracking.ids, tracking.directory
    generator = stream(plan.seed, "form table")
    at = visits.time[forms.visit] + FORM_AT * activity.seconds[forms.visit] / SECONDS_PER_DAY
    order = np.argsort(at, kind="stable")
    visit, form, at = forms.visit[order], forms.form[order], at[order]
    person = visits.person[visit]
    count = len(visit)
    is_known = directory.known_at[person] < at
    message = np.where(form == 1, generator.integers(0, len(MESSAGES), count), NO_CODE)
    fields = ['{"topic": "weekly letter", "agreed": true}', '{"topic": "question"}']
    return pd.DataFrame(
        {
            "id": numbered("form_", np.arange(1, count + 1)),
            "form_name": categories(FORMS, form),
            "visitor_id": ids.visitor_ids(visit),
            "session_id": ids.session_ids(visit),
            "email": emails(person),
            "customer_id": directory.customer_ids(person, is_known & (form == 1)),
            "submitted_at": moments(plan.first_day, at),
            "message": categories(MESSAGES, message),
            "fields": categories(fields, form),
        }
    )
