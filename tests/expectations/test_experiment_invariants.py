"""The small shop of experiments in `experiments_rows.py`, broken one at a time."""

import duckdb
import pytest

from expectations.experiment_invariants import EXPERIMENT_INVARIANTS
from expectations.gate import run_mart_gate
from tests.expectations.conftest import FailedChecks
from tests.expectations.marts.experiments_rows import SHOP

TABLES = [*EXPERIMENT_INVARIANTS]

DIMENSIONS = "dimension_results"
UNITS = "units_add_up_to_those_counted"
PARTS = "dimensions_add_up_to_all"
STARTED = "only_what_has_started_has_results"
SAMPLE = "sample_size_is_what_was_counted"
VALUES = "values_are_those_of_the_arms"
WINNER = "rows_agree_on_the_winner"
SPLIT = "running_experiments_are_split_as_planned"

_TWICE = "insert into experiments.{table} from experiments.{table} where experiment = '{name}'"
_OF_MOBILE = " and dimension_value = 'mobile'"

# What is changed, and the checks that fail, as table and name.
BREAKS = [
    (
        f"{_TWICE.format(table='dim_experiments', name='copy')}; "
        f"{_TWICE.format(table='results', name='ads')}; "
        f"{_TWICE.format(table=DIMENSIONS, name='banner')}{_OF_MOBILE}",
        {(table, "key_is_unique") for table in ("dim_experiments", "results", DIMENSIONS)},
    ),
    # Counted twice as well.
    (
        _TWICE.format(table="fct_arms", name="ads") + " and variant = 'a' and date = '2026-01-01'",
        {("fct_arms", "key_is_unique"), ("results", SAMPLE), ("results", VALUES)},
    ),
    # Arms against definitions.
    (
        "update experiments.dim_experiments set counted_units = 11, exposed_units = 11 "
        "where experiment = 'banner'",
        {("fct_arms", UNITS), ("results", SAMPLE), (DIMENSIONS, SAMPLE)},
    ),
    (
        "delete from experiments.fct_arms where metric = 'revenue'",
        {("fct_arms", UNITS), ("results", VALUES)},
    ),
    (
        "delete from experiments.fct_arms where dimension = 'device'",
        {("fct_arms", UNITS), (DIMENSIONS, VALUES)},
    ),
    (
        "update experiments.dim_experiments set dimensions = 'country, device' "
        "where experiment = 'banner'",
        {("fct_arms", UNITS)},
    ),
    (
        "update experiments.dim_experiments set guardrail_metrics = null "
        "where experiment = 'banner'",
        {("fct_arms", UNITS)},
    ),
    # Of days of ad sets, which are counted nowhere else.
    (
        "update experiments.dim_experiments set source = 'units' where experiment = 'ads'",
        {("fct_arms", UNITS), ("results", SAMPLE)},
    ),
    (
        "insert into experiments.fct_arms select * replace ('copy' as experiment) "
        "from experiments.fct_arms where experiment = 'banner' and metric = 'conversion_rate' "
        "and dimension = 'all'",
        {("fct_arms", UNITS)},
    ),
    # Parts against the whole.
    (
        "update experiments.fct_arms set dimension_value = 'desktop', date = '2026-01-02' "
        "where dimension_value = 'mobile'",
        {("fct_arms", PARTS), (DIMENSIONS, VALUES)},
    ),
    (
        "update experiments.fct_arms set numerator = 0, numerator_squares = 0, raw_numerator = 0, "
        "numerator_denominator = 0, raw_numerator_squares = 0 "
        "where metric = 'revenue' and dimension_value = 'mobile'",
        {("fct_arms", PARTS)},
    ),
    # Results against definitions and arms.
    (
        "delete from experiments.results where experiment = 'ads'",
        {("results", "every_started_experiment_has_a_result")},
    ),
    (
        "delete from experiments.results where metric_role = 'primary' and experiment = 'banner'",
        {("results", "every_started_experiment_has_a_result")},
    ),
    (
        "update experiments.dim_experiments set status = 'draft', measured_until = null "
        "where experiment = 'ads'",
        {("results", STARTED), ("fct_arms", UNITS)},
    ),
    (
        "insert into experiments.dimension_results select * replace ('copy' as experiment, "
        "0 as sample_size, 0 as control_units, 0 as treatment_units, null as control_value, "
        "null as treatment_value, null as difference, null as lift, null as raw_control_value, "
        "null as raw_treatment_value, null as raw_difference) "
        f"from experiments.dimension_results where experiment = 'banner'{_OF_MOBILE}",
        {(DIMENSIONS, STARTED)},
    ),
    (
        "update experiments.results set sample_size = 5 where experiment = 'ads'",
        {("results", SAMPLE)},
    ),
    (
        "update experiments.dimension_results set sample_size = 11",
        {(DIMENSIONS, SAMPLE)},
    ),
    (
        "update experiments.results set treatment_units = 5 where metric = 'conversion_rate'",
        {("results", VALUES)},
    ),
    (
        "update experiments.results set control_value = 0.02, treatment_value = 0.01, "
        "raw_control_value = 0.02, raw_treatment_value = 0.01, difference = -0.01, "
        "raw_difference = -0.01, lift = -0.5 where metric = 'ctr'",
        {("results", VALUES)},
    ),
    (
        "update experiments.results set control_value = null, raw_control_value = null, "
        "difference = null, raw_difference = null, lift = null where metric = 'ctr'",
        {("results", VALUES)},
    ),
    (
        "update experiments.dimension_results set control_units = 0 "
        "where dimension_value = 'mobile'",
        {(DIMENSIONS, VALUES)},
    ),
    # Winners: a stranger, and one of two variants.
    (
        "update experiments.results set winner = 'loud' where experiment = 'ads'",
        {("results", WINNER)},
    ),
    (
        "insert into experiments.results select * replace ('c' as variant, 'a' as winner, "
        "0 as treatment_units, null as treatment_value, null as difference, null as lift, "
        "null as raw_treatment_value, null as raw_difference) "
        "from experiments.results where experiment = 'ads'",
        {("results", WINNER)},
    ),
    (
        "update experiments.dimension_results set winner = 'loud' where dimension_value = 'mobile'",
        {(DIMENSIONS, WINNER)},
    ),
    # A warning, as long as somebody can stop it.
    (
        "update experiments.results set has_srm = true, srm_p_value = 1e-6",
        {("results", SPLIT)},
    ),
]


