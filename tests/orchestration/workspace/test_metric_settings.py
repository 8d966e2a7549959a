import csv
from typing import get_args

from orchestration.defs.dbt.project import PROJECT_DIR
from orchestration.workspace.metric_settings import Metric, MetricSettings, metric_rows


def test_metrics_are_those_that_are_defined():
    with (PROJECT_DIR / "seeds" / "metric_definitions.csv").open(encoding="utf-8") as file:
        defined = [row["metric"] for row in csv.DictReader(file)]
    assert list(get_args(Metric)) == defined


def test_a_metric_has_a_row_once_something_is_said_of_it():
    settings = MetricSettings.model_validate(
        {
            "healthy": {"roas": {"low": 3}},
            "targets": {"roas": 4, "cac": 18},
            "owners": {"ctr": "growth team"},
        }
    )
    rows = {row["metric"]: tuple(row.values())[1:] for row in metric_rows(settings)}
    assert rows == {
        "roas": (True, 3, None, 4, None),
        "cac": (False, None, None, 18, None),
        "ctr": (False, None, None, None, "growth team"),
    }
    assert metric_rows(MetricSettings()) == []
