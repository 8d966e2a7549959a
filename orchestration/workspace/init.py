"""Makes a folder a workspace: settings, definitions and landing folders, where missing."""

import json
from importlib.resources import files
from pathlib import Path

from orchestration.ingestion.contract import TABLES
from orchestration.workspace.definitions import FILES
from orchestration.workspace.errors import WorkspaceError
from orchestration.workspace.landing_readme import landing_readme
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import Settings

_TEMPLATE = files("orchestration.workspace") / "template"


def initialise(directory: Path, name: str | None = None) -> list[Path]:
    """Create what a workspace needs and does not have yet.

    Args:
        directory: The workspace's folder; it is created when missing.
        name: The shop's name in new settings; the folder's own name when it is None.

    Returns:
        The files written, in the order they were written. Existing files are left as they are.

    Raises:
        WorkspaceError: If the directory is a file, or nothing can be written there.
    """
    workspace = Workspace(directory.expanduser().resolve())
    if workspace.root.exists() and not workspace.root.is_dir():
        raise WorkspaceError(f"{workspace.root} is a file: give a folder, new or existing.")
    shop = (name or "").strip() or workspace.root.name or str(Settings().name)
    try:
        for table in TABLES:
            folder = workspace.landing / table.source / table.name
            folder.mkdir(parents=True, exist_ok=True)
        return [path for path, text in _contents(workspace, shop).items() if _write(path, text)]
    except OSError as failure:
        raise WorkspaceError(
            f"Cannot write {failure.filename} ({failure.strerror}): "
            "give a folder that you may write to."
        ) from failure


def _contents(workspace: Workspace, name: str) -> dict[Path, str]:
    """Every file of a new workspace and its text."""
    settings = (_TEMPLATE / "adplan.yaml").read_text(encoding="utf-8")
    # A JSON string is a YAML string, whatever characters the name has.
    named = settings.replace("name: my shop", f"name: {json.dumps(name, ensure_ascii=False)}", 1)
    definitions = {
        workspace.definitions / file: (_TEMPLATE / "definitions" / file).read_text("utf-8")
        for file in FILES
    }
    return {
        workspace.settings_file: named,
        **definitions,
        workspace.landing / "README.md": landing_readme(),
        # Under its own name it would hide files of adplan's repository.
        workspace.root / ".gitignore": (_TEMPLATE / "gitignore.txt").read_text("utf-8"),
    }


def _write(path: Path, text: str) -> bool:
    """Write a new file; return False when there is one already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # Mode x never overwrites, not even a file that appeared a moment ago.
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return False
    return True
