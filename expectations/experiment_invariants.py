"""What must hold across published tables about experiments.

Each is a query for the rows that break it, and refuses, as in `invariants.py`; one warns.
"""

from expectations.checks import Check
from expectations.experiment_queries import (
    ARMS,
    DIMENSIONS_THAT_DO_NOT_ADD_UP,
    EXPERIMENTS,
    UNITS_THAT_DO_NOT_ADD_UP,
)
from expectations.experiment_result_queries import (
    DIMENSION_RESULTS,
    EXPERIMENTS_WITHOUT_RESULT,
    RESULTS,
    RUNNING_WITH_A_MISMATCH,
    results_of_nothing,
    samples_that_differ,
    values_that_differ,
    winners_that_differ,
)
from expectations.writing import key_is_unique, no_rows_in


def _result_checks(table: str) -> tuple[Check, ...]:
    """Return what results must agree on with arms and definitions, of both tables."""
    return (
        no_rows_in(
            table,
            name="only_what_has_started_has_results",
            query=results_of_nothing(table),
            severity="refuse",
            meaning="A draft, or an experiment that nobody defined, is decided.",
            reads=(table, EXPERIMENTS),
        ),
        no_rows_in(
            table,
            name="sample_size_is_what_was_counted",
            query=samples_that_differ(table),
            severity="refuse",
            meaning="It is decided on other units than were exposed and are analysed.",
            reads=(table, EXPERIMENTS, ARMS),
        ),
        no_rows_in(
            table,
            name="values_are_those_of_the_arms",
            query=values_that_differ(table),
            severity="refuse",
            meaning="Arms are mixed up, or a value is not what their units did.",
            reads=(table, EXPERIMENTS, ARMS),
        ),
        no_rows_in(
            table,
            name="rows_agree_on_the_winner",
            query=winners_that_differ(table),
            severity="refuse",
            meaning="One row says to use another variant than the next, or one that there is not.",
            reads=(table, EXPERIMENTS),
        ),
    )


EXPERIMENT_INVARIANTS: dict[str, tuple[Check, ...]] = {
    EXPERIMENTS: (key_is_unique(EXPERIMENTS, ("experiment",)),),
    ARMS: (
        key_is_unique(
            ARMS, ("experiment", "metric", "variant", "dimension", "dimension_value", "date")
        ),
        no_rows_in(
            ARMS,
            name="units_add_up_to_those_counted",
            query=UNITS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="Units are in no arm or in two, or arms are of what nobody asked for.",
            reads=(ARMS, EXPERIMENTS),
        ),
        no_rows_in(
            ARMS,
            name="dimensions_add_up_to_all",
            query=DIMENSIONS_THAT_DO_NOT_ADD_UP,
            severity="refuse",
            meaning="The parts of an arm did more or less than the whole.",
            reads=(ARMS,),
        ),
    ),
    RESULTS: (
        key_is_unique(RESULTS, ("experiment", "variant", "metric")),
        no_rows_in(
            RESULTS,
            name="every_started_experiment_has_a_result",
            query=EXPERIMENTS_WITHOUT_RESULT,
            severity="refuse",
            meaning="An experiment that runs or is over is missing from the results.",
            reads=(RESULTS, EXPERIMENTS),
        ),
        *_result_checks(RESULTS),
        no_rows_in(
            RESULTS,
            name="running_experiments_are_split_as_planned",
            query=RUNNING_WITH_A_MISMATCH,
            severity="warn",
            meaning="Nothing can be concluded of it, and every day it goes on is lost.",
            reads=(RESULTS, EXPERIMENTS),
        ),
    ),
    DIMENSION_RESULTS: (
        key_is_unique(
            DIMENSION_RESULTS, ("experiment", "variant", "metric", "dimension", "dimension_value")
        ),
        *_result_checks(DIMENSION_RESULTS),
    ),
}
