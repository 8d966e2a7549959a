"""Reading sources: seconds and memory."""
