"""What may come, and how wrong that was. Pure functions on arrays, no Dagster, DuckDB or files."""
