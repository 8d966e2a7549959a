"""`adplan simulate`."""

import json
import re
from pathlib import Path

from orchestration.commands.console import StepPrinter, UsageError, print_json
from orchestration.progress import reporting_to, step
from orchestration.workspace.init import initialise
from orchestration.workspace.paths import Workspace


def run(directory: Path, days: int, orders_per_day: int, seed: int, *, as_json: bool) -> None:
    """Simulate a shop into the workspace's landing folder."""
    from python_assets.simulation import ShopPlan, simulate_shop  # noqa: PLC0415
    from python_assets.simulation.landing import (  # noqa: PLC0415
        write_definitions,
        write_shop,
    )

    workspace = Workspace(directory)
    _remove(_earlier_simulation(workspace))
    with reporting_to(StepPrinter()):
        with step("Simulate the shop") as simulating:
            shop = simulate_shop(ShopPlan(days=days, orders_per_day=orders_per_day, seed=seed))
            simulating.rows = sum(len(table) for table in shop.tables.values())
        with step("Write landing files and the truth") as writing:
            write_definitions(shop, directory)
            initialise(directory, "Simulated shop")
            _move_as_of(
                workspace, _last_day(workspace), str(shop.truth.scalars["plan"]["last_day"])
            )
            rows = write_shop(shop, directory)
            _remember_files(workspace)
            writing.rows = sum(rows.values())
    if as_json:
        print_json({"workspace": directory.resolve(), "rows": rows})


def _remove(paths: list[Path]) -> None:
    """Remove files, and the folders of days they leave empty."""
    for path in paths:
        path.unlink()
    for folder in {path.parent for path in paths}:
        if folder.name.startswith("date=") and not any(folder.iterdir()):
            folder.rmdir()


def _last_day(workspace: Workspace) -> str:
    """Return the last day of the simulation before this one, or blank."""
    truth = workspace.truth / "truth.json"
    if not truth.exists():
        return ""
    return str(json.loads(truth.read_text(encoding="utf-8"))["plan"]["last_day"])


def _move_as_of(workspace: Workspace, earlier: str, last_day: str) -> None:
    """Let the workspace look at the shop from its last day, unless it has a day of its own."""
    text = workspace.settings_file.read_text(encoding="utf-8")
    movable = "|".join(filter(None, ("today", earlier)))
    dated = re.sub(rf"(?m)^as_of: ({movable}) *$", f"as_of: {last_day}", text, count=1)
    workspace.settings_file.write_text(dated, encoding="utf-8")


def _earlier_simulation(workspace: Workspace) -> list[Path]:
    """Return the files of the simulation before this one, which takes their place.

    Raises:
        UsageError: If there are other files too: a simulated shop is never mixed with a real one.
    """
    present = _landed_files(workspace)
    known = _files_list(workspace)
    written = set(known.read_text(encoding="utf-8").splitlines()) if known.exists() else set()
    if any(str(path.relative_to(workspace.landing)) not in written for path in present):
        raise UsageError(
            f"{workspace.landing} already holds files that no simulation wrote; "
            "simulate into another folder"
        )
    return present


def _remember_files(workspace: Workspace) -> None:
    paths = [str(path.relative_to(workspace.landing)) for path in _landed_files(workspace)]
    _files_list(workspace).write_text("\n".join(paths) + "\n", encoding="utf-8")


def _landed_files(workspace: Workspace) -> list[Path]:
    if not workspace.landing.is_dir():
        return []
    return [
        path
        for path in sorted(workspace.landing.rglob("*"))
        if path.is_file() and path.name != "README.md"
    ]


def _files_list(workspace: Workspace) -> Path:
    return workspace.truth / "landing_files.txt"
