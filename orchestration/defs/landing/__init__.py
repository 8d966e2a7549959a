"""A refresh as soon as files have landed."""
