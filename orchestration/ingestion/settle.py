"""From incoming rows to the raw table: quarantine, duplicates, lateness, accounting.

Rows are named by `rowid` only within one transaction: a checkpoint between two may renumber
the rows of a table that something was deleted from.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from orchestration.ingestion.batch import Batch
from orchestration.ingestion.contract import Kind, Table
from orchestration.ingestion.readers import BLANK_LINE
from orchestration.ingestion.state import LoadCounts, LoadRun, signature

_LATE_AFTER = "interval 24 hours"


def settle(connection: duckdb.DuckDBPyConnection, batch: Batch, run: LoadRun) -> LoadCounts:
    """Turn the incoming rows of a batch into the raw table's and record what happened."""
    with _transaction(connection):
        _describe_rows(connection, batch)
        _set_refused_aside(connection, batch)
    with _transaction(connection):
        rows_duplicate = _delete_duplicates(connection, batch)
    rows_late = _flag_late(connection, batch)
    counts = _counts(connection, batch, rows_duplicate, rows_late)
    connection.execute(f"alter table {batch.incoming} drop column _rejection")
    with _transaction(connection):
        _put_in_place(connection, batch)
        _record(connection, batch, run)
        log_load(connection, batch.table, run, counts)
    return counts


def log_load(
    connection: duckdb.DuckDBPyConnection, table: Table, run: LoadRun, counts: LoadCounts
) -> None:
    """Write what the run did to the table; a repeated load of one run replaces its line."""
    connection.execute(
        "delete from health.load_log where run_id = ? and source_table = ?",
        [run.run_id, table.full_name],
    )
    connection.execute(
        "insert into health.load_log values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            run.run_id,
            table.full_name,
            counts.rows_read,
            counts.rows_accepted,
            counts.rows_duplicate,
            counts.rows_quarantined,
            counts.rows_late,
            run.started_at,
        ],
    )


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _describe_rows(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Summarise each file before rows are deleted: its rows, first row id and event times."""
    happened_at = batch.table.happened_at
    moment = f'"{happened_at}"' if happened_at else "cast(null as timestamp)"
    connection.execute(
        f"""
        create or replace temp table incoming_files as
        select
            _file_index as file_index,
            count(*) filter (where _rejection.reason is distinct from '{BLANK_LINE}') as rows_read,
            min(rowid) as first_rowid,
            cast(max({moment}) filter (where _rejection is null) as timestamp) as latest_at,
            cast(min({moment}) filter (where _rejection.reason = 'future_timestamp') as timestamp)
                as earliest_future_at
        from {batch.incoming}
        group by all
        """
    )


def _set_refused_aside(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    """Move refused rows out of the incoming ones, each with the line it stands in.

    DuckDB numbers the rows it could read, as if the lines it rejected were not there. A row
    stands below a rejected line if at least as many rows stand above the row as above the line.
    """
    connection.execute(
        f"""
        create or replace temp table refused as
        with refused_rows as (
            select _rejection.reason as reason, _file_index as file_index,
                rows.rowid - first_rowid + 1 + header_rows as place,
                _rejection.original as original
            from {batch.incoming} as rows
            join incoming_files on incoming_files.file_index = _file_index
            join batch_files on batch_files.file_index = _file_index
            where _rejection is not null and _rejection.reason <> '{BLANK_LINE}'
        ),
        numbered_lines as (
            select file_index, line,
                row_number() over (partition by file_index order by line) as lines_rejected
            from rejected_lines
        ),
        gaps as (
            select file_index, line - lines_rejected + 1 as place,
                max(lines_rejected) as lines_rejected
            from numbered_lines
            group by all
        )
        select reason, file_index, place + coalesce(lines_rejected, 0) as source_row, original
        from refused_rows
        asof left join gaps using (file_index, place)
        union all
        select 'malformed_row', file_index, line, original from rejected_lines
        union all
        select 'unreadable_file', file_index, null, unreadable
        from batch_files where status = 'unreadable'
        """
    )
    connection.execute(f"delete from {batch.incoming} where _rejection is not null")


def _delete_duplicates(connection: duckdb.DuckDBPyConnection, batch: Batch) -> int:
    """Delete the incoming rows that lose against one of the same key, and count them.

    Keys are first compared by hash, which is several times cheaper than by value on ten
    million rows; only the few rows whose hash recurs are then compared by value.
    """
    key = _key(batch.table)
    newest = f'"{batch.table.newest_by}"' if batch.table.newest_by else "null"
    candidate = f"{key}, {newest} as _newest, _file_index, rowid as _row"
    _find_recurring_keys(connection, batch)
    is_suspect = f"hash({key}) in (select key_hash from recurring_keys)"
    known = (
        ""
        if batch.replaces_table
        else f"union all select false, {candidate} from {batch.table.relation} where {is_suspect}"
    )
    row = connection.execute(
        f"""
        delete from {batch.incoming} where rowid in (
            with candidates as (
                select true as _is_incoming, {candidate} from {batch.incoming} where {is_suspect}
                {known}
            ),
            ranked as (
                select _is_incoming, _row, row_number() over (
                    partition by {key}
                    order by _newest desc nulls last, _file_index desc, _row desc
                ) as _place
                from candidates
            )
            select _row from ranked where _is_incoming and _place > 1
        )
        """
    ).fetchone()
    return int(row[0]) if row else 0


def _find_recurring_keys(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    key = _key(batch.table)
    keys = f"select hash({key}) as key_hash from {batch.incoming}"
    if not batch.replaces_table:
        keys += f" union all select hash({key}) from {batch.table.relation} " + (
            f"where hash({key}) in (select hash({key}) from {batch.incoming})"
        )
    connection.execute(
        f"create or replace temp table recurring_keys as "
        f"select key_hash from ({keys}) group by key_hash having count(*) > 1"
    )


def _flag_late(connection: duckdb.DuckDBPyConnection, batch: Batch) -> int:
    """Flag rows more than a day older than what earlier files had already brought.

    Lateness is a matter of landing order, not of the clock, so that loading a year of history
    at once flags the same rows as loading it day by day. Daily figures are restated by
    design, so only moments count.
    """
    table = batch.table
    if not table.is_fact or table.columns[str(table.happened_at)] is not Kind.TIMESTAMP:
        return 0
    row = connection.execute(
        f"""
        with landed as (
            select file_index, latest_at from incoming_files
            union all
            select file_index, latest_at from ingest.files
            where source_table = $1 and not $2
        ),
        watermarks as (
            select file_index, max(latest_at) over (
                order by file_index rows between unbounded preceding and 1 preceding
            ) as watermark
            from landed
        )
        update {batch.incoming} as rows set is_late = true
        from watermarks
        where rows._file_index = watermarks.file_index
            and rows."{table.happened_at}" < watermarks.watermark - {_LATE_AFTER}
        """,
        [table.full_name, batch.replaces_table],
    ).fetchone()
    return int(row[0]) if row else 0


def _counts(
    connection: duckdb.DuckDBPyConnection, batch: Batch, rows_duplicate: int, rows_late: int
) -> LoadCounts:
    row = connection.execute(
        f"select (select count(*) from {batch.incoming}), (select count(*) from refused)"
    ).fetchone()
    accepted, quarantined = row or (0, 0)
    read = accepted + rows_duplicate + quarantined
    return LoadCounts(read, accepted, rows_duplicate, quarantined, rows_late)


def _put_in_place(connection: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    table = batch.table
    if batch.replaces_table:
        connection.execute(f"drop table if exists {table.relation}")
        connection.execute(f"alter table {batch.incoming} rename to {table.name}")
        return
    # An incoming row that is left has won, so the known row of its key has lost.
    is_same_key = " and ".join(f'known."{name}" = incoming."{name}"' for name in table.key)
    connection.execute(
        f"delete from {table.relation} as known using {batch.incoming} as incoming "
        f"where {is_same_key}"
    )
    connection.execute(f"insert into {table.relation} select * from {batch.incoming}")
    connection.execute(f"drop table {batch.incoming}")


def _record(connection: duckdb.DuckDBPyConnection, batch: Batch, run: LoadRun) -> None:
    source_table = batch.table.full_name
    if batch.replaces_table:
        for state_table in ("ingest.files", "ingest.quarantine", "ingest.tables"):
            connection.execute(f"delete from {state_table} where source_table = ?", [source_table])
        connection.execute(
            "insert into ingest.tables values (?, ?)", [source_table, signature(batch.table, run)]
        )
    connection.execute(
        """
        insert into ingest.files
        with malformed as (
            select file_index, count(*) as rows_malformed from rejected_lines group by all
        )
        select $1, file_index, relative, size, mtime_ns, ctime_ns, status,
            coalesce(rows_read, 0) + coalesce(rows_malformed, 0), latest_at, earliest_future_at, $2
        from batch_files
        left join incoming_files using (file_index)
        left join malformed using (file_index)
        """,
        [source_table, run.run_id],
    )
    connection.execute(
        """
        insert into ingest.quarantine
        select $1, $2, reason, relative, source_row, original
        from refused join batch_files using (file_index)
        order by file_index, source_row
        """,
        [run.run_id, source_table],
    )


def _key(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.key)
