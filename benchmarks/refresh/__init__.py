"""Where a refresh spends its time, and what it costs beside a hand-written script."""
