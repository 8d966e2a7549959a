"""Sources as Dagster assets."""
