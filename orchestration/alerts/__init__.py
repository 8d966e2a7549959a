"""What is told to whom when a run fails or is refused."""
