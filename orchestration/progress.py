"""Who is told what a run is doing: the terminal for `adplan refresh`, nobody otherwise."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol


@dataclass
class Step:
    """One step of a run, while and after it runs.

    Attributes:
        name: What the step does, as shown to the user.
        rows: Rows it read or wrote, where that says something.
        note: Anything worth a word, such as `3 rows quarantined`.
        seconds: How long it took.
    """

    name: str
    rows: int | None = None
    note: str = ""
    seconds: float = 0.0

    def tell(self, words: str) -> None:
        """Say how far it is."""
        _listeners[-1].told(self, words)


class Listener(Protocol):
    """Told when a step starts and ends."""

    def started(self, step: Step) -> None:
        """A step begins."""

    def told(self, step: Step, words: str) -> None:
        """A step that takes a while says how far it is."""

    def ended(self, step: Step) -> None:
        """A step is over; its rows, note and seconds are known."""


class _Nobody:
    def started(self, step: Step) -> None:
        pass

    def told(self, step: Step, words: str) -> None:
        pass

    def ended(self, step: Step) -> None:
        pass


_listeners: list[Listener] = [_Nobody()]


@contextmanager
def reporting_to(listener: Listener) -> Iterator[None]:
    """Tell `listener` about every step until the block ends."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.pop()


@contextmanager
def step(name: str) -> Iterator[Step]:
    """Time a step and report it; the block may fill in its rows and note."""
    current = Step(name)
    listener = _listeners[-1]
    listener.started(current)
    started = time.perf_counter()
    try:
        yield current
    finally:
        current.seconds = time.perf_counter() - started
        listener.ended(current)
