"""Which of two models foresees best who will not buy again; see `python_assets/scoring`."""

from python_assets.scoring.churn_model import challenge


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return the coefficients of the challenger, and how both did on the held-back window."""
    dbt.config(materialized="table")
    settings = dbt.ref("stg_workspace__customer_settings").fetchdf().iloc[0]
    features = dbt.ref("int_churn_features")
    training, held_back = (
        features.filter(f"snapshot = '{snapshot}'").order("person_id").to_arrow_table()
        for snapshot in ("training", "held_back")
    )
    fitted = dbt.ref("int_purchase_model").filter(
        "snapshot = 'current' and parameter = 'r' and value is not null"
    )
    return challenge(
        training,
        held_back,
        int(settings["clv_minimum_buyers"]),
        has_closed_form=len(fitted.to_arrow_table()) > 0,
    )