@pytest.fixture
def experiments(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute(SHOP)
    return connection


@pytest.mark.parametrize(("statement", "expected"), BREAKS)
def test_what_does_not_agree_is_shown(
    statement: str, expected: set[tuple[str, str]], experiments: duckdb.DuckDBPyConnection
):
    experiments.execute(statement)
    results = [result for result in run_mart_gate(experiments, TABLES) if not result.passed]
    assert {(r.table_name.split(".")[1], r.check_name) for r in results} == expected
    assert all(result.offending_rows for result in results)
    assert {r.check_name for r in results if not r.refuses} <= {SPLIT}


def test_no_invariant_is_left_out():
    broken = {name for _, expected in BREAKS for name in expected}
    assert broken == {
        (table.split(".")[1], check.name)
        for table, checks in EXPERIMENT_INVARIANTS.items()
        for check in checks
    }


def test_all_hold_in_a_consistent_shop(
    experiments: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    assert failed(run_mart_gate(experiments, TABLES)) == {}


def test_a_mismatch_of_what_is_over_is_no_warning(
    experiments: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    experiments.execute(
        "update experiments.results set has_srm = true, srm_p_value = 1e-6; "
        "update experiments.dim_experiments set status = 'completed' where status = 'running'"
    )
    assert failed(run_mart_gate(experiments, TABLES)) == {}


def test_a_shop_without_experiments_has_nothing_to_agree_on(
    experiments: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    for table in TABLES:
        experiments.execute(f"delete from {table}")
    assert failed(run_mart_gate(experiments, TABLES)) == {}


def test_an_experiment_without_variants_has_a_row_that_says_so(
    experiments: duckdb.DuckDBPyConnection, failed: FailedChecks
):
    experiments.execute(
        "delete from experiments.fct_arms where experiment = 'ads'; "
        "update experiments.dim_experiments set control_variant = null where experiment = 'ads'; "
        "update experiments.results set variant = '', metric_kind = null, sample_size = 0, "
        "control_units = 0, treatment_units = 0, control_value = null, treatment_value = null, "
        "raw_control_value = null, raw_treatment_value = null, difference = null, "
        "raw_difference = null, lift = null, srm_p_value = null where experiment = 'ads'"
    )
    assert failed(run_mart_gate(experiments, TABLES)) == {}
