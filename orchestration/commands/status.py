"""`adplan status`: what the last runs did and whether the numbers can be trusted."""

from pathlib import Path

from orchestration.commands.console import out, print_json, print_table
from orchestration.commands.query import published_connection
from orchestration.runs import run_log
from orchestration.workspace.paths import Workspace

_SHOWN_RUNS = 10

# Too wide for a terminal; `--json` has them, and the last run's error stands below its table.
_NOT_IN_TABLES = ("inputs", "adplan_version", "error", "refused_by", "refusals")

_QUERIES = {
    "freshness": "select * from health.freshness order by all",
    "stale_tables": """
        select source_table, age_hours, target_hours, latest_event_at, last_landed_at
        from health.freshness where is_stale order by all
    """,
    "sources_not_read": """
        select table_name as source_table, observed as why
        from health.checks
        where check_name = 'source_was_read' and not passed
            and run_id = (select run_id from health.runs order by started_at desc limit 1)
        order by all
    """,
    "row_accounting": """
        select source_table, sum(rows_read) as rows_read, sum(rows_accepted) as rows_accepted,
            sum(rows_duplicate) as rows_duplicate, sum(rows_quarantined) as rows_quarantined,
            sum(rows_late) as rows_late
        from health.load_log
        where run_id = (select run_id from health.runs order by started_at desc limit 1)
        group by all having sum(rows_read) > 0 order by all
    """,
    "failed_checks": """
        select layer, table_name, check_name, severity, observed, expected, meaning
        from health.checks
        where not passed
            and run_id = (select run_id from health.runs order by started_at desc limit 1)
        order by all
    """,
}


def run(directory: Path, *, as_json: bool) -> None:
    """Print the state of a workspace."""
    workspace = Workspace.open(directory)
    report: dict[str, list[dict[str, object]]] = {
        "runs": run_log.records(workspace, most=_SHOWN_RUNS)
    }
    if workspace.published_database.exists():
        report |= _published(workspace)
    if as_json:
        print_json(report)
        return
    for title, rows in report.items():
        _print_part(title.replace("_", " ").capitalize(), rows)
        if title == "runs" and rows and rows[0].get("error"):
            out.print(f"The last run ended with:\n{rows[0]['error']}\n", markup=False)


def _published(workspace: Workspace) -> dict[str, list[dict[str, object]]]:
    report = {}
    with published_connection(workspace) as connection:
        for name, query in _QUERIES.items():
            result = connection.execute(query)
            columns = [column[0] for column in result.description or []]
            report[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return report


def _print_part(title: str, rows: list[dict[str, object]]) -> None:
    shown = [row for row in rows if _is_worth_a_line(row)]
    if not shown:
        out.print(f"{title}: none")
        return
    columns = [name for name in shown[0] if name not in _NOT_IN_TABLES]
    print_table(title, columns, [[row.get(name) for name in columns] for row in shown])
    if left_out := len(rows) - len(shown):
        out.print(f"and {left_out} tables that nothing landed for or is expected of\n")


def _is_worth_a_line(row: dict[str, object]) -> bool:
    """A workspace uses a few of the tables there could be."""
    return row.get("files") != 0 or row.get("target_hours") is not None
