"""What the landing gate needs to know of this run's loads."""

from collections import defaultdict

import duckdb

from expectations.landing import LandedTable, LandingLimits
from orchestration.ingestion.contract import TABLES
from orchestration.ingestion.state import LoadCounts
from orchestration.runs.run import Run

_COUNTS = """
    select source_table, rows_read, rows_accepted, rows_duplicate, rows_quarantined
    from health.load_log where run_id = $1
"""

# Rows later than an `as_of` in the past are no sign of a bad export.
_IN_QUARANTINE = """
    select source_table, count(*) from ingest.quarantine
    where reason <> 'future_timestamp' group by source_table
"""


def landed_tables(connection: duckdb.DuckDBPyConnection, run: Run) -> list[LandedTable]:
    """Return every table of the contract with what this run's load did to it."""
    counts: defaultdict[str, LoadCounts] = defaultdict(LoadCounts)
    for source_table, *numbers in connection.execute(_COUNTS, [run.run_id]).fetchall():
        counts[source_table] = LoadCounts(*numbers)
    in_quarantine = dict(connection.execute(_IN_QUARANTINE).fetchall())
    return [
        LandedTable(
            contract=table,
            rows_read=counts[table.full_name].rows_read,
            rows_accepted=counts[table.full_name].rows_accepted,
            rows_duplicate=counts[table.full_name].rows_duplicate,
            rows_quarantined=counts[table.full_name].rows_quarantined,
            required=table.full_name in run.settings.sources.required,
            rows_in_quarantine=in_quarantine.get(table.full_name, 0),
        )
        for table in TABLES
    ]


def landing_limits(run: Run) -> LandingLimits:
    """Return what the run allows of its landed tables."""
    return LandingLimits(
        future_limit=run.load_run.future_limit,
        max_quarantined_share=run.settings.sources.max_quarantined_share,
    )
