"""Attribution: the rules beside a hand-written query, the data-driven models, a daily run."""
