"""Reading a PostgreSQL: what `postgres` and `medusa` have in common, and the former."""
