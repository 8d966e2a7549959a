"""What is expected of `experiments.fct_arms`."""

from expectations.marts.names import (
    EVERYBODY,
    EXPERIMENT_DIMENSIONS,
    EXPERIMENT_METRICS,
    EXPERIMENT_SOURCES,
    METRIC_KINDS,
)
from expectations.marts.ranges import ROUNDING
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "experiments.fct_arms"

_SUMS = (
    "numerator",
    "denominator",
    "covariate",
    "numerator_squares",
    "denominator_squares",
    "covariate_squares",
    "numerator_denominator",
    "numerator_covariate",
    "denominator_covariate",
    "raw_numerator",
    "raw_numerator_squares",
)

# Squares and products of units are added as decimals of twelve places.
_SQUARE_ROUNDING = 1e-12

# Sums of products, and of the squares of either factor: a unit counts as 1, whose squares are 1.
_PRODUCTS = (
    ("numerator", "numerator_squares", "units"),
    ("denominator", "denominator_squares", "units"),
    ("covariate", "covariate_squares", "units"),
    ("numerator_denominator", "numerator_squares", "denominator_squares"),
    ("numerator_covariate", "numerator_squares", "covariate_squares"),
    ("denominator_covariate", "denominator_squares", "covariate_squares"),
    ("raw_numerator", "raw_numerator_squares", "units"),
)


def _exceeds_its_squares(products: str, squares: str, others: str) -> str:
    """A sum of products is at most what its squares allow (Cauchy-Schwarz)."""
    slack = f"{_SQUARE_ROUNDING} * units"
    return (
        f"{products} * {products} > ({squares} + {slack}) * ({others} + {slack}) * (1 + {ROUNDING})"
    )


def _differ(one: str, other: str) -> str:
    return f"abs({one} - {other}) > {ROUNDING} * greatest(1, abs({one}), abs({other}))"


CHECKS = (
    key_is_never_null(
        TABLE, ("experiment", "metric", "variant", "dimension", "dimension_value", "date")
    ),
    no_rows_where(
        TABLE,
        name="metric_is_known",
        condition=(
            f"metric not in {text_list(EXPERIMENT_METRICS)} "
            f"or metric_kind is null or metric_kind not in {text_list(METRIC_KINDS)}"
        ),
        severity="refuse",
        meaning="The sums are of a metric that nothing decides by, or are tested as another kind.",
    ),
    no_rows_where(
        TABLE,
        name="dimension_is_known",
        condition=(
            f"dimension not in {text_list((EVERYBODY, *EXPERIMENT_DIMENSIONS))} "
            f"or (dimension = '{EVERYBODY}' and dimension_value <> '{EVERYBODY}')"
        ),
        severity="refuse",
        meaning="Units are split by what nobody asked for, or the whole is in parts.",
    ),
    no_rows_where(
        TABLE,
        name="units_are_counted",
        condition=(
            f"source is null or source not in {text_list(EXPERIMENT_SOURCES)} "
            "or units is null or units < 1 or (source = 'ad_days' and units <> 1)"
        ),
        severity="refuse",
        meaning="The sums are of no unit, of units nobody counted, or of a day counted twice.",
    ),
    no_rows_where(
        TABLE,
        name="sums_are_known",
        condition=" or ".join(f"{name} is null or not isfinite({name})" for name in _SUMS),
        severity="refuse",
        meaning="Without one of its sums an arm has no variance, and nothing can be tested.",
    ),
    # Revenue alone may be below 0, where more was paid back than bought.
    no_rows_where(
        TABLE,
        name="counts_are_not_negative",
        condition=(
            "denominator < 0 or (metric not in ('revenue', 'roas') "
            "and (numerator < 0 or covariate < 0))"
        ),
        severity="refuse",
        meaning="Conversions, clicks or spend are taken away from an arm instead of added.",
    ),
    no_rows_where(
        TABLE,
        name="a_proportion_is_of_units_that_did",
        condition=(
            "metric_kind = 'proportion' and (numerator > units or covariate > units "
            f"or {_differ('numerator_squares', 'numerator')} "
            f"or {_differ('covariate_squares', 'covariate')})"
        ),
        severity="refuse",
        meaning="A unit converts more than once or in part, so that rates have no such variance.",
    ),
    no_rows_where(
        TABLE,
        name="only_ratios_have_a_denominator",
        condition=(
            "metric_kind <> 'ratio' and (denominator <> units or denominator_squares <> units "
            f"or {_differ('numerator_denominator', 'numerator')} "
            f"or {_differ('denominator_covariate', 'covariate')})"
        ),
        severity="refuse",
        meaning="A mean or a proportion is divided by something else than its units.",
    ),
    no_rows_where(
        TABLE,
        name="squares_allow_the_sums",
        condition=" or ".join(_exceeds_its_squares(*sums) for sums in _PRODUCTS),
        severity="refuse",
        meaning="No units have such sums: variances come out too low, and chance significant.",
    ),
    no_rows_where(
        TABLE,
        name="only_revenue_is_cut_off",
        condition=(
            "(winsorised_at is not null and (metric <> 'revenue' or winsorised_at <= 0 "
            f"or numerator > units * winsorised_at * (1 + {ROUNDING}))) "
            f"or raw_numerator < numerator - {ROUNDING} * abs(numerator) "
            f"or raw_numerator_squares < numerator_squares * (1 - {ROUNDING}) "
            f"or (winsorised_at is null and ({_differ('raw_numerator', 'numerator')} "
            f"or {_differ('raw_numerator_squares', 'numerator_squares')}))"
        ),
        severity="refuse",
        meaning="Revenue is above where it was cut off, or was cut off without saying so.",
    ),
)
