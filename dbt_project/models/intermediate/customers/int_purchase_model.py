"""How often and for how much buyers come back; see `python_assets/scoring`."""

from python_assets.scoring.purchase_model import fit_purchase_model


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return the parameters of BG/NBD and Gamma-Gamma, or why they were not fitted."""
    dbt.config(materialized="table")
    settings = dbt.ref("stg_workspace__customer_settings").fetchdf().iloc[0]
    # In order, so that sums of fractions come out the same to the last digit.
    cells = dbt.ref("int_purchase_cells").order("all").to_arrow_table()
    values = dbt.ref("int_purchase_values").order("all").to_arrow_table()
    return fit_purchase_model(
        cells, values, int(settings["clv_minimum_buyers"]), int(settings["clv_minimum_days"])
    )
