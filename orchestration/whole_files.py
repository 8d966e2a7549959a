"""Files that are written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """Name a file beside `target` to write to, and to move there once it is whole.

    Its name is one that whatever reads the folder passes over. The folder is made, and the file is
    gone in the end, unless it was moved.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    file = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)
