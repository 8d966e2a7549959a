"""How right scores are in a simulated shop, where it is known who is lost and what follows.

The shop is scored as of its last day, and the ninety days after it are known: who orders again and
what they spend. Predictions are made for as long.
"""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from scipy.stats import spearmanr

from benchmarks.measure import run
from python_assets.forecasting.errors import total_error
from python_assets.scoring.accuracy import area_under_curve, calibration_table

# Three months are 91 days, which is as near as months come to ninety days.
_SETTINGS = {
    "horizon_months: 12": "horizon_months: 3",
    "_discount_rate: 0.01": "_discount_rate: 0.0",
}

_BUYERS = """
with scores as (
    select person_id,
        max(score_value) filter (where score_type = 'churn_risk') as churn_risk,
        max(breakdown) filter (where score_type = 'churn_probability') as probability,
        max(breakdown) filter (where score_type = 'clv') as clv_terms,
        max(score_value) filter (where score_type = 'clv') as clv,
        max(score_value) filter (where score_type = 'clv_formula') as clv_formula
    from customers.scores group by 1
)
select
    truth.future_orders = 0 as buys_no_more,
    truth.is_churned,
    truth.future_orders,
    truth.future_spend,
    scores.churn_risk,
    cast(scores.probability ->> 'closed_form' as double) as closed_form,
    cast(scores.probability ->> 'logistic' as double) as logistic,
    1 - cast(scores.clv_terms ->> 'probability_alive' as double) as not_alive,
    cast(scores.clv_terms ->> 'expected_purchases' as double) as expected_purchases,
    people.days_since_last_order::double as days_since_last_order,
    people.revenue,
    scores.clv,
    scores.clv_formula
from truth
join customers.dim_people as people on truth.customer_id = people.person_id
join scores on people.person_id = scores.person_id
where people.paid_orders > 0
order by people.person_id
"""

METHODS = (
    "logistic",
    "closed_form",
    "churn_risk",
    "days_since_last_order",
    "not_alive",
)


def scored_buyers(adplan: str, workspace: Path, size: tuple[str, ...]) -> pa.Table:
    """Simulate and refresh a shop; return its buyers with their scores and what became of them."""
    run([adplan, "simulate", str(workspace), *size])
    settings = workspace / "adplan.yaml"
    text = settings.read_text(encoding="utf-8")
    for default, ours in _SETTINGS.items():
        text = text.replace(default, ours)
    settings.write_text(text, encoding="utf-8")
    run([adplan, "refresh", "-w", str(workspace)])
    with duckdb.connect(str(workspace / "warehouse" / "adplan.duckdb"), read_only=True) as database:
        database.execute(
            f"create temp view truth as from '{workspace / 'truth' / 'customers.parquet'}'"
        )
        return database.execute(_BUYERS).to_arrow_table()


def ranking(buyers: pa.Table) -> list[tuple[str, float, float]]:
    """Return each method's AUC for buying no more in ninety days, and for being lost for good."""
    outcomes = [buyers[name].to_numpy() for name in ("buys_no_more", "is_churned")]
    return [
        (method, *(area_under_curve(buyers[method].to_numpy(), outcome) for outcome in outcomes))
        for method in METHODS
    ]


def calibration(buyers: pa.Table, method: str) -> pa.Table:
    """Return predicted and true shares of buyers who buy no more, by tenths of the prediction."""
    return calibration_table(buyers[method].to_numpy(), buyers["buys_no_more"].to_numpy())


def worth(buyers: pa.Table) -> list[tuple[str, float, float, float]]:
    """Return total, error of the total and rank correlation of each estimate of future spend."""
    spend = buyers["future_spend"].to_numpy()
    estimates = {
        "predicted (BG/NBD, Gamma-Gamma)": buyers["clv"].to_numpy(),
        "formula, scaled to ninety days": buyers["clv_formula"].to_numpy() * 90 / 365.25,
        "spent so far": buyers["revenue"].to_numpy(),
    }
    return [
        ("truth", float(spend.sum()), 0.0, 1.0),
        *(
            (
                name,
                float(np.nansum(estimate)),
                total_error(spend, np.nan_to_num(estimate)),
                float(spearmanr(estimate, spend, nan_policy="omit").statistic),
            )
            for name, estimate in estimates.items()
        ),
    ]
