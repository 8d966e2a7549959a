"""Experiments: their aggregates read from the marts, decided, and written back."""
