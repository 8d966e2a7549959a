"""Data-driven attribution: what each channel contributed, judged from all paths together.

`paths` holds aggregated channel paths, `markov` and `shapley` credit channels by them, and
`shares` turns a model's totals into a share for every channel of every conversion.
"""
