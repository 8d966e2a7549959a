"""What a connector made of each exported file, remembered between runs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from orchestration.ingestion.files import LandingFile
from orchestration.sources.landed_files import read_state, write_state
from orchestration.workspace.paths import Workspace

# Writing thousands of entries after each of thousands of files would take longer than the files.
_FILES_BETWEEN_WRITES = 20


@dataclass(frozen=True)
class Entry:
    """What was made of one exported file.

    Attributes:
        size: Bytes of the file.
        mtime_ns: When it was written.
        signature: Digest of the settings and rules it was read by.
        rows: Rows laid, by table.
        error: Why it cannot be read; empty where it can. What its last readable version brought
            stays.
        first_us, last_us: Its first and last moment in microseconds, where the connector asks.
        is_due: Whether what depends on other files too is still to be laid.
    """

    size: int
    mtime_ns: int
    signature: str
    rows: Mapping[str, int] = field(default_factory=dict)
    error: str = ""
    first_us: int | None = None
    last_us: int | None = None
    is_due: bool = False

    def is_of(self, file: LandingFile, signature: str) -> bool:
        """Whether nothing changed since."""
        now = (file.size, file.mtime_ns, signature)
        return now == (self.size, self.mtime_ns, self.signature)


class Ledger:
    """The entries of a connector by the name of what was made, kept in the workspace."""

    def __init__(self, workspace: Workspace, connector: str) -> None:
        self._workspace, self._connector = workspace, connector
        state: dict[str, dict[str, Any]] = read_state(workspace, connector).get("files", {})
        self._unwritten = 0
        self.entries = {name: Entry(**entry) for name, entry in state.items()}

    def write(self) -> None:
        """Remember, whole or not at all."""
        files = {name: asdict(entry) for name, entry in self.entries.items()}
        self._unwritten = 0
        write_state(self._workspace, self._connector, {"files": files})

    def write_now_and_then(self) -> None:
        """Remember after some files: a kill costs making them again, and nothing else."""
        self._unwritten += 1
        if self._unwritten >= _FILES_BETWEEN_WRITES:
            self.write()

    def change(self, name: str, **changes: Any) -> None:  # noqa: ANN401 (fields of an entry)
        """Change an entry in memory."""
        self.entries[name] = replace(self.entries[name], **changes)
