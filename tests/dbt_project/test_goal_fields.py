"""A field that goals.yaml accepts must be known to SQL, or its goal would silently never be met."""

import ast
import re
from pathlib import Path

import pytest

from orchestration.ingestion.contract import table_named
from orchestration.workspace.goal_fields import PATHS_OF_SOURCE, TABLE_OF_SOURCE, GoalSource

MODELS = Path(__file__).parents[2] / "dbt_project" / "models" / "intermediate" / "conversions"


def _model(source: str) -> str:
    return (MODELS / f"int_{source}_conversions.sql").read_text()


@pytest.mark.parametrize("source", TABLE_OF_SOURCE)
def test_sql_knows_every_column_a_goal_may_name(source: GoalSource):
    columns = re.search(r"columns=(\{.*?\})", _model(source), re.DOTALL)
    assert columns is not None
    assert set(ast.literal_eval(columns[1])) == set(table_named(TABLE_OF_SOURCE[source]).columns)


@pytest.mark.parametrize("source", TABLE_OF_SOURCE)
def test_sql_reaches_into_every_column_a_goal_may_reach_into(source: GoalSource):
    paths = re.search(r"paths=\{(.*?)\}", _model(source), re.DOTALL)
    assert paths is not None
    assert set(re.findall(r"'(\w+)':", paths[1])) == set(PATHS_OF_SOURCE[source])
