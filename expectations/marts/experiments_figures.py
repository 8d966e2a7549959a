"""What is expected of the samples and values of experiments, in every table of results.

Not of one table: keys and dimensions are in the tables' own modules, p values and intervals in
`experiments_intervals.py`, and who has won in `experiments_verdicts.py`.
"""

from expectations.checks import Between, Check
from expectations.marts.names import EXPERIMENT_METRICS, METRIC_KINDS, METRIC_ROLES
from expectations.marts.ranges import ROUNDING, outside
from expectations.writing import no_rows_where, text_list

_COUNTS = (
    "control_units",
    "treatment_units",
    "sample_size",
    "excluded_units",
    "unknown_variant_units",
    "days_running",
)


def figure_checks(table: str) -> tuple[Check, ...]:
    """Return what holds of units, values, differences and lifts."""
    return (*_sample_checks(table), *_value_checks(table))


def _sample_checks(table: str) -> tuple[Check, ...]:
    return (
        no_rows_where(
            table,
            name="metric_is_known",
            condition=(
                f"metric not in {text_list(EXPERIMENT_METRICS)} "
                f"or metric_role is null or metric_role not in {text_list(METRIC_ROLES)} "
                f"or metric_kind not in {text_list(METRIC_KINDS)} "
                # Nothing was measured of an experiment without variants.
                "or (metric_kind is null and variant <> '')"
            ),
            severity="refuse",
            meaning="Nobody can tell what was compared, or whether it decides.",
        ),
        no_rows_where(
            table,
            name="units_are_counted",
            condition=(
                " or ".join(f"{name} is null or {name} < 0" for name in _COUNTS)
                + " or (metric_role = 'primary' and control_units + treatment_units > sample_size)"
            ),
            severity="refuse",
            meaning="Two arms have more units than the whole experiment, or fewer than none.",
        ),
        no_rows_where(
            table,
            name="progress_is_towards_the_target",
            condition=(
                "target_sample_size < 1 "
                "or (progress is null) <> (target_sample_size is null) "
                f"or abs(progress * target_sample_size - sample_size) > {ROUNDING} * sample_size"
            ),
            severity="refuse",
            meaning="The experiment looks closer to its end than it is, or further away.",
        ),
    )


def _value_checks(table: str) -> tuple[Check, ...]:
    return (
        no_rows_where(
            table,
            name="values_can_be_of_their_kind",
            condition=" or ".join(
                f"not isfinite({value}) "
                f"or (metric_kind = 'proportion' and ({outside(value, Between(0, 1))}))"
                for value in ("control_value", "treatment_value")
            ),
            severity="refuse",
            meaning="More units converted than there are, or a value is no number.",
        ),
        no_rows_where(
            table,
            name="difference_is_treatment_less_control",
            condition=(
                "(difference is null) <> (control_value is null or treatment_value is null) "
                "or abs(difference - (treatment_value - control_value)) "
                f"> {ROUNDING} * greatest(abs(treatment_value), abs(control_value))"
            ),
            severity="refuse",
            meaning="The difference that is tested is not the one between the arms.",
        ),
        no_rows_where(
            table,
            name="lift_is_difference_by_control",
            condition=(
                "(lift is not null) "
                "<> coalesce(control_value > 0 and treatment_value is not null, false) "
                "or abs(lift * control_value - (treatment_value - control_value)) "
                f"> {ROUNDING} * greatest(abs(treatment_value), abs(control_value))"
            ),
            severity="refuse",
            meaning="The lift is a share of something else than control, or of nothing.",
        ),
        no_rows_where(
            table,
            name="raw_values_are_before_the_cut",
            condition=(
                "(winsorised_at is not null and metric <> 'revenue') "
                "or (winsorised_at is null and (raw_control_value is distinct from control_value "
                "or raw_treatment_value is distinct from treatment_value)) "
                f"or raw_control_value < control_value - {ROUNDING} * abs(control_value) "
                f"or raw_treatment_value < treatment_value - {ROUNDING} * abs(treatment_value) "
                "or abs(raw_difference - (raw_treatment_value - raw_control_value)) "
                f"> {ROUNDING} * greatest(abs(raw_treatment_value), abs(raw_control_value))"
            ),
            severity="refuse",
            meaning="Values are cut off without saying so, or lower before than after it.",
        ),
    )
