"""What is compared with what: a row for every treatment, metric and dimension value."""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from python_assets.experiments.arrays import Booleans, Floats
from python_assets.experiments.kinds import Kinds
from python_assets.experiments.moments import Moments

CELL = ["experiment", "dimension", "dimension_value"]
KEY = ["experiment", "metric", "dimension", "dimension_value", "variant"]
ALL = "all"
_ROLES = ["primary", "guardrail"]


@dataclass(frozen=True)
class Pairs:
    """Rows of results, with what is known of their arms; all frames have the same index.

    Attributes:
        rows: Experiment, variant, metric, dimension and value, role, facts of the experiment, and
            has_control (exactly one), has_treatment (the variant is to be compared).
        control: Columns of the control's arm; null where there is none.
        treatment: Columns of the variant's arm; null where there is none.
    """

    rows: pd.DataFrame
    control: pd.DataFrame
    treatment: pd.DataFrame

    @property
    def moments(self) -> tuple[Moments, Moments]:
        """Sums of control and treatment."""
        return _moments(self.control), _moments(self.treatment)

    def number(self, side: str, column: str) -> Floats:
        """A column of numbers of `control` or `treatment`; `nan` where null."""
        return as_floats(getattr(self, side)[column])

    @property
    def kinds(self) -> Kinds:
        """Which rows are of which kind of metric, as far as one of their arms says so."""
        said = self.treatment["metric_kind"].where(
            self.treatment["metric_kind"].notna(), self.control["metric_kind"]
        )
        return Kinds(said.eq("proportion").to_numpy(bool), said.eq("ratio").to_numpy(bool))

    @property
    def is_lower_better(self) -> Booleans:
        """Which rows are of a metric that should fall, such as cost per click."""
        said = [
            getattr(self, side)["is_lower_better"].eq(True) for side in ("control", "treatment")
        ]
        return np.asarray(said[0] | said[1], dtype=np.bool_)


def as_floats(column: "pd.Series[float]") -> Floats:
    """Doubles of a column of numbers, whatever the type it came in; `nan` where null."""
    return np.asarray(pd.to_numeric(column), dtype=np.float64)


def pair_up(experiments: pd.DataFrame, arms: pd.DataFrame) -> Pairs:
    """Lay out the rows of results.

    Every experiment has rows for its primary metric and its guardrails, whether or not anything
    was measured: without arms a row with an empty variant, without treatment one with the arm
    there is, and without control one for every arm. Metrics of other roles are left out.

    Args:
        experiments: As `decide` takes them.
        arms: As `decide` takes them.

    Raises:
        ValueError: If an experiment is there twice, or an arm is.
    """
    _refuse_duplicates(experiments, ["experiment"], "experiments")
    _refuse_duplicates(arms, KEY, "arms")
    rows = (
        _metrics(experiments)
        .merge(_cells(experiments, arms), on="experiment")
        .merge(_compared(experiments, arms), on="experiment")
    )
    facts = experiments.drop(columns=["primary_metric", "guardrail_metrics"])
    rows = rows.merge(facts, on="experiment", validate="m:1")
    rows["role_order"] = rows["metric_role"].map(_ROLES.index)
    order = [*CELL, "role_order", "metric", "variant"]
    rows = rows.sort_values(order, ignore_index=True, kind="stable")
    is_compared = rows["has_control"] & rows["has_treatment"]
    # The arm that there is: control if it is the only one.
    treatment = rows["variant"].where(rows["has_treatment"], "")
    control = rows["control"].where(is_compared | ~rows["has_treatment"], "")
    indexed = arms.set_index(KEY)
    return Pairs(rows, _aligned(indexed, rows, control), _aligned(indexed, rows, treatment))


def _aligned(indexed: pd.DataFrame, rows: pd.DataFrame, variant: "pd.Series[str]") -> pd.DataFrame:
    wanted = pd.MultiIndex.from_frame(rows[KEY[:-1]].assign(variant=variant))
    return indexed.reindex(wanted).reset_index(drop=True)


def _metrics(experiments: pd.DataFrame) -> pd.DataFrame:
    """A row per experiment and metric of a role; a guardrail that is primary too is primary."""
    primary = experiments[["experiment", "primary_metric"]].assign(metric_role="primary")
    guardrails = experiments[["experiment", "guardrail_metrics"]].explode("guardrail_metrics")
    both = pd.concat(
        [
            primary.rename(columns={"primary_metric": "metric"}),
            guardrails.rename(columns={"guardrail_metrics": "metric"}).assign(
                metric_role="guardrail"
            ),
        ]
    )
    return both.dropna(subset="metric").drop_duplicates(["experiment", "metric"])


def _cells(experiments: pd.DataFrame, arms: pd.DataFrame) -> pd.DataFrame:
    """Dimension values of every experiment; the whole where there are none."""
    cells = arms[CELL].drop_duplicates()
    bare = experiments.loc[~experiments["experiment"].isin(cells["experiment"]), ["experiment"]]
    return pd.concat([cells, bare.assign(dimension=ALL, dimension_value=ALL)])


def _compared(experiments: pd.DataFrame, arms: pd.DataFrame) -> pd.DataFrame:
    """Variants that have rows, beside the control they are compared with."""
    variants = arms[["experiment", "variant", "is_control"]].drop_duplicates(
        ["experiment", "variant"]
    )
    variants = variants.assign(is_control=variants["is_control"].fillna(False).astype(bool))
    controls = variants[variants["is_control"]].drop_duplicates("experiment", keep=False)
    named = controls.set_index("experiment")["variant"]
    has_treatment = ~variants["variant"].eq(variants["experiment"].map(named))
    treatments = variants[has_treatment]
    alone = variants[~variants["experiment"].isin(treatments["experiment"])]
    bare = experiments.loc[~experiments["experiment"].isin(variants["experiment"]), ["experiment"]]
    rows = pd.concat(
        [
            treatments[["experiment", "variant"]].assign(has_treatment=True),
            alone[["experiment", "variant"]].assign(has_treatment=False),
            bare.assign(variant="", has_treatment=False),
        ]
    )
    control = rows["experiment"].map(named)
    return rows.assign(
        control=control.astype("str").fillna(""),
        has_control=control.notna(),
        has_treatment=rows["has_treatment"].astype(bool),
    )


def _moments(arm: pd.DataFrame) -> Moments:
    return Moments(**{field.name: as_floats(arm[field.name]) for field in fields(Moments)})


def _refuse_duplicates(frame: pd.DataFrame, key: list[str], name: str) -> None:
    is_again = frame.duplicated(key)
    if is_again.any():
        first = frame.loc[is_again, key].iloc[0].to_dict()
        raise ValueError(f"{name}: {first} is there more than once; one row is accepted")
