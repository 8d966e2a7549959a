"""Forecasts: series read from the marts, forecast, and written back."""
