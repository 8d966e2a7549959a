"""Building the site: pages and data are put together, rendered, and swapped in."""

import shutil
import time
from pathlib import Path

from filelock import FileLock

from orchestration.progress import step
from orchestration.reports import data, packages
from orchestration.reports.folders import PAGES, Project
from orchestration.workspace.paths import Workspace

# What Evidence reads beside the data, and what is kept of the build before.
_PARTS = ("pages", "partials", "evidence.config.yaml")
_PACKAGES = ("node_modules", "package.json", "package-lock.json", ".npmrc", "patches")


def build(workspace: Workspace, target: Path) -> Path:
    """Build the site of a workspace's published file.

    Args:
        workspace: Whose published file is read; nothing else of it is.
        target: Folder of the site. What was there stays until the new site is complete.

    Returns:
        The folder.

    Raises:
        UsageError: If nothing is published or Node.js is missing.
        SourceError: If a source query fails.
        BuildError: If npm or Evidence fails.
    """
    packages.require_node()
    project = Project.locate()
    project.root.mkdir(parents=True, exist_ok=True)
    with FileLock(project.lock_file):
        packages.install(project)
        _assemble(project)
        with step("Write data of pages") as current:
            current.rows = data.export(workspace, project.data)
        _render(project)
        with step("Put the site in place") as current:
            _swap_in(project.built_site, target)
            current.note = str(target)
    return target


def _assemble(project: Project) -> None:
    """Put the pages into the project; nothing of the build before is left."""
    kept = {*_PACKAGES, project.installed_mark.name, project.lock_file.name}
    for entry in project.root.iterdir():
        if entry.name in kept:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    for part in _PARTS:
        source, target = PAGES / part, project.root / part
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)


def _render(project: Project) -> None:
    with step("Render pages") as current:
        started = time.monotonic()
        command = ["node", "node_modules/@evidence-dev/evidence/cli.js", "build:strict"]
        for line in packages.lines_of(command, project.root, {"npm_config_offline": "true"}):
            current.tell(f"{time.monotonic() - started:.0f} s, {line}")
        if not (project.built_site / "index.html").is_file():
            raise packages.BuildError(f"Evidence left no index.html in {project.built_site}")


def _swap_in(built: Path, target: Path) -> None:
    """Replace the site by two renames; a reader never sees half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new, old = (target.with_name(f".{target.name}.{word}") for word in ("new", "old"))
    for folder in (new, old):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built, new)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
