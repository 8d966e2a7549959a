"""Exposures and conversions of a large shop, as the tables that the experiment models read."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.as_of import AsOf
from orchestration.workspace.definitions import load_definitions
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import load_settings
from orchestration.workspace_tables import write_workspace_tables

EXPERIMENTS = 10
# Of experiments by number: the unit is the customer in the last; two are looked at by dimension;
# one is judged by clicks too.
_DIMENSIONS = {0: "[device, country]", 1: "[device, customer_type]"}
_CLICKS = 2
_CUSTOMERS = 9

# Every twentieth exposure is of a unit that has been seen before, half of those in the other arm.
# Exposures land in the order of time; a visitor takes part in some three experiments.
_EXPOSURES = """
insert into staging.stg_experiments__exposures
select
    'experiment_' || experiment,
    case when experiment = {customers} then 'customer_' else 'visitor_' end || unit,
    case when (hash(unit, experiment) % 2 = 0) <> is_other then 'control' else 'changed' end,
    timestamp '2026-03-01' + to_microseconds(number * {apart})
from (
    select
        number,
        number % {experiments} as experiment,
        hash(number) % 40 = 0 as is_other,
        (
            case when hash(number) % 20 = 0 then hash(number, 1) % (number // {experiments} + 1)
            else number // {experiments} end * 7919 + number % {experiments} * 104729
        ) % {visitors} as unit
    from range({rows}) as t(number)
)
"""

# A third of all visitors are known, by a browser each. Of their purchases every twentieth was
# made without one.
_CONVERSIONS = """
insert into conversions.fct_conversions
select
    'conversion_' || number,
    case when visitor < {visitors} // 3 then 'customer_' else 'visitor:visitor_' end || visitor,
    case when visitor >= {visitors} // 3 or hash(number, 1) % 20 > 0
        then 'visitor_' || visitor end,
    'purchase', 'purchase',
    5 + round(exp(1 + hash(number, 2) % 1000 / 250.0), 2),
    timestamp '2026-02-01' + to_seconds((hash(number, 3) % (59 * 86400))::bigint)
from (
    select number, hash(number) % {visitors} as visitor from range({conversions}) as t(number)
);
insert into intermediate.int_visitor_intervals
select 'visitor_' || number, 'customer_' || number, timestamp '2026-01-01', timestamp '2100-01-01'
from range({visitors} // 3) as t(number);
"""

_VISITS = """
insert into staging.stg_web__events
select
    'event_' || number, case when hash(number, 1) % 10 = 0 then 'click' else 'impression' end,
    'visitor_' || hash(number) % {visitors}, null,
    timestamp '2026-03-01' + to_seconds((hash(number, 2) % (31 * 86400))::bigint)
from range({visits}) as t(number);
insert into attribution.fct_touchpoints
select
    'session_' || number, 'visitor_' || visitor,
    case when visitor < {visitors} // 3 then 'customer_' else 'visitor:visitor_' end || visitor,
    ['DE', 'FR', 'PL'][1 + (hash(visitor, 1) % 3)::integer],
    ['desktop', 'mobile'][1 + (hash(visitor, 2) % 2)::integer], 'Direct', '/',
    timestamp '2026-03-01' + to_seconds((hash(number, 3) % (31 * 86400))::bigint)
from (select number, hash(number) % {visitors} as visitor from range({visits}) as t(number));
"""


class Size(NamedTuple):
    """Rows of the shop.

    Attributes:
        exposures: Over all experiments.
        conversions: Before and after.
        visits: Sessions, and as many web events.
    """

    exposures: int
    conversions: int
    visits: int


def write_lab(folder: Path, file: Path, size: Size) -> None:
    """Write definitions to a folder, and a database with them, exposures and conversions."""
    (folder / "definitions").mkdir(parents=True)
    lines = "".join(f"  - {_definition(number)}\n" for number in range(EXPERIMENTS))
    (folder / "definitions" / "experiments.yaml").write_text(f"experiments:\n{lines}")
    (folder / "adplan.yaml").write_text("currency: USD\n")
    numbers = {
        "rows": size.exposures,
        "conversions": size.conversions,
        "visits": size.visits,
        "visitors": size.exposures // 3 + 1,
        "experiments": EXPERIMENTS,
        "customers": _CUSTOMERS,
        "apart": 30 * 86400 * 10**6 // size.exposures,
    }
    with duckdb.connect(str(file)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute((Path(__file__).parent / "given_tables.sql").read_text())
        for statement in (_EXPOSURES, _CONVERSIONS, _VISITS):
            connection.execute(statement.format(**numbers))
        workspace = Workspace.open(folder)
        settings = load_settings(workspace)
        write_workspace_tables(
            connection,
            settings,
            load_definitions(workspace, settings),
            AsOf(date(2026, 3, 31), settings.timezone),
        )


def _definition(number: int) -> str:
    guardrails = "[revenue, ctr]" if number == _CLICKS else "[revenue]"
    unit = "customer" if number == _CUSTOMERS else "visitor"
    return (
        f"{{name: experiment_{number}, type: landing_page, status: running, unit: {unit}, "
        f"started_at: 2026-03-01, primary_metric: conversion_rate, guardrail_metrics: {guardrails},"
        f" dimensions: {_DIMENSIONS.get(number, '[]')}, variants: "
        "[{name: control, split: 0.5, is_control: true}, {name: changed, split: 0.5}]}"
    )
