"""The experiment models, and what is decided on them, on tables made by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.experiments.build import MODELS
from orchestration.as_of import AsOf
from orchestration.defs.dbt.compiled import build_compiled, compile_models
from orchestration.experiments.deciding import write_results
from orchestration.workspace.definitions import load_definitions
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings
from orchestration.workspace_tables import write_workspace_tables

_GIVEN_TABLES = Path(__file__).parents[3] / "benchmarks" / "experiments" / "given_tables.sql"


def compile_experiments(target: Path) -> Path:
    """Compile the experiment models; return the folder of what dbt wrote."""
    compile_models(MODELS, target)
    return target


class Lab:
    """A database with exposures and conversions that the experiment models can be run on."""

    def __init__(self, compiled: Path, folder: Path) -> None:
        self._compiled = compiled
        self._folder = folder
        (folder / "definitions").mkdir()
        self.connection = duckdb.connect()
        self.connection.execute(_GIVEN_TABLES.read_text())

    def define(self, *experiments: str, settings: str = "", goals: str = "") -> None:
        """Write definitions: each experiment a YAML flow mapping, goals and settings as text."""
        listed = "".join(f"  - {experiment}\n" for experiment in experiments)
        definitions = self._folder / "definitions"
        (definitions / "experiments.yaml").write_text(f"experiments:\n{listed}")
        if goals:
            (definitions / "goals.yaml").write_text(goals)
        (self._folder / "adplan.yaml").write_text(settings or "currency: USD\n")

    def expose(self, experiment: str, unit: str, variant: str, at: str) -> None:
        """Show a variant to a unit."""
        self.insert("staging.stg_experiments__exposures", (experiment, unit, variant, at))

    def convert(  # noqa: PLR0913
        self,
        at: str,
        value: float = 0.0,
        *,
        visitor: str | None = None,
        person: str | None = None,
        goal: str = "purchase",
        kind: str = "purchase",
    ) -> None:
        """Have somebody meet a goal."""
        number = self.rows("select count(*) from conversions.fct_conversions")[0][0]
        row = (f"c{number}", person or f"visitor:{visitor}", visitor, goal, kind, value, at)
        self.insert("conversions.fct_conversions", row)

    def build(self, as_of: str = "2026-03-31") -> None:
        """Build every experiment model and decide."""
        workspace = Workspace.open(self._folder)
        settings = load_settings(workspace)
        day = self.connection.execute("select cast(? as date)", [as_of]).fetchone()
        assert day is not None
        write_workspace_tables(
            self.connection,
            settings,
            load_definitions(workspace, settings),
            AsOf(day[0], settings.timezone),
        )
        for _ in build_compiled(self.connection, self._compiled):
            pass
        write_results(self.connection, settings.experiments)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Query the tables."""
        return self.connection.execute(sql).fetchall()

    def result(self, experiment: str, metric: str | None = None) -> dict[str, Any]:
        """The only row of results of an experiment, or of one metric of it."""
        table = self.connection.execute(
            "select * from experiments.results "
            "where experiment = $1 and metric = coalesce($2, metric)",
            [experiment, metric],
        )
        names = [column[0] for column in table.description or ()]
        (row,) = table.fetchall()
        return dict(zip(names, row, strict=True))

    def insert(self, table: str, values: Sequence[object]) -> None:
        """Add a row to one of the tables the models read."""
        places = ", ".join("?" for _ in values)
        self.connection.execute(f"insert into {table} values ({places})", list(values))
