"""`adplan refresh`."""

from pathlib import Path

from orchestration.commands.console import StepPrinter, errors, out, print_json
from orchestration.progress import reporting_to
from orchestration.runs.refresh import EXIT_CODES, RefreshOptions, refresh
from orchestration.workspace.paths import Workspace


def run(directory: Path, options: RefreshOptions, *, as_json: bool) -> int:
    """Refresh the workspace, say how it went and return the exit code."""
    workspace = Workspace.open(directory)
    with reporting_to(StepPrinter()):
        record = refresh(workspace, options)
    if as_json:
        print_json(record)
    else:
        _tell(workspace, record)
    return EXIT_CODES[str(record["outcome"])]


def _tell(workspace: Workspace, record: dict[str, object]) -> None:
    outcome = record["outcome"]
    if outcome == "published":
        out.print(
            f"Published {workspace.published_database} as of {record['as_of']} "
            f"in {record['seconds']} s.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    elif outcome == "unchanged":
        out.print(
            f"Nothing changed since the last published run: {workspace.published_database} "
            f"is what this run would give (as of {record['as_of']}).",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    elif outcome == "partial":
        out.print("The selected assets were built; nothing was published.")
    else:
        verb = "REFUSED by its checks" if outcome == "refused" else "FAILED"
        errors.print(f"{verb}; nothing was published.", style="bold red")
        errors.print(str(record.get("error") or ""), markup=False, highlight=False, soft_wrap=True)
