"""What is reported of any timelines, against the same counted in Python."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orchestration.workspace.stages import Stage
from tests.dbt_project.journeys.models import Shop

STAGES: tuple[str, ...] = get_args(Stage)
CHANNELS = ("direct", "email", "paid_search")
AS_OF = datetime(2026, 2, 28)


class Event(NamedTuple):
    """An event as `Shop.report` takes it."""

    event_id: str
    person: str
    event_type: str
    stage: str | None
    at: datetime


class Visit(NamedTuple):
    """A session as `Shop.report` takes it."""

    session_id: str
    person: str
    channel: str
    at: datetime


def events_of(drawn: list[tuple[str, str, str | None, datetime]]) -> list[Event]:
    return [Event(f"web:{number:03}", *act) for number, act in enumerate(drawn)]


def visits_of(drawn: list[tuple[str, str, datetime]]) -> list[Visit]:
    """Visits in order; of those at one moment, the session with the smaller name is earlier."""
    visits = [Visit(f"s{number:03}", *visit) for number, visit in enumerate(drawn)]
    return sorted(visits, key=lambda visit: (visit.at, visit.session_id))


moments = st.integers(0, 24 * 58).map(lambda hours: datetime(2026, 1, 1) + timedelta(hours=hours))
people = st.integers(0, 5).map("p{}".format)
acts = st.tuples(
    people, st.sampled_from(("page_view", "purchase")), st.sampled_from((*STAGES, None)), moments
)
timelines = st.lists(acts, max_size=40).map(events_of)
visitors = st.lists(st.tuples(people, st.sampled_from(CHANNELS), moments), max_size=30)
visits = visitors.map(visits_of)
few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def furthest(events: list[Event]) -> dict[str, int]:
    """The place of the furthest stage of each person who showed one."""
    found: dict[str, int] = {}
    for event in events:
        if event.stage is not None:
            index = STAGES.index(event.stage) + 1
            found[event.person] = max(index, found.get(event.person, 0))
    return found


@few
@given(events=timelines, visits=visits)
def test_the_funnel_counts_who_came_at_least_so_far(
    events: list[Event], visits: list[Visit], new_shop: Callable[[], Shop]
):
    shop = new_shop()
    shop.report(events, visits)
    reached = furthest(events)
    first = {visit.person: visit.channel for visit in reversed(visits)}
    members = defaultdict(list, {"all": list(reached.values())})
    for person, index in reached.items():
        members[first.get(person, "none")].append(index)
    funnel = defaultdict(list)
    for channel, *row in shop.rows(
        "select channel, persons, drop_off_persons, drop_off_rate, is_biggest_drop_off, "
        "awareness_to_conversion_rate from journeys.funnel order by channel, stage_index"
    ):
        funnel[channel].append(row)
    assert funnel.keys() == members.keys()
    for channel, indexes in members.items():
        persons = [sum(index >= place for index in indexes) for place in range(1, 8)]
        assert [row[0] for row in funnel[channel]] == persons
        assert persons == sorted(persons, reverse=True)
        lost = [here - there for here, there in pairwise(persons)]
        assert [row[1] for row in funnel[channel]] == [*lost, None]
        rates = [drop / here if here else None for drop, here in zip(lost, persons, strict=False)]
        assert [row[2] for row in funnel[channel]] == [*rates, None]
        biggest = max((rate for rate in rates if rate), default=None)
        flags = [biggest is not None and place == rates.index(biggest) for place in range(7)]
        assert [row[3] for row in funnel[channel]] == flags
        conversion = persons[4] / persons[0] if persons[0] else None
        assert {row[4] for row in funnel[channel]} == {conversion}


@few
@given(events=timelines)
def test_dropoff_counts_where_people_stopped(events: list[Event], new_shop: Callable[[], Shop]):
    shop = new_shop()
    shop.report(events)
    days_since: dict[tuple[str, str], list[int]] = defaultdict(list)
    for person, index in furthest(events).items():
        last = max(
            (event.at, event.event_id, event.event_type)
            for event in events
            if event.person == person and event.stage is not None
        )
        days_since[STAGES[index - 1], last[2]].append((AS_OF.date() - last[0].date()).days)
    stage_sizes = Counter()
    for (stage, _), days in days_since.items():
        stage_sizes[stage] += len(days)
    assert shop.rows("select * exclude (stage_index) from journeys.dropoff order by 1, 2") == [
        (
            stage,
            event_type,
            len(days),
            sum(number >= 30 for number in days),
            len(days) / stage_sizes[stage],
            median(days),
        )
        for (stage, event_type), days in sorted(days_since.items())
    ]


@few
@given(events=timelines, visits=visits, longest=st.integers(2, 4), top=st.integers(1, 6))
def test_paths_are_those_people_took(
    events: list[Event], visits: list[Visit], longest: int, top: int, new_shop: Callable[[], Shop]
):
    shop = new_shop()
    shop.use_settings(longest_path=longest, top_paths=top)
    shop.report(events, visits)
    taken = {"channel": channel_paths(visits, longest), "stage": stage_paths(events)}
    buyers = {event.person for event in events if event.event_type == "purchase"}
    buyers &= set(furthest(events))
    expected = []
    for path_type, paths in taken.items():
        counts = Counter(paths.values())
        ranked = sorted(counts, key=lambda path: (-counts[path], path))[:top]
        for rank, path in enumerate(ranked, start=1):
            takers = [person for person, one in paths.items() if one == path]
            converters = len(buyers.intersection(takers))
            expected.append(
                (path_type, path, rank, len(takers), converters, converters / len(takers),
                 len(takers) / len(paths))
            )  # fmt: skip
    assert shop.rows("select * from journeys.paths order by path_type, path_rank") == expected


def stage_paths(events: list[Event]) -> dict[str, str]:
    """Stages of each person in the order they were first reached."""
    firsts: dict[str, dict[str, tuple[datetime, int]]] = defaultdict(dict)
    for event in events:
        if event.stage is not None:
            moment = (event.at, STAGES.index(event.stage))
            stages = firsts[event.person]
            stages[event.stage] = min(moment, stages.get(event.stage, moment))
    return {
        person: " > ".join(sorted(stages, key=stages.__getitem__))
        for person, stages in firsts.items()
    }


def channel_paths(visits: list[Visit], longest: int) -> dict[str, str]:
    """Channels of each person in order, repeats in a row once, and at most so many."""
    steps: dict[str, list[str]] = defaultdict(list)
    for visit in visits:
        if steps[visit.person][-1:] != [visit.channel]:
            steps[visit.person].append(visit.channel)
    return {
        person: " > ".join([*path[:longest], *(["..."] if len(path) > longest else [])])
        for person, path in steps.items()
    }


def test_the_order_of_rows_changes_nothing(new_shop: Callable[[], Shop]):
    generator = random.Random(7)
    at = datetime(2026, 1, 1)
    # Few moments, so that nearly everything is decided by ties.
    events = [
        Event(f"web:{number:03}", f"p{number % 30}", generator.choice(("page_view", "purchase")),
              generator.choice(STAGES), at + timedelta(days=generator.randrange(2)))
        for number in range(300)
    ]  # fmt: skip
    reports = []
    for _ in range(2):
        shop = new_shop()
        shop.use_settings(top_paths=5)
        shop.report(events)
        reports.append(
            [
                shop.rows(f"select * from journeys.{table} order by all")
                for table in ("funnel", "paths", "dropoff")
            ]
        )
        generator.shuffle(events)
    assert reports[0] == reports[1]
    assert len(reports[0][1]) == 5
