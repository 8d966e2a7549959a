"""Settings and definitions as assets."""
