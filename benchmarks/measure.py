"""Measuring: a command in a process of its own, its seconds and memory, and tables to print.

A process of its own, because a peak of memory is never given back by the one that had it.
Nothing here asserts: machines differ, and what counts is the ratio within one run.
"""

import os
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

console = Console(width=None if Console().is_terminal else 140)

_SAMPLE_SECONDS = 0.1
_BYTES_PER_MB = 2**20
_KB_PER_MB = 1024


class Measured(NamedTuple):
    """What a command cost.

    Attributes:
        seconds: Wall time.
        cpu_seconds: Time on the processor, all its processes together; unlike wall time it
            hardly grows when others use the machine.
        peak_mb: Most memory its processes held at once (sampled), or the largest of them held
            (exact), whichever is more.
        output: What it wrote to standard output.
        messages: What it wrote to standard error.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float
    output: str = ""
    messages: str = ""


class CommandFailedError(Exception):
    """A measured command ended with an error; the message holds its last words."""


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end and measure it, with every process it starts.

    Raises:
        CommandFailedError: If its exit code is not 0.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as messages:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=messages, env={**os.environ, **(environment or {})}
        )
        with _Sampler(process.pid) as sampler:
            # The usage of a child includes what the child's own children used.
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        written, said = (_content(file) for file in (output, messages))
    if process.returncode != 0:
        raise CommandFailedError(f"{' '.join(command)}\n{written[-2000:]}\n{said[-4000:]}")
    peak_mb = max(sampler.peak_mb, usage.ru_maxrss / _KB_PER_MB)
    return Measured(seconds, usage.ru_utime + usage.ru_stime, peak_mb, written, said)


def median_of(times: int, measure: Callable[[], Measured]) -> Measured:
    """Measure several times and return the run of median wall time."""
    runs = sorted((measure() for _ in range(times)), key=lambda one: one.seconds)
    middle = statistics.median_low(range(len(runs)))
    return runs[middle]


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows; numbers to the right, floats with two digits."""
    content = [list(row) for row in rows]
    table = Table(title=title, title_justify="left")
    for index, column in enumerate(columns):
        is_number = all(isinstance(row[index], int | float | None) for row in content)
        table.add_column(column, justify="right" if is_number else "left", no_wrap=is_number)
    for row in content:
        table.add_row(*(_shown(value) for value in row))
    console.print(table)


class _Sampler:
    """Watches what a process and its descendants hold, until the block ends."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "_Sampler":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(_SAMPLE_SECONDS):
            self.peak_mb = max(self.peak_mb, _tree_mb(self._pid))


def _tree_mb(pid: int) -> float:
    """Resident memory of a process and its descendants; 0 once it is gone."""
    process = Path(f"/proc/{pid}")
    try:
        pages = int((process / "statm").read_text().split()[1])
        children = [
            int(child)
            for task in (process / "task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except (OSError, IndexError):
        return 0.0
    own_mb = pages * os.sysconf("SC_PAGE_SIZE") / _BYTES_PER_MB
    return own_mb + sum(_tree_mb(child) for child in children)


def _content(file: object) -> str:
    file.seek(0)  # type: ignore[attr-defined]
    return str(file.read())  # type: ignore[attr-defined]


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("[", r"\[")
