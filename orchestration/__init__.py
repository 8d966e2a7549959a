"""adplan: what runs, after what, and when; and the command that starts it."""
