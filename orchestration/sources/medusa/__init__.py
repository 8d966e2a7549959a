"""A Medusa v2 shop: which queries of its PostgreSQL are which raw tables."""
