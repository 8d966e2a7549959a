"""The sources section of `adplan.yaml`: what must have landed, and what adplan fetches itself."""
