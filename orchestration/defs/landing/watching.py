"""Whether files that landed are to start a refresh: all there and at rest, and not too often."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace

from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.files import landing_files
from orchestration.sources.registry import KINDS
from orchestration.workspace.paths import Workspace
from orchestration.workspace.schedule_settings import LandedFilesSettings


@dataclass(frozen=True)
class Watch:
    """What is remembered between two looks at landing/.

    Attributes:
        seen: Digest of the files at the last look.
        seen_at: When they were first seen like that (seconds since 1970).
        started: Digest of the files that last started a refresh.
        started_at: When they did.
    """

    seen: str = ""
    seen_at: float = 0.0
    started: str = ""
    started_at: float = 0.0

    @classmethod
    def of(cls, cursor: str | None) -> "Watch":
        """Read what Dagster kept; nothing at the first look."""
        return cls(**json.loads(cursor)) if cursor else cls()

    @property
    def cursor(self) -> str:
        """What Dagster keeps."""
        return json.dumps(asdict(self))


def look(
    watch: Watch, files: str, now: float, settings: LandedFilesSettings
) -> tuple[Watch, str | None]:
    """Decide upon a look at landing/.

    Args:
        watch: What was remembered.
        files: Digest of the files there now; blank for none.
        now: Seconds since 1970.
        settings: How long files must be at rest, and refreshes apart.

    Returns:
        What to remember, and why there is nothing to start; None to start a refresh.
    """
    if files != watch.seen:
        watch = replace(watch, seen=files, seen_at=now)
    if not files or files == watch.started:
        return watch, "no file has landed since the last refresh that files started"
    rest = watch.seen_at + settings.quiet_seconds - now
    if rest > 0:
        return watch, f"files are landing; waiting {rest:.0f} s for them to be at rest"
    apart = watch.started_at + settings.minimum_minutes * 60 - now
    if apart > 0:
        return watch, f"the last refresh that files started was too lately; waiting {apart:.0f} s"
    return replace(watch, started=files, started_at=now), None


def digest_of_files(workspace: Workspace) -> str:
    """Digest the files that people and other programs dropped, by size and times.

    What connectors lay is left out: a refresh lays it itself, and would start the next.
    """
    digest = hashlib.sha256()
    count = 0
    for table in TABLES:
        for file in landing_files(workspace.landing / table.source / table.name):
            if file.relative.split("/")[0] not in KINDS:
                digest.update(f"{table.full_name} {file.identity}\0".encode())
                count += 1
    return digest.hexdigest() if count else ""
