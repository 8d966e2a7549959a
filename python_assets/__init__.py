"""Statistics, forecasts and simulation as functions: no Dagster, no DuckDB, no files."""
