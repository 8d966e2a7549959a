"""JSON events of trackers that the raw contract does not know, by a mapping of their fields."""
