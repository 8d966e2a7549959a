"""Experiments as Dagster assets."""
