"""What is expected of `health.model_performance`."""

from expectations.checks import Between
from expectations.marts.ranges import outside_by_kind
from expectations.writing import key_is_never_null, no_rows_where

TABLE = "health.model_performance"

_RANGES = {
    **dict.fromkeys(("auc", "brier", "base_rate"), Between(0, 1)),
    # Of models and of their samples; parameters of distributions are positive.
    **dict.fromkeys(("log_loss", "buyers", "r", "alpha", "a", "b", "p", "q", "v"), Between(0)),
    "is_in_service": Between(0, 1),
}

CHECKS = (
    key_is_never_null(TABLE, ("score_type", "model", "metric")),
    no_rows_where(
        TABLE,
        name="value_is_in_its_range",
        condition=outside_by_kind("metric", "value", _RANGES),
        severity="refuse",
        meaning="How good a model is cannot be told from a measure beyond its scale.",
    ),
    # A model in service may say why it was not tried.
    no_rows_where(
        TABLE,
        name="says_why_there_is_no_value",
        condition="value is null and why_not is null",
        severity="warn",
        meaning="Nobody can see what a model lacks.",
    ),
)
