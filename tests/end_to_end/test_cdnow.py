"""A published purchase history, landed as files, gives the published parameters."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED, Command, rows

SCORES = SHARED / "data" / "cases" / "scores"
CALIBRATION_END = "19970930"


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory, adplan: Command) -> Path:
    sample = SCORES / "lifetimes_CDNOW_sample.txt"
    if not sample.exists():
        pytest.skip(f"{sample} is absent: the published cases are not part of this repository")
    workspace = tmp_path_factory.mktemp("cdnow")
    folder = workspace / "landing" / "commerce" / "orders"
    folder.mkdir(parents=True)
    orders = [line.split() for line in sample.read_text().splitlines()]
    lines = [
        f"order_{number},{customer},completed,USD,{dollars},{day[:4]}-{day[4:6]}-{day[6:]} 12:00"
        for number, (_, customer, day, _, dollars) in enumerate(orders)
        if day <= CALIBRATION_END
    ]
    header = "id,customer_id,status,currency_code,total,created_at"
    (folder / "orders.csv").write_text("\n".join([header, *lines]))
    (workspace / "adplan.yaml").write_text("as_of: 1997-09-30\n")
    result = adplan("refresh", "-w", workspace)
    assert result.returncode == 0, result.stderr
    return workspace


def case(name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in json.loads((SCORES / "cases.json").read_text()) if one["name"] == name
    )
    return found


def parameters(workspace: Path) -> dict[object, Any]:
    return dict(
        rows(
            workspace,
            "select metric, value from health.model_performance where score_type = 'clv'",
        )
    )


def test_parameters_are_the_published_ones(refreshed: Path):
    published = case("bgnbd_cdnow_from_transactions")
    found, expected = parameters(refreshed), published["expected"]
    assert found["buyers"] == expected["n"]
    for name in ("r", "alpha", "a", "b"):
        assert found[name] == pytest.approx(
            expected[name], abs=published["tolerance"]["params_abs"]
        )
    assert found["log_likelihood"] == pytest.approx(
        expected["loglik"], abs=published["tolerance"]["loglik_abs"]
    )


def test_spend_is_modelled_as_published(refreshed: Path):
    published = case("gamma_gamma_cdnow_params")
    found = parameters(refreshed)
    for name, value in published["expected"].items():
        assert found[name] == pytest.approx(value, abs=published["tolerance"]["abs"])


def test_churn_models_rank_as_well_as_they_can(refreshed: Path):
    auc = dict(
        rows(
            refreshed,
            "select model, value from health.model_performance "
            "where score_type = 'churn_probability' and metric = 'auc'",
        )
    )
    # Nobody reaches 0.80 on this history; 1 - P(alive) would come to 0.33.
    assert all(0.70 < float(str(value)) < 0.80 for value in auc.values())
    assert rows(
        refreshed,
        "select count(distinct method) from customers.scores "
        "where score_type = 'churn_probability'",
    ) == [(1,)]
