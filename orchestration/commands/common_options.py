"""Options that most commands take."""

from pathlib import Path
from typing import Annotated

import typer

WorkspaceOption = Annotated[
    Path,
    typer.Option("--workspace", "-w", help="Folder of the workspace.", envvar="ADPLAN_WORKSPACE"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
HERE = Path()
