"""Node and the npm packages of the site: checked, installed once, run with telemetry off."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from orchestration.commands.console import UsageError
from orchestration.progress import step
from orchestration.reports.folders import PAGES, Project, package_files

# Evidence 40 builds on 18 and later; 20 is the oldest that still gets fixes and that was tried.
_OLDEST_NODE = 20
_LAST_LINES = 25
# Where in Node something went wrong says nothing about the page that is to blame.
_STACK = re.compile(
    r"at |file:///|\(file:///|throw |Node\.js v|\(Use `node|[-+]\(|\^$|\}$|Emitted "
)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class BuildError(Exception):
    """npm or Evidence failed; the message ends with what it printed last."""


def require_node() -> None:
    """Make sure that node and npm are there and new enough.

    Raises:
        UsageError: If they are not; the message says what to install.
    """
    advice = f"install Node.js {_OLDEST_NODE} or newer, with npm, to build the site"
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            raise UsageError(f"`{program}` was not found: {advice}")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    major = re.match(r"v(\d+)", version.stdout)
    if major is None or int(major.group(1)) < _OLDEST_NODE:
        raise UsageError(f"Node.js here is {version.stdout.strip() or 'broken'}: {advice}")


def install(project: Project) -> None:
    """Install the npm packages into the project, unless they are there.

    Raises:
        BuildError: If npm fails.
    """
    if project.installed_mark.exists():
        return
    with step("Install npm packages (once)") as current:
        for file in package_files():
            target = project.root / file.relative_to(PAGES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, target)
        # `npm ci` refuses: with the overrides the lock lacks packages of other platforms.
        # No package needs its install script, and none is run.
        npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress"]
        patch = ["node", "node_modules/patch-package/index.js"]
        for command in (npm, patch):
            for line in lines_of(command, project.root):
                current.tell(line)
        project.installed_mark.touch()


def lines_of(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a command and yield what it prints, line by line.

    Raises:
        BuildError: If it fails, with the last lines it printed.
    """
    silent = {
        "SEND_ANONYMOUS_USAGE_STATS": "no",
        "npm_config_update_notifier": "false",
        "NO_COLOR": "1",
    }
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **silent, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for raw in process.stdout or ():
            line = _COLOURS.sub("", raw).strip()
            if line:
                lines.append(line)
                yield line
    if process.returncode:
        told = [line for line in lines if not _STACK.match(line)]
        last = "\n".join(told[-_LAST_LINES:])
        raise BuildError(f"`{' '.join(command)}` ended with {process.returncode}:\n{last}")
