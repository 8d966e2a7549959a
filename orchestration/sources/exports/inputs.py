"""Which exported files there are, and what the files made of them are called."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingestion.files import LandingFile, landing_files
from orchestration.sources.connector import SourceError

_GLOB = re.compile(r"[*?\[]")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")

# Longer names are refused by some file systems once endings are added.
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Place:
    """Where files are dropped, as the settings name it.

    Attributes:
        path: A folder, a file, or a pattern with `*`, `?` or `**`; relative to the workspace.
        prefix: Put before the names of what is made of its files, where a connector has several
            places.
    """

    path: str
    prefix: str = ""

    def folder(self, root: Path) -> Path:
        """The folder that all its files are below."""
        return self._split(root)[0]

    def inputs(self, root: Path) -> list[LandingFile]:
        """List its files, oldest first.

        Raises:
            SourceError: If there is no such folder or no file in it. Nothing is concluded from
                that, because an unmounted disk looks the same.
        """
        folder, pattern = self._split(root)
        if not folder.is_dir():
            raise SourceError(f"the folder {folder} does not exist: put the exported files there")
        found = landing_files(folder)
        if pattern:
            matching = {path.relative_to(folder).as_posix() for path in folder.glob(pattern)}
            found = [file for file in found if file.path.relative_to(folder).as_posix() in matching]
        if not found:
            raise SourceError(
                f"{self.path}: no file there; what was read before stays as it is. "
                "Name the folder of the exported files, or a pattern such as exports/*.parquet"
            )
        return found

    def name_of(self, file: LandingFile) -> str:
        """Name of what is made of a file, without ending: the same for the same file, always."""
        return f"{self.prefix}{_safe(file.relative)}"

    def _split(self, root: Path) -> tuple[Path, str]:
        """The part before any pattern, and the pattern below it."""
        whole = root / Path(self.path).expanduser()
        parts = whole.parts
        fixed = next((at for at, part in enumerate(parts) if _GLOB.search(part)), len(parts))
        folder = Path(*parts[:fixed])
        if fixed == len(parts) and folder.is_file():
            # A file is a pattern that only itself matches.
            escaped = re.sub(r"([*?\[])", r"[\1]", folder.name)
            return folder.parent, escaped
        return folder, "/".join(parts[fixed:])


def fingerprint(parts: Iterable[object]) -> str:
    """A short digest that differs where any of the parts does.

    Example:
        >>> fingerprint(["a", 1]) == fingerprint(["a", 1])
        True
        >>> fingerprint(["a", 1]) == fingerprint(["a", "1"])
        False
    """
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()[:16]


def _safe(relative: str) -> str:
    """A file name that no two paths share.

    Example:
        >>> _safe("events_20260101.parquet")
        'events_20260101.parquet'
        >>> _safe("2026/01/events.jsonl").startswith("2026-01-events.jsonl-")
        True
    """
    safe = _UNSAFE.sub("-", relative).lstrip(".")[-_LONGEST_NAME:]
    return safe if safe == relative else f"{safe}-{fingerprint([relative])[:8]}"
