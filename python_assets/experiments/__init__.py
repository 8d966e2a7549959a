"""Whether one variant is better than another, how sure that is, and what to do about it.

All inference is on sums that SQL has made of units' totals (`moments`), in arrays of any shape, so
that thousands of experiments, or thousands of simulated ones over weeks of peeks, are decided at
once. From the bottom up:

- `moments`: the sums. `estimates`: an arm's value with its variance, differences and ratios of two
  of them, p values and intervals. `arrays`: division without warnings.
- `proportions`, `means`, `ratios`, `quantiles`, `cuped`: how an arm's value and its variance come
  about, and the tests that are peculiar to each.
- `sequential`: intervals that hold however often one looks. `bayes`: chances to beat.
- `srm`, `multiplicity`: what else can go wrong. `sample_size`, `power`: how long to run.
- `assignment`: which unit sees which variant.
- `deciding`: one table of results for all experiments by `rules`, of `pairing` (what is compared),
  `samples` (of how many units), `comparing` and `supplements` (the numbers), `kinds` (each by its
  kind of metric), `verdicts` (winners), `reasons` (why not) and `wording` (sentences; both from
  `rows`).

Nothing here knows a table's name, a file, a clock or a setting.
"""
