"""Days to be fetched again, as partitions."""
