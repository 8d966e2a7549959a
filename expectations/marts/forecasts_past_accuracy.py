"""What is expected of `forecasts.past_accuracy`.

Its series and methods are those that were published, some of which may have gone.
"""

from expectations.marts.forecasts_scores import score_checks

TABLE = "forecasts.past_accuracy"

CHECKS = score_checks(TABLE, "published")
