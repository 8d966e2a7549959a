"""Forecasts as Dagster assets."""
