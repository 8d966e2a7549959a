"""What a customer will do: how often they buy again, what they spend, who will not come back.

Here belong models of single customers that are fitted to counts and columns which SQL has made:
`bg_nbd` (when people buy, and when they stop), `gamma_gamma` (what they spend an order),
`purchase_model` (both, as a dbt model calls them), `churn_model` (a logistic regression, measured
against what `bg_nbd` says), `accuracy` (how right a probability was). `fitting` and `columns`
serve these.

Scores that are sums, shares and thresholds do not belong here (SQL makes them), nor does anything
that is said of days, channels or variants rather than of people. Nothing here knows of a table's
name, a file, a clock or a setting.
"""
