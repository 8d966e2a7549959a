"""`adplan experiment list` and `show`: what is tried, and what has come of it."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.commands.console import out, print_json, print_table
from orchestration.commands.experiment_file import ExperimentFile
from orchestration.commands.query import published_connection
from orchestration.workspace.experiment_edits import find_experiment
from orchestration.workspace.experiments import Experiment, Variant, load_experiments
from orchestration.workspace.paths import Workspace

Row = dict[str, object]

# What a person decides by; the other columns are for `--json` and `adplan query`.
_RESULT_COLUMNS = ("variant", "metric", "metric_role", "sample_size", "progress", "winner")


def list_experiments(directory: Path, *, as_json: bool) -> None:
    """Print the experiments there are, with what was published of them."""
    file = ExperimentFile.open(directory)
    experiments = load_experiments(file.path, file.timezone)
    results = _results(file.workspace)
    if as_json:
        print_json([_summary(one, results.get(one.name, [])) for one in experiments])
    elif experiments:
        columns = ("experiment", "type", "status", "metric", "started", "units", "winner")
        rows = [_line(file, one, _primary(results.get(one.name, []))) for one in experiments]
        print_table("", columns, rows)
        for one in experiments:
            for said in dict.fromkeys(map(_said, _primary(results.get(one.name, [])))):
                if said:
                    out.print(f"{one.name}: {said}", highlight=False, markup=False, soft_wrap=True)
    else:
        out.print("definitions/experiments.yaml has no experiments yet.", highlight=False)


def show_experiment(directory: Path, name: str, *, as_json: bool) -> None:
    """Print the definition of an experiment, and its published results."""
    file = ExperimentFile.open(directory)
    experiments, index = find_experiment(file.path, name, file.timezone)
    experiment = experiments[index]
    results = _results(file.workspace).get(experiment.name, [])
    if as_json:
        print_json({**experiment.model_dump(), "results": results})
        return
    print_table("", ("key", "value"), _definition(file, experiment))
    if results:
        print_table("", (*_RESULT_COLUMNS, "result"), map(_result_line, results))
    else:
        out.print("No results of it are published yet.", highlight=False)


def _results(workspace: Workspace) -> dict[str, list[Row]]:
    """The published results by experiment; none where nothing, or no such table, is published."""
    if not workspace.published_database.exists():
        return {}
    with published_connection(workspace) as connection:
        try:
            found = connection.execute("select * from experiments.results order by all")
        except duckdb.CatalogException:
            # Published by a version that decided no experiments.
            return {}
        columns = [column[0] for column in found.description or []]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    results: dict[str, list[Row]] = {}
    for row in rows:
        results.setdefault(str(row["experiment"]), []).append(row)
    return results


def _summary(experiment: Experiment, results: list[Row]) -> Row:
    kept = ("type", "status", "primary_metric", "started_at", "paused_at", "ended_at")
    columns = (*_RESULT_COLUMNS, "recommendation", "why_not")
    return {
        "experiment": experiment.name,
        **{key: getattr(experiment, key) for key in kept},
        "results": [{column: row.get(column) for column in columns} for row in results],
    }


def _primary(results: list[Row]) -> list[Row]:
    """The rows of the metric that decides."""
    return [row for row in results if row.get("metric_role") == "primary"]


def _line(file: ExperimentFile, experiment: Experiment, results: list[Row]) -> Sequence[object]:
    units, progress = _distinct(results, "sample_size"), _distinct(results, "progress")
    return (
        experiment.name,
        experiment.type,
        experiment.status,
        experiment.primary_metric,
        file.shown_time(experiment.started_at),
        f"{units} ({progress})" if progress else units,
        _distinct(results, "winner"),
    )


def _result_line(row: Row) -> Sequence[object]:
    return (*(_shown(column, row.get(column)) for column in _RESULT_COLUMNS), _said(row))


def _said(row: Row) -> str:
    """The recommendation, or why there is none."""
    return str(row.get("recommendation") or row.get("why_not") or "")


def _distinct(rows: list[Row], column: str) -> str:
    """What the rows of an experiment's variants have in common, or one after the other."""
    values = [_shown(column, row.get(column)) for row in rows]
    return ", ".join(dict.fromkeys(value for value in values if value))


def _shown(column: str, value: object) -> str:
    if value is None:
        return ""
    if column == "progress" and isinstance(value, float):
        return f"{value:.0%}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _definition(file: ExperimentFile, experiment: Experiment) -> list[tuple[str, object]]:
    """Keys and values that say something; times by the workspace's clocks."""
    values = {key: getattr(experiment, key) for key in Experiment.model_fields}
    values["variants"] = "\n".join(map(_variant, experiment.variants))
    values |= {key: ", ".join(values[key]) for key in ("guardrail_metrics", "dimensions")}
    values |= {key: file.shown_time(values[key]) for key in ("started_at", "paused_at", "ended_at")}
    return [(key, str(value)) for key, value in values.items() if value not in (None, "")]


def _variant(variant: Variant) -> str:
    notes = ["control"] if variant.is_control else []
    notes += [f"ad sets {', '.join(variant.ad_sets)}"] if variant.ad_sets else []
    return f"{variant.name} {variant.split:g}" + (f" ({'; '.join(notes)})" if notes else "")
