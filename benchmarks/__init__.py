"""Speed and memory, against alternatives, in one run; nothing here is asserted."""
