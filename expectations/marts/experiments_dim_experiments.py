"""What is expected of `experiments.dim_experiments`."""

from expectations.marts.names import (
    DRAFT,
    EXPERIMENT_METRICS,
    EXPERIMENT_SOURCES,
    EXPERIMENT_STATUSES,
    EXPERIMENT_TYPES,
    EXPERIMENT_UNITS,
)
from expectations.writing import key_is_never_null, no_rows_where, text_list

TABLE = "experiments.dim_experiments"

# Units that saw two variants come from shared browsers and cleared cookies. More of them than
# this and the assignment itself is in doubt, as may be who is left.
MOST_EXCLUDED = 0.01

_KINDS = {
    "experiment_type": EXPERIMENT_TYPES,
    "source": EXPERIMENT_SOURCES,
    "unit": EXPERIMENT_UNITS,
    "primary_metric": EXPERIMENT_METRICS,
}

CHECKS = (
    key_is_never_null(TABLE, ("experiment",)),
    no_rows_where(
        TABLE,
        name="status_is_known",
        condition=f"status is null or status not in {text_list(EXPERIMENT_STATUSES)}",
        severity="refuse",
        meaning="Nobody can tell whether the experiment still runs.",
    ),
    no_rows_where(
        TABLE,
        name="kind_is_known",
        condition=" or ".join(
            f"{column} is null or {column} not in {text_list(names)}"
            for column, names in _KINDS.items()
        ),
        severity="refuse",
        meaning="What was varied, on whom or by which metric it is decided is not known.",
    ),
    no_rows_where(
        TABLE,
        name="aims_can_be_reached",
        condition=(
            "confidence_level is null or not (confidence_level > 0 and confidence_level < 1) "
            "or target_sample_size < 1 or not minimum_effect > 0 or conversion_window_days < 1"
        ),
        severity="refuse",
        meaning="Intervals are of another level than they are said to be, or nothing can decide.",
    ),
    no_rows_where(
        TABLE,
        name="every_exposed_unit_is_accounted_for",
        condition=(
            "least(counted_units, excluded_units, unknown_variant_units) < 0 "
            "or counted_units + excluded_units + unknown_variant_units "
            "is distinct from exposed_units"
        ),
        severity="refuse",
        meaning="Units are counted twice or lost, and the arms are of others than were exposed.",
    ),
    no_rows_where(
        TABLE,
        name="is_measured_once_it_has_started",
        condition=(
            f"(status = '{DRAFT}') <> (measured_until is null) "
            f"or (status = '{DRAFT}' and exposed_units > 0) "
            f"or (status <> '{DRAFT}' and started_at is null) "
            f"or (status <> '{DRAFT}' and (days_running is null or days_running < 0))"
        ),
        severity="refuse",
        meaning="A draft has results, or what has started is measured over no time.",
    ),
    no_rows_where(
        TABLE,
        name="few_units_saw_several_variants",
        condition=f"excluded_units > {MOST_EXCLUDED} * exposed_units",
        severity="warn",
        meaning="Units change their variant, so who is left may differ between the arms.",
    ),
    no_rows_where(
        TABLE,
        name="no_unit_saw_an_unknown_variant",
        condition="unknown_variant_units > 0",
        severity="warn",
        meaning="Exposures name a variant that the definition lacks; its units are left out.",
    ),
)
