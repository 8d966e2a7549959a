"""Google Analytics 4 as it is exported to BigQuery: nested events into events and sessions.

`export.py` reads a file into columns of fixed types, `events.py` makes flat events of them,
`session_parts.py` sums up the sessions of one file, `sessions.py` puts those parts together, and
`connector.py` says when. The schema is that of Google's "BigQuery Export schema"
(https://support.google.com/analytics/answer/7029846).
"""
