"""What landed and published tables must look like, and the gates that refuse to go on.

DuckDB measures each table in one scan (`profile.py`), Great Expectations judges the measures
(`validation.py`), and `gate.py` puts the two together. What is expected of a table is data, in
one module per table under `landing/` and `marts/`, and across tables in `invariants.py`.
"""
