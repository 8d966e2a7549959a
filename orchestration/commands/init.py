"""`adplan init`."""

from pathlib import Path

from orchestration.commands.console import out, print_json
from orchestration.workspace.init import initialise


def run(directory: Path, name: str | None, *, as_json: bool) -> None:
    """Create what is missing of a workspace and say what was created."""
    written = initialise(directory, name)
    if as_json:
        print_json({"workspace": directory.resolve(), "written": written})
        return
    for path in written:
        out.print(f"wrote {path}", highlight=False, markup=False, soft_wrap=True)
    if not written:
        out.print("nothing to write: every file of the workspace is already there")
    out.print(
        f"\nDrop files into {directory}/landing/<source>/<table>/ (see landing/README.md), "
        f"then: adplan refresh -w {directory}",
        highlight=False,
        markup=False,
        soft_wrap=True,
    )
