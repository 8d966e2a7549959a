"""What markov and shapley say of the paths of each goal; see `python_assets/attribution`."""

from python_assets.attribution.data_driven import channel_shares


def model(dbt, session):  # noqa: ANN001, ANN201
    """Return the share of every channel in every set of channels that a conversion came by."""
    dbt.config(materialized="table")
    settings = dbt.ref("stg_workspace__settings").fetchdf().iloc[0]
    # In order, so that sums of fractions come out the same to the last digit.
    paths = dbt.ref("int_paths").order("goal, path").to_arrow_table()
    return channel_shares(paths, int(settings["markov_order"]), settings["shapley_game"])
