"""How fast files become raw tables, and what the load rules cost beside a plain read."""
