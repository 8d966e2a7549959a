"""What buyers are expected to buy in the months ahead; see `python_assets/scoring`."""

from python_assets.scoring.purchase_model import expected_purchases_per_cell


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return expected purchases by what is known of a buyer, if the buyer is still one."""
    dbt.config(materialized="table")
    settings = dbt.ref("stg_workspace__customer_settings").fetchdf().iloc[0]
    cells = (
        dbt.ref("int_purchase_cells")
        .filter("snapshot = 'current'")
        .project("repeat_purchases, age_days")
        .distinct()
        .order("all")
        .to_arrow_table()
    )
    return expected_purchases_per_cell(
        dbt.ref("int_purchase_model").to_arrow_table(),
        cells,
        int(settings["clv_horizon_months"]),
        float(settings["clv_monthly_discount_rate"]),
    )
