"""Measures experiments: aggregates, decisions, and whether these can be trusted."""
