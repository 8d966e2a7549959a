"""The user's side of adplan: paths, settings and definitions of one workspace, typed."""
