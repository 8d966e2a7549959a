"""What the commands of `adplan experiment` share: the file, its times, what is said of an edit."""

from datetime import date, datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from orchestration.commands.console import UsageError, out, print_json
from orchestration.workspace.errors import show
from orchestration.workspace.experiment_edits import Edit
from orchestration.workspace.experiments import date_or_time
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings


class ExperimentFile(NamedTuple):
    """Where the experiments of a workspace are defined.

    Attributes:
        workspace: The workspace.
        directory: Its folder as it was given on the command line.
        timezone: Its time zone.
    """

    workspace: Workspace
    directory: Path
    timezone: str

    @classmethod
    def open(cls, directory: Path) -> "ExperimentFile":
        """Open a workspace and read what bare dates mean in it."""
        workspace = Workspace.open(directory)
        return cls(workspace, directory, load_settings(workspace).timezone)

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.workspace.definitions / "experiments.yaml"

    @property
    def shown_path(self) -> Path:
        """The file as a person finds it from where the command was given."""
        return self.directory / self.path.relative_to(self.workspace.root)

    def shown_time(self, moment: datetime | None) -> str | None:
        """A moment as clocks of the workspace show it; whole days as such."""
        if moment is None:
            return None
        local = moment.astimezone(ZoneInfo(self.timezone))
        is_day = local.time() in (time.min, time.max)
        return f"{local:%Y-%m-%d}" if is_day else f"{local:%Y-%m-%d %H:%M}"


def read_time(option: str, given: str) -> date:
    """Read a day or a time of the command line.

    Raises:
        UsageError: If it is neither.
    """
    try:
        return date_or_time(given.strip())
    except ValueError as error:
        raise UsageError(f"{option}: given {show(given)}; accepted is {error}") from error


def tell(file: ExperimentFile, edit: Edit, said: str, *, as_json: bool) -> None:
    """Print what an edit did: as a sentence, or as the definition it left (or took away)."""
    if as_json:
        experiment = edit.experiment.model_dump()
        print_json({"change": edit.change, "file": file.path, "experiment": experiment})
    else:
        out.print(said, highlight=False, markup=False, soft_wrap=True)
