"""Which files lie in a landing folder, and whether they changed since they were read.

A file is known by its path, size, modification time and change time: any of them differing
means it is read again. Contents are not hashed: reading a file twice is harmless, hashing
hundreds of megabytes every morning is not free, and the change time moves even when a file
is replaced by another of the same size and modification time.
"""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_IGNORED_NAMES = ("_SUCCESS", "README", "README.md", "README.txt")
_IGNORED_SUFFIXES = (".tmp", ".part", ".crc")

# Laid by a connector in place of an exported file that it cannot read; it holds the reason.
UNREADABLE_SUFFIX = ".unreadable"


class Format(StrEnum):
    """How a file's bytes are read."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    JSON = "json"
    PARQUET = "parquet"
    UNKNOWN = "unknown"


_FORMATS = {
    ".csv": Format.CSV,
    ".csv.gz": Format.CSV,
    ".tsv": Format.CSV,
    ".tsv.gz": Format.CSV,
    ".jsonl": Format.JSON_LINES,
    ".jsonl.gz": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".ndjson.gz": Format.JSON_LINES,
    ".json": Format.JSON,
    ".json.gz": Format.JSON,
    ".parquet": Format.PARQUET,
}

ACCEPTED_FORMATS = ", ".join(_FORMATS)


@dataclass(frozen=True, order=True)
class LandingFile:
    """A file as it was when the folder was listed; sorts from oldest to newest.

    Attributes:
        mtime_ns: When its bytes were written.
        relative: Its path below the landing folder, with `/`; names the file in reports.
        size: Bytes.
        ctime_ns: When it was last touched, moved or replaced.
        path: Where to read it.
    """

    mtime_ns: int
    relative: str
    size: int
    ctime_ns: int
    path: Path

    @property
    def format(self) -> Format:
        """The format its name promises."""
        name = self.path.name.lower()
        matches = (form for suffix, form in _FORMATS.items() if name.endswith(suffix))
        return next(matches, Format.UNKNOWN)

    @property
    def is_gzipped(self) -> bool:
        """Whether its name says that the bytes are compressed."""
        return self.path.name.lower().endswith(".gz")

    @property
    def identity(self) -> tuple[str, int, int, int]:
        """What has to be equal for the file to count as unchanged."""
        return (self.relative, self.size, self.mtime_ns, self.ctime_ns)

    def is_unchanged(self) -> bool:
        """Whether the file on disk is still the one that was listed."""
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return False
        return (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) == self.identity[1:]


def landing_files(folder: Path) -> list[LandingFile]:
    """List the data files below `folder`, oldest first; an absent folder has none.

    Hidden files, read-me files and half-written ones (`.tmp`, `.part`) are passed over.
    """
    listed = []
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        if _is_ignored(relative) or not path.is_file():
            continue
        try:
            stat = path.stat()
        except FileNotFoundError:  # moved away since the folder was listed
            continue
        # A name that is not UTF-8 cannot be stored, but has to be reported all the same.
        name = os.fsencode(relative.as_posix()).decode(errors="backslashreplace")
        listed.append(LandingFile(stat.st_mtime_ns, name, stat.st_size, stat.st_ctime_ns, path))
    return sorted(listed)


def _is_ignored(relative: Path) -> bool:
    return (
        any(part.startswith(".") for part in relative.parts)
        or relative.name in _IGNORED_NAMES
        or relative.suffix in _IGNORED_SUFFIXES
    )
