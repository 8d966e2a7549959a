"""Where things are in a workspace. Only names of files and folders belong here."""

from dataclasses import dataclass
from pathlib import Path

from orchestration.workspace.errors import WorkspaceError


@dataclass(frozen=True)
class Workspace:
    """A folder with a user's settings, definitions, landed files and warehouse.

    Attributes:
        root: The folder itself.
    """

    root: Path

    @classmethod
    def open(cls, path: Path | str) -> "Workspace":
        """Open an existing workspace.

        Args:
            path: Its folder; `~` and relative paths are understood.

        Returns:
            The workspace, with an absolute root.

        Raises:
            WorkspaceError: If there is no such folder or it is not a workspace.
        """
        root = Path(path).expanduser().resolve()
        create = f"run `adplan init {path}` to make it a workspace"
        if not root.exists():
            raise WorkspaceError(f"The workspace {root} does not exist: {create}.")
        if not root.is_dir():
            raise WorkspaceError(f"The workspace {root} is a file: give the folder it is in.")
        workspace = cls(root)
        if not workspace.settings_file.is_file() and not workspace.landing.is_dir():
            raise WorkspaceError(f"{root} has neither adplan.yaml nor landing/: {create}.")
        return workspace

    @property
    def settings_file(self) -> Path:
        """What the user decides about the warehouse: `adplan.yaml`."""
        return self.root / "adplan.yaml"

    @property
    def definitions(self) -> Path:
        """Folder of what marketers own: goals, segments, experiments, channels."""
        return self.root / "definitions"

    @property
    def landing(self) -> Path:
        """Folder where files are dropped, as `landing/<source>/<table>/`."""
        return self.root / "landing"

    @property
    def warehouse(self) -> Path:
        """Folder of everything a refresh writes."""
        return self.root / "warehouse"

    @property
    def build_database(self) -> Path:
        """DuckDB file that runs build in; nobody else reads it."""
        return self.warehouse / "build.duckdb"

    @property
    def published_database(self) -> Path:
        """DuckDB file that analysts read: the last run that passed its gate."""
        return self.warehouse / "adplan.duckdb"

    @property
    def site(self) -> Path:
        """Folder of the built site."""
        return self.warehouse / "site"

    @property
    def quarantine(self) -> Path:
        """Folder of rejected rows, as Parquet, with their reasons."""
        return self.warehouse / "quarantine"

    @property
    def dagster_home(self) -> Path:
        """Folder of Dagster's own records."""
        return self.root / ".dagster"

    @property
    def logs(self) -> Path:
        """Folder of what runs report."""
        return self.root / "logs"

    @property
    def truth(self) -> Path:
        """Folder of the known truth of a simulated shop."""
        return self.root / "truth"

    @property
    def lock_file(self) -> Path:
        """File held by the one run that may write."""
        return self.warehouse / ".lock"

    @property
    def run_log(self) -> Path:
        """One JSON line per run."""
        return self.logs / "runs.jsonl"
