"""What a connector says in the landing folder: why a row or a file is none."""

from tests.orchestration.ingestion.landing import Landing


def test_a_known_reason_refuses_a_row_and_is_no_column(events: Landing):
    events.put_query(
        "a.parquet",
        "select unnest(['1', '2', '3']) as event_id, timestamp '2026-01-01' as timestamp, "
        "unnest([null, 'missing_transaction_id', 'of my own']) as _quarantine_reason",
    )
    counts = events.load()
    assert (counts.rows_read, counts.rows_accepted, counts.rows_quarantined) == (3, 2, 1)
    assert events.quarantine("reason, source_row") == [("missing_transaction_id", 2)]
    assert events.rows("event_id, _extra") == [("1", None), ("3", None)]


def test_a_files_own_fault_comes_after_what_the_connector_says(events: Landing):
    events.put_query("a.parquet", "select null as event_id, 'test_order' as _quarantine_reason")
    events.load()
    assert events.reasons() == ["test_order"]


def test_an_unreadable_file_is_quarantined_with_the_reason_in_its_place(events: Landing):
    events.put("a.jsonl.unreadable", "a.jsonl: cut off")
    counts = events.load()
    assert (counts.rows_read, counts.rows_quarantined) == (1, 1)
    assert events.quarantine("reason, source_file, original") == [
        ("unreadable_file", "a.jsonl.unreadable", "a.jsonl: cut off")
    ]
