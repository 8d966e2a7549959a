"""Raw tables as assets."""
