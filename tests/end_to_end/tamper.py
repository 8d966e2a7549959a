"""Run a refresh and corrupt the build database just before one of its steps.

    python tests/end_to_end/tamper.py WORKSPACE STEP SQL

No landing file can break an invariant: if one could, that would be a bug of the models. So the
tests of the gates do what such a bug would do. The job, its assets and its files are the real
ones; the corruption hangs on the same progress reports as the lines of the terminal, which are
sent before a step opens the database. Prints the run's record as JSON.
"""

import json
import sys

import duckdb

from orchestration.progress import Step, reporting_to
from orchestration.runs.refresh import EXIT_CODES, RefreshOptions, refresh
from orchestration.workspace.paths import Workspace


class Tampering:
    """Listens for one step and runs SQL on the build database before it begins."""

    def __init__(self, workspace: Workspace, step: str, sql: str) -> None:
        self.workspace, self.step, self.sql = workspace, step, sql
        self.is_done = False

    def started(self, step: Step) -> None:
        if step.name == self.step:
            with duckdb.connect(str(self.workspace.build_database)) as connection:
                connection.execute(self.sql)
            self.is_done = True

    def told(self, step: Step, words: str) -> None:
        pass

    def ended(self, step: Step) -> None:
        pass


def main(directory: str, step: str, sql: str) -> int:
    workspace = Workspace.open(directory)
    tampering = Tampering(workspace, step, sql)
    with reporting_to(tampering):
        record = refresh(workspace, RefreshOptions(full_refresh=True))
    if not tampering.is_done:
        raise SystemExit(f"no step is named {step}")
    sys.stdout.write(json.dumps(record, default=str))
    return EXIT_CODES[str(record["outcome"])]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
