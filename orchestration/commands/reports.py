"""`adplan reports`: build the site of the published file, and show it on this machine."""

from pathlib import Path

from orchestration.commands.console import StepPrinter, UsageError, errors, out
from orchestration.progress import reporting_to
from orchestration.reports.build import build as build_site
from orchestration.reports.data import SourceError
from orchestration.reports.packages import BuildError
from orchestration.reports.serve import HOST, server
from orchestration.workspace.paths import Workspace

FAILED = 1


def build(directory: Path, to: Path | None) -> int:
    """Build the site and return the exit code: 0 built, 1 failed."""
    workspace = Workspace.open(directory)
    _require_published(workspace)
    target = to.expanduser().resolve() if to else workspace.site
    if target.exists() and not (target / "index.html").exists() and any(target.iterdir()):
        raise UsageError(f"{target} holds something else than a site: give a folder of its own")
    try:
        with reporting_to(StepPrinter()):
            build_site(workspace, target)
    except (BuildError, SourceError) as error:
        errors.print(f"{error}\nThe site was not built.", markup=False, highlight=False)
        return FAILED
    out.print(
        f"Built {target}: look at it with `adplan reports serve -w {directory}`"
        if to is None
        else f"Built {target}: serve it with any web server that answers range requests",
        highlight=False,
        soft_wrap=True,
    )
    return 0


def serve(directory: Path, port: int) -> None:
    """Serve the site until interrupted."""
    workspace = Workspace.open(directory)
    if not (workspace.site / "index.html").is_file():
        raise UsageError(
            f"{workspace.root} has no site yet: run `adplan reports build -w {directory}`"
        )
    try:
        running = server(workspace.site, port)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}): give another") from error
    out.print(f"http://{HOST}:{running.server_port}/  (stop with Ctrl+C)", highlight=False)
    try:
        running.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        running.server_close()


def _require_published(workspace: Workspace) -> None:
    if not workspace.published_database.exists():
        raise UsageError(
            f"{workspace.root} has no published tables yet: "
            f"run `adplan refresh -w {workspace.root}`"
        )
