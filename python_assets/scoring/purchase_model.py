"""The purchase model of a shop, from tables that SQL made to tables that SQL joins.

Two snapshots are fitted: how customers stand today, and how they stood a window earlier, by which
predictions can be held against what came of them. What cannot be fitted is null, with a reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from python_assets.scoring import bg_nbd, gamma_gamma
from python_assets.scoring.columns import floats
from python_assets.scoring.fitting import Floats, NoFitError

PARAMETERS = pa.schema(
    {
        "snapshot": pa.string(),
        "parameter": pa.string(),
        "value": pa.float64(),
        "why_not": pa.string(),
    }
)
EXPECTED_PURCHASES = pa.schema(
    {
        "repeat_purchases": pa.int64(),
        "age_days": pa.int64(),
        "expected_if_alive": pa.float64(),
        "discounted_if_alive": pa.float64(),
    }
)

CURRENT = "current"
HELD_BACK = "held_back"
DAYS_PER_WEEK = 7
DAYS_PER_MONTH = 365.25 / 12
# Somebody has to have this many: by one alone, stopping cannot be told from buying rarely.
_TELLING_REPEATS = 2

_NO_BUYERS = "there are no buyers"

_PURCHASE_PARAMETERS = ("r", "alpha", "a", "b", "log_likelihood")
_VALUE_PARAMETERS = ("p", "q", "v")

# Values by parameter and no reason, or no values and why.
_Fitted = tuple[Mapping[str, float], str | None]


def fit_purchase_model(
    cells: pa.Table, values: pa.Table, minimum_buyers: int, minimum_days: int
) -> pa.Table:
    """Fit when customers buy again (BG/NBD) and what they spend (Gamma-Gamma).

    Args:
        cells: Buyers alike in what is known of them. Columns snapshot (`current` or `held_back`),
            repeat_purchases, recency_days and age_days (days from the first purchase to the last
            one and to the snapshot), buyers.
        values: Current buyers with repeat purchases. Columns snapshot (`current`),
            repeat_purchases (1 or more), mean_value (money, over 0), buyers.
        minimum_buyers: Buyers under which nothing is fitted to a snapshot.
        minimum_days: Days since the first purchase of all, under which nothing is fitted to the
            current snapshot.

    Returns:
        One row per snapshot and parameter, as `PARAMETERS` has it: r, alpha (in weeks), a, b,
        log_likelihood (with times in weeks), p, q, v (in money) and buyers, which is a count.
        Of value and why_not one is null.

    Raises:
        ValueError: If a snapshot is not known, or a cell cannot be.
    """
    _refuse_unknown_snapshots(cells)
    _refuse_unknown_snapshots(values)
    current, held_back = _of(cells, CURRENT), _of(cells, HELD_BACK)
    too_thin = _too_few(current, minimum_buyers) or _too_short(current, minimum_days)
    rows = [
        *_rows(CURRENT, _PURCHASE_PARAMETERS, _purchases(current, too_thin)),
        *_rows(CURRENT, _VALUE_PARAMETERS, _values(_of(values, CURRENT), too_thin)),
        *_rows(CURRENT, ("buyers",), _buyers(current)),
        *_rows(
            HELD_BACK,
            _PURCHASE_PARAMETERS,
            _purchases(held_back, _too_few(held_back, minimum_buyers)),
        ),
        *_rows(HELD_BACK, _VALUE_PARAMETERS, ({}, "what buyers spend is only fitted as of today")),
        *_rows(HELD_BACK, ("buyers",), _buyers(held_back)),
    ]
    return pa.Table.from_pylist(rows, PARAMETERS)


def _rows(
    snapshot: str, parameters: tuple[str, ...], fitted: _Fitted
) -> Iterator[dict[str, object]]:
    found, why_not = fitted
    for parameter in parameters:
        yield {
            "snapshot": snapshot,
            "parameter": parameter,
            "value": found.get(parameter),
            "why_not": why_not,
        }


# ---------------------------------------------------------------- what is fitted


def _purchases(cells: pa.Table, too_thin: str | None) -> _Fitted:
    if too_thin:
        return {}, too_thin
    if _most(cells, "repeat_purchases") < _TELLING_REPEATS:
        return {}, "nobody has ordered three times or more"
    try:
        model, log_likelihood = bg_nbd.fit(
            floats(cells, "repeat_purchases"),
            floats(cells, "recency_days") / DAYS_PER_WEEK,
            floats(cells, "age_days") / DAYS_PER_WEEK,
            floats(cells, "buyers"),
        )
    except NoFitError as error:
        return {}, str(error)
    return {**asdict(model), "log_likelihood": log_likelihood}, None


def _values(values: pa.Table, too_thin: str | None) -> _Fitted:
    if too_thin:
        return {}, too_thin
    if values.num_rows == 0:
        return {}, "there are no repeat purchases with a value"
    try:
        model = gamma_gamma.fit(
            floats(values, "repeat_purchases"),
            floats(values, "mean_value"),
            floats(values, "buyers"),
        )
    except NoFitError as error:
        return {}, str(error)
    return asdict(model), None


def _buyers(cells: pa.Table) -> _Fitted:
    if cells.num_rows == 0:
        return {}, _NO_BUYERS
    return {"buyers": float(floats(cells, "buyers").sum())}, None


# ---------------------------------------------------------------- what is too thin to fit


def _too_few(cells: pa.Table, minimum_buyers: int) -> str | None:
    buyers = floats(cells, "buyers").sum()
    if cells.num_rows == 0:
        return _NO_BUYERS
    if buyers < minimum_buyers:
        return f"there are {buyers:.0f} buyers; {minimum_buyers} are needed"
    return None


def _too_short(cells: pa.Table, minimum_days: int) -> str | None:
    days = _most(cells, "age_days")
    if days < minimum_days:
        return f"the first order was {days:.0f} days ago; {minimum_days} are needed"
    return None


def _most(cells: pa.Table, column: str) -> float:
    """The largest number of any cell with buyers."""
    return float(floats(cells, column)[floats(cells, "buyers") > 0].max(initial=0))


def _of(table: pa.Table, snapshot: str) -> pa.Table:
    return table.filter(pc.equal(table["snapshot"], snapshot))


def _refuse_unknown_snapshots(table: pa.Table) -> None:
    unknown = set(pc.unique(table["snapshot"]).to_pylist()) - {CURRENT, HELD_BACK}
    if unknown:
        names = ", ".join(sorted(map(repr, unknown)))
        raise ValueError(f"snapshot {names}: accepted are {CURRENT} and {HELD_BACK}")


# ---------------------------------------------------------------- what is expected


def expected_purchases_per_cell(
    parameters: pa.Table, cells: pa.Table, months: int, monthly_discount_rate: float
) -> pa.Table:
    """Purchases to expect of current customers who have not left.

    Times P(alive), which SQL has of each customer, these are the purchases to expect of them.

    Args:
        parameters: What `fit_purchase_model` returned.
        cells: Columns repeat_purchases and age_days of current buyers, distinct pairs.
        months: How far ahead, in months of 365.25 / 12 days; 1 or more.
        monthly_discount_rate: By what a purchase is worth less for every month that it is later;
            0 or more. Those of the first month count as at its end.

    Returns:
        One row per cell, as `EXPECTED_PURCHASES` has it: purchases within the months, and their
        sum with those of month m divided by (1 + rate)^m. No rows if nothing was fitted.

    Raises:
        ValueError: If there is no month, the rate is negative, or a cell has no number.
    """
    if months < 1 or not monthly_discount_rate >= 0:
        raise ValueError(
            f"{months} months at a rate of {monthly_discount_rate}: accepted are 1 month or more "
            "and rates of 0 or more"
        )
    model = _current_model(parameters)
    if model is None:
        return EXPECTED_PURCHASES.empty_table()
    purchases, age = floats(cells, "repeat_purchases"), floats(cells, "age_days") / DAYS_PER_WEEK
    reached: Floats = np.zeros(len(purchases))
    discounted: Floats = np.zeros(len(purchases))
    for month in range(1, months + 1):
        weeks = month * DAYS_PER_MONTH / DAYS_PER_WEEK
        before = reached
        reached = bg_nbd.expected_purchases_if_alive(model, weeks, purchases, age)
        discounted += (reached - before) / (1 + monthly_discount_rate) ** month
    return pa.table(
        {
            "repeat_purchases": cells["repeat_purchases"].cast(pa.int64()),
            "age_days": cells["age_days"].cast(pa.int64()),
            "expected_if_alive": reached,
            "discounted_if_alive": discounted,
        },
        EXPECTED_PURCHASES,
    )


def _current_model(parameters: pa.Table) -> bg_nbd.BgNbd | None:
    rows = _of(parameters, CURRENT)
    found = dict(zip(rows["parameter"].to_pylist(), rows["value"].to_pylist(), strict=True))
    r, alpha, a, b = (found.get(name) for name in ("r", "alpha", "a", "b"))
    if r is None or alpha is None or a is None or b is None:
        return None
    return bg_nbd.BgNbd(r, alpha, a, b)
