"""Segments and their members as assets."""
