"""How many units an experiment has, and whether they are split as planned."""

import numpy as np
import pandas as pd

from python_assets.experiments.pairing import ALL, as_floats
from python_assets.experiments.srm import sample_ratio

OF_UNITS = "units"


def samples(experiments: pd.DataFrame, arms: pd.DataFrame) -> pd.DataFrame:
    """Count the units of experiments and test their splits.

    Units are those of the primary metric, or of another where it has none, over the whole or, if
    only dimension values are there, over the values of one dimension. The split is tested on
    units that were exposed, never on days of ad sets: nobody assigned those by chance.

    Args:
        experiments: As `decide` takes them.
        arms: As `decide` takes them.

    Returns:
        By experiment: sample_size, srm_p_value, observed and planned (text, per variant in order
        of their names, for those who want to see the split), is_of_ad_days.
    """
    primary = experiments.set_index("experiment")["primary_metric"]
    ranked = arms.assign(
        is_other_metric=arms["metric"] != arms["experiment"].map(primary),
        is_part=arms["dimension"] != ALL,
        is_of_days=arms["source"] != OF_UNITS,
    )
    counted = _units_by_variant(ranked, ["is_other_metric", "is_part", "dimension", "metric"])
    split = _units_by_variant(
        ranked[~ranked["is_of_days"]], ["is_part", "is_other_metric", "dimension", "metric"]
    )
    names = pd.Index(experiments["experiment"], name="experiment")
    size = counted.groupby("experiment")["units"].sum().reindex(names, fill_value=0.0)
    of_days = counted.groupby("experiment")["is_of_days"].any().reindex(names, fill_value=False)
    return _split(split, names).assign(
        sample_size=size.astype(np.float64), is_of_ad_days=of_days.astype(bool)
    )


def _units_by_variant(arms: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """Units per variant, of the metric and dimension that come first in an order."""
    keys = ["experiment", "dimension", "metric"]
    first = arms.sort_values(["experiment", *order], kind="stable").drop_duplicates("experiment")
    chosen = arms.merge(first[keys], on=keys)
    chosen = chosen.assign(units=np.nan_to_num(as_floats(chosen["units"])))
    return chosen.groupby(["experiment", "variant"], as_index=False, sort=True).agg(
        units=("units", "sum"), split=("split", "first"), is_of_days=("is_of_days", "first")
    )


def _split(variants: pd.DataFrame, names: pd.Index) -> pd.DataFrame:
    """Chi-square of the splits of all experiments at once, one row of a matrix for each."""
    row = names.get_indexer(pd.Index(variants["experiment"]))
    position = variants.groupby("experiment").cumcount().to_numpy()
    shape = (len(names), int(position.max()) + 1 if len(position) else 1)
    units, splits = np.zeros(shape), np.full(shape, np.nan)
    units[row, position] = variants["units"]
    splits[row, position] = as_floats(variants["split"])
    texts = variants.assign(
        observed=[
            f"{name} {units:,.0f}"
            for name, units in zip(variants["variant"], variants["units"], strict=True)
        ],
        planned=[f"{share:.4g}" for share in as_floats(variants["split"]) * 100],
    ).groupby("experiment")
    return pd.DataFrame(
        {
            "srm_p_value": sample_ratio(units, splits).p_value,
            "observed": texts["observed"].agg(", ".join).reindex(names),
            "planned": texts["planned"].agg(" : ".join).reindex(names),
        },
        index=names,
    )
