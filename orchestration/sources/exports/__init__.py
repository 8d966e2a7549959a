"""Files that other systems export, made into files of the raw contract by SQL.

What is common to all of them is here: which files there are and which changed (`inputs.py`,
`ledger.py`), reading them (`engine.py`, `documents.py`), laying what comes out (`outputs.py`)
and the order in which all that happens (`connector.py`). What a column means is the business of
the connectors.
"""
