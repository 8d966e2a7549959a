"""Connectors: what is fetched from elsewhere and laid into `landing/`, under the raw contract."""
