"""One refresh in this process, with a stamp at everything it does.

    python -m benchmarks.refresh.steps WORKSPACE --began-at SECONDS

Prints JSON for `__main__.py`. It is `adplan refresh` but for the command line: the same
imports in the same order, told apart by the clock.
"""

import json
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.progress import Step


@dataclass(frozen=True)
class Part:
    """A stretch of a refresh.

    Attributes:
        name: What went on.
        seconds: How long.
        rows: Rows it read or wrote, where that says something.
    """

    name: str
    seconds: float
    rows: int | None = None


class _Stamps:
    """Told by the refresh when its steps start and end."""

    def __init__(self) -> None:
        self.steps: list[tuple[Step, float, float]] = []
        self._started_at = 0.0

    def started(self, step: Step) -> None:
        del step
        self._started_at = time.time()

    def told(self, step: Step, words: str) -> None:
        pass

    def ended(self, step: Step) -> None:
        self.steps.append((step, self._started_at, time.time()))


def main() -> None:
    """Refresh a workspace and print its parts."""
    directory = Path(sys.argv[1])
    began_at = float(sys.argv[sys.argv.index("--began-at") + 1])
    parts = [Part("Python starts", time.time() - began_at)]
    parts += _imports()
    stamps = _Stamps()
    from orchestration.progress import reporting_to  # noqa: PLC0415
    from orchestration.runs.refresh import RefreshOptions, refresh  # noqa: PLC0415
    from orchestration.workspace.paths import Workspace  # noqa: PLC0415

    called_at = time.time()
    with reporting_to(stamps):
        record = refresh(Workspace.open(directory), RefreshOptions())
    parts += _parts(directory, stamps, called_at, time.time())
    print(json.dumps({"outcome": record["outcome"], "parts": [vars(part) for part in parts]}))


def _imports() -> list[Part]:
    """Import what a refresh imports, the large ones first and apart."""
    parts = []
    for name, modules in {
        "Import the command line": ("orchestration.commands.refresh",),
        "Import Dagster": ("dagster",),
        "Import dagster-dbt": ("dagster_dbt",),
        "Load definitions": ("orchestration.definitions",),
    }.items():
        started = time.perf_counter()
        for module in modules:
            __import__(module)
        if name == "Load definitions":
            sys.modules["orchestration.definitions"].defs().resolve_job_def("daily_refresh")
        parts.append(Part(name, time.perf_counter() - started))
    return parts


def _parts(directory: Path, stamps: _Stamps, called_at: float, ended_at: float) -> list[Part]:
    """The refresh itself: its steps, and what passed between them."""
    if not stamps.steps:
        return [Part("Find that nothing changed", ended_at - called_at)]
    parts = [Part("Dagster: start the run", stamps.steps[0][1] - called_at)]
    previous_end = stamps.steps[0][1]
    between = 0.0
    ingest: list[Step] = []
    for step, started_at, step_ended_at in stamps.steps:
        between += started_at - previous_end
        previous_end = step_ended_at
        if step.name.startswith("Ingest "):
            ingest.append(step)
        elif "dbt)" in step.name:
            parts += _dbt_parts(directory, started_at, step_ended_at)
        else:
            parts.append(Part(step.name, step_ended_at - started_at, step.rows))
    loaded = Part(
        "Ingest (all tables)",
        sum(step.seconds for step in ingest),
        sum(step.rows or 0 for step in ingest),
    )
    ends = [Part("Dagster: between steps", between), Part("Dagster: end", ended_at - previous_end)]
    return [parts[0], loaded, *parts[1:], *ends]


def _dbt_parts(directory: Path, started_at: float, ended_at: float) -> list[Part]:
    """The dbt step by what dbt itself was doing."""
    nodes = node_times(directory)
    if not nodes:
        return [Part("dbt", ended_at - started_at)]
    first, last = min(node.started_at for node in nodes), max(node.ended_at for node in nodes)
    busy = sum(node.seconds for node in nodes)
    # Nodes overlap, one on each of dbt's threads; each kind gets its share of the wall time.
    shares = {
        kind: sum(node.seconds for node in nodes if node.kind == kind) / busy * (last - first)
        for kind in ("seed", "model", "test")
    }
    return [
        Part("dbt: start (process, imports, project)", first - started_at),
        Part("dbt: seeds", shares["seed"]),
        Part("dbt: models", shares["model"]),
        Part("dbt: tests", shares["test"]),
        Part("dbt: end", ended_at - last),
    ]


@dataclass(frozen=True)
class Node:
    """What one dbt node took.

    Attributes:
        name: Of the node.
        kind: model, seed or test.
        compile_seconds: Rendering its SQL.
        execute_seconds: Running it, transactions included.
        seconds: All of it, dbt's own housekeeping included.
        started_at: When, as seconds since 1970.
        ended_at: Likewise.
    """

    name: str
    kind: str
    compile_seconds: float
    execute_seconds: float
    seconds: float
    started_at: float
    ended_at: float


def node_times(directory: Path) -> list[Node]:
    """Read what dbt says of its last invocation."""
    file = directory / ".dagster" / "dbt" / "run_results.json"
    if not file.exists():
        return []
    results = json.loads(file.read_text(encoding="utf-8"))["results"]
    return [_node(result) for result in results if _moments(result)]


def _node(result: dict[str, Any]) -> Node:
    moments = _moments(result)
    kind, _, name = result["unique_id"].split(".", 2)
    spans = {phase: end - start for phase, (start, end) in moments.items()}
    return Node(
        name=name.removeprefix("adplan."),
        kind=kind,
        compile_seconds=spans.get("compile", 0.0),
        execute_seconds=spans.get("execute", 0.0),
        seconds=float(result["execution_time"]),
        started_at=min(start for start, _ in moments.values()),
        ended_at=max(end for _, end in moments.values()),
    )


def _moments(result: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {
        phase["name"]: (_seconds(phase["started_at"]), _seconds(phase["completed_at"]))
        for phase in result["timing"]
        if phase.get("started_at") and phase.get("completed_at")
    }


def _seconds(moment: str) -> float:
    return datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp()


if __name__ == "__main__":
    main()
