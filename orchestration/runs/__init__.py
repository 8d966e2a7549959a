"""A refresh as such: who may run, what it has in hand, and what is remembered of it."""
