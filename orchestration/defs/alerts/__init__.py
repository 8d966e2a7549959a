"""Alerts of the runs that Dagster started."""
