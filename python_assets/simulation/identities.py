"""Names, e-mail addresses and customer records of the people the shop knows by name.

All names are common first and last names in random combination; every address lies in a
domain reserved for examples.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from python_assets.simulation.arrays import (
    NO_CODE,
    Booleans,
    Floats,
    Integers,
    Text,
    blanked,
    categories,
    chosen,
    dates,
    joined,
    moments,
    numbered,
    stream,
)
from python_assets.simulation.people import People
from python_assets.simulation.plan import ShopPlan

FIRST_NAMES = (
    *("Anna", "Ben", "Carla", "David", "Emma", "Frank", "Grace", "Hugo", "Ivy", "Jack"),
    *("Karen", "Liam", "Mia", "Noah", "Olivia", "Paul", "Rosa", "Sam", "Tara", "Victor"),
    *("Zoë", "José", "Łukasz", "Jürgen", "Renée", "Søren", "Chloé", "İpek", "محمد", "美咲"),
)
LAST_NAMES = (
    *("Adams", "Baker", "Clark", "Davis", "Evans", "Foster", "Garcia", "Hill", "Irwin", "Jones"),
    *("King", "Lopez", "Miller", "Nelson", "Owens", "Parker", "Reed", "Scott", "Turner", "Young"),
    *("Müller", "Núñez", "O'Brien", "Çelik", "Novák", "Åberg", "D'Angelo", "Nowak", "علي", "佐藤"),
)
DOMAINS = ("example.com", "example.org")
CITIES = {
    "US": "Springfield",
    "CA": "Ottawa",
    "GB": "Leeds",
    "AE": "دبي",
    "DE": "Köln",
    "ES": "Málaga",
    "FR": "Orléans",
    "IT": "Forlì",
}
# Chance to have bought before the first day: 1 - exp(-hazard * propensity).
EARLIER_PURCHASE_HAZARD = 0.1
PHONE_SHARE = 0.6
BIRTH_DATE_SHARE = 0.5


@dataclass(frozen=True)
class Directory:
    """What the shop could know about people by name.

    Attributes:
        people: The public.
        known_at: Per person, when the customer record was created, in days; infinite if never.
        number: Per person, the number in their customer id, 0 without a record.
        persons: The customers' persons, in the order of their records.
    """

    people: People
    known_at: Floats
    number: Integers
    persons: Integers

    @property
    def is_customer(self) -> Booleans:
        """Per person, whether a customer record exists."""
        return np.isfinite(self.known_at)

    def customer_ids(self, person: Integers, where: Booleans | None = None) -> Text:
        """Customer ids of `person`; null for people without one and where `where` is false."""
        position = np.maximum(person, 0)
        has_one = (person != NO_CODE) & self.is_customer[position]
        return numbered(
            "cus_", self.number[position], has_one if where is None else has_one & where
        )


def build_directory(
    plan: ShopPlan, people: People, buyer: Integers, bought_at: Floats
) -> Directory:
    """Decide who has a customer record and since when.

    Args:
        plan: The shop's plan.
        people: The public.
        buyer: Person of each order placed with an account.
        bought_at: Time of each of those orders, in days.
    """
    generator = stream(plan.seed, "directory")
    known_at = np.where(people.is_subscriber, people.arrived, np.inf)
    is_old = (people.arrived < 0) & ~people.is_guest
    chance = -np.expm1(-EARLIER_PURCHASE_HAZARD * people.propensity)
    bought_before = is_old & (generator.random(people.count) < chance)
    known_at = np.where(bought_before, np.minimum(known_at, people.arrived), known_at)
    np.minimum.at(known_at, buyer, bought_at)
    persons = np.argsort(known_at, kind="stable")
    persons = persons[: int(np.isfinite(known_at).sum())]
    number = np.zeros(people.count, dtype=np.int64)
    number[persons] = np.arange(1, len(persons) + 1)
    return Directory(people, known_at, number, persons)


def name_codes(person: Integers) -> tuple[Integers, Integers]:
    """First and last name of each person, as positions; spread by two prime strides."""
    return person * 7919 % len(FIRST_NAMES), person // 3 * 104_729 % len(LAST_NAMES)


def emails(person: Integers, where: Booleans | None = None) -> Text:
    """E-mail address of each person, unique by its number; null where `where` is false."""
    first, _ = name_codes(person)
    local = chosen([_ascii(name) for name in FIRST_NAMES], first)
    address = joined(local, ".", person, "@", chosen(DOMAINS, person % 2))
    return address if where is None else blanked(address, where)


def loud_emails(person: Integers, is_loud: Booleans) -> Text:
    """Like `emails`, but typed in capitals and with a blank after it where `is_loud`."""
    quiet = pd.Series(emails(person))
    loud = quiet[is_loud].str.upper() + " "
    quiet[is_loud] = loud
    typed: Text = quiet.array
    return typed


def customer_table(plan: ShopPlan, directory: Directory) -> pd.DataFrame:
    """Build commerce.customers, in the order of the records."""
    generator = stream(plan.seed, "customers")
    people, persons = directory.people, directory.persons
    count = len(persons)
    first, last = name_codes(persons)
    created_at = directory.known_at[persons]
    updated_at = created_at + generator.random(count) * (plan.days - created_at) * 0.9
    birth_day = -generator.integers(18 * 365, 75 * 365, count)
    country = people.country[persons]
    return pd.DataFrame(
        {
            "id": directory.customer_ids(persons),
            "email": emails(persons),
            "phone": numbered(
                "+1555", persons % 10_000_000, generator.random(count) < PHONE_SHARE, 7
            ),
            "first_name": categories(FIRST_NAMES, first),
            "last_name": categories(LAST_NAMES, last),
            "country": categories(people.countries, country),
            "city": categories([CITIES[code] for code in people.countries], country),
            "birth_date": blanked(
                dates(plan.first_day, birth_day), generator.random(count) < BIRTH_DATE_SHARE
            ),
            "marketing_opt_in": people.is_subscriber[persons],
            "created_at": moments(plan.first_day, created_at),
            "updated_at": moments(plan.first_day, updated_at),
            "has_account": ~people.is_guest[persons],
        }
    )


def _ascii(name: str) -> str:
    plain = "".join(letter for letter in name.lower() if letter.isascii())
    return plain or "customer"
