"""Reads a definitions file as text and replaces it at once; the edits are made elsewhere."""

import codecs
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from orchestration.whole_files import unfinished
from orchestration.workspace.errors import WorkspaceError


def read_text(path: Path) -> str:
    """Return a file's text with its line ends, or nothing when it is missing.

    A byte order mark is left out; `replace_file` puts it back.
    """
    return path.read_bytes().decode("utf-8-sig") if path.exists() else ""


def replace_file(path: Path, text: str, check: Callable[[Path], None]) -> None:
    """Replace a file by a new text at once, or leave it as it is.

    Args:
        path: The file; it may be missing. A link stays one.
        text: All of its new text.
        check: Called with a file of that text; what it raises keeps the old file.

    Raises:
        WorkspaceError: If nothing can be written there.
    """
    target = path.resolve()
    try:
        # Not .csv or .yaml: a refresh that starts now would refuse it as an unknown definition.
        with unfinished(target) as file:
            file.write_bytes(_mark(target) + text.encode())
            if target.exists():
                shutil.copymode(target, file)
            check(file)
            os.replace(file, target)  # noqa: PTH105
    except OSError as failure:
        raise WorkspaceError(
            f"Cannot write {path} ({failure.strerror}): accepted is a file that you may write to."
        ) from failure


def _mark(path: Path) -> bytes:
    """The byte order mark that some spreadsheets begin a file with, where there is one."""
    has_mark = path.exists() and path.read_bytes().startswith(codecs.BOM_UTF8)
    return codecs.BOM_UTF8 if has_mark else b""
