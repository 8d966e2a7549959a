"""Who will buy nothing for a while: a logistic regression, in service only where it is better.

The closed form of BG/NBD knows how often and when somebody bought. A logistic regression may know
more, such as visits and feedback, and is trained one window earlier than it is judged. Whichever
ranks the held-back window better is in service.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from scipy.special import expit

from python_assets.scoring.accuracy import Accuracy, Booleans, accuracy, calibration_table
from python_assets.scoring.columns import booleans, floats
from python_assets.scoring.fitting import Floats

__all__ = ["RESULT", "calibration_table", "challenge"]

RESULT = pa.schema(
    {
        "kind": pa.string(),
        "model": pa.string(),
        "name": pa.string(),
        "value": pa.float64(),
        "why_not": pa.string(),
    }
)

_FEATURE = "feature_"
_OUTCOME = "has_churned"
_CLOSED_FORM = "closed_form"
_LOGISTIC = "logistic"


@dataclass(frozen=True)
class _Sample:
    """Buyers of one window.

    Attributes:
        features: One row per buyer, one column per feature.
        has_churned: Whether each bought nothing after the snapshot.
    """

    features: Floats
    has_churned: Booleans


@dataclass(frozen=True)
class _Candidate:
    """A model on trial.

    Attributes:
        model: Its name.
        accuracy: How right it was on the held-back window; none if it was not tried.
        why_not: Why it was not tried.
        exists: Whether there is anything to put in service.
    """

    model: str
    accuracy: Accuracy | None
    why_not: str | None
    exists: bool


def challenge(
    training: pa.Table, held_back: pa.Table, minimum_buyers: int, *, has_closed_form: bool = True
) -> pa.Table:
    """Train a logistic regression, and hold it against the closed form.

    It is trained on the earlier window, judged on the held-back one, and then trained on that,
    so that its coefficients are as recent as outcomes are.

    Args:
        training: Buyers of the earlier window. Columns that start with `feature_` (numbers),
            has_churned (whether they bought nothing within the window).
        held_back: Buyers of the latest window that has passed: the same columns, and closed_form
            (probability of buying nothing; null throughout when there was no fit).
        minimum_buyers: Buyers of either table under which nothing is trained.
        has_closed_form: Whether the purchase model could be fitted to what is known today, so that
            its closed form can serve whether or not it could be tried on the held-back window.

    Returns:
        As `RESULT` has it. Rows of kind `coefficient` (model `logistic`) have the intercept and
        one coefficient per feature as it comes, by which the log-odds are a sum. Rows of kind
        `performance` have for both models auc, log_loss, brier, base_rate, buyers (of the
        held-back window) and is_in_service (1 or 0). Where there is nothing to tell, value is
        null and why_not says why. Why a model is not in service is said beside its 0.

    Raises:
        ValueError: If tables differ in features or have none, a number or an outcome is missing,
            or closed_form is null for some buyers and not for all.
    """
    features = _features(training, held_back)
    earlier, latest = (_sample(table, features) for table in (training, held_back))
    thin_latest = _too_thin(latest, "held-back", minimum_buyers)
    too_thin = _too_thin(earlier, "training", minimum_buyers) or thin_latest
    closed_form = _closed_form(held_back, latest, thin_latest, exists=has_closed_form)
    logistic = _Candidate(_LOGISTIC, None, too_thin, exists=False)
    coefficients: Floats | None = None
    if not too_thin:
        forecast = _probability(_trained(earlier), latest.features)
        logistic = _Candidate(_LOGISTIC, accuracy(forecast, latest.has_churned), None, exists=True)
        coefficients = _trained(latest)
    why_logistic, why_closed_form = _why_not_in_service(logistic, closed_form)
    rows = [
        *_coefficient_rows(features, coefficients, too_thin),
        *_performance_rows(logistic, why_logistic),
        *_performance_rows(closed_form, why_closed_form),
    ]
    return pa.Table.from_pylist(rows, RESULT)


# ---------------------------------------------------------------- the logistic regression


def _trained(sample: _Sample) -> Floats:
    """Intercept and coefficients of a logistic regression, by features as they come.

    Features are standardised for training, so that the penalty (scikit-learn's default, L2 with
    C = 1) weighs on all alike; that is folded back into the coefficients.
    """
    # A second or two to import, which shops that are too young to train need not wait for.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.preprocessing import StandardScaler  # noqa: PLC0415

    scaler = StandardScaler()
    regression = LogisticRegression(max_iter=1_000)
    regression.fit(scaler.fit_transform(sample.features), sample.has_churned)
    slopes = regression.coef_[0] / scaler.scale_
    return np.concatenate([regression.intercept_ - slopes @ scaler.mean_, slopes])


def _probability(coefficients: Floats, features: Floats) -> Floats:
    return np.asarray(expit(coefficients[0] + features @ coefficients[1:]))


# ---------------------------------------------------------------- what is on trial


def _closed_form(
    held_back: pa.Table, sample: _Sample, too_thin: str | None, *, exists: bool
) -> _Candidate:
    """Judge the closed form by what it said of the held-back window, if it said anything."""
    column = held_back[_CLOSED_FORM]
    if column.null_count == len(column):
        why_not = too_thin or "no purchase model was fitted to what was known before the window"
        return _Candidate(_CLOSED_FORM, None, why_not, exists)
    probability = floats(held_back, _CLOSED_FORM)
    if too_thin:
        return _Candidate(_CLOSED_FORM, None, too_thin, exists)
    return _Candidate(_CLOSED_FORM, accuracy(probability, sample.has_churned), None, exists)


def _why_not_in_service(
    logistic: _Candidate, closed_form: _Candidate
) -> tuple[str | None, str | None]:
    """Say of both models why they are not in service; of the one that is, nothing."""
    no_closed_form = (
        None if closed_form.exists else closed_form.why_not or "no purchase model is fitted today"
    )
    if logistic.accuracy is None:
        return logistic.why_not, no_closed_form
    if closed_form.accuracy is None or no_closed_form:
        return None, no_closed_form or closed_form.why_not
    ours, theirs = logistic.accuracy.auc, closed_form.accuracy.auc
    if ours > theirs:
        return None, f"the logistic regression ranks better: AUC {ours:.4f} against {theirs:.4f}"
    return f"AUC {ours:.4f} is not above the {theirs:.4f} of the closed form", None


def _too_thin(sample: _Sample, window: str, minimum_buyers: int) -> str | None:
    buyers, churned = len(sample.has_churned), int(sample.has_churned.sum())
    if buyers < minimum_buyers:
        return f"the {window} window has {buyers} buyers; {minimum_buyers} are needed"
    if churned == 0:
        return f"everybody in the {window} window bought again"
    if churned == buyers:
        return f"nobody in the {window} window bought again"
    return None


# ---------------------------------------------------------------- tables


def _features(training: pa.Table, held_back: pa.Table) -> Sequence[str]:
    ours, theirs = (
        [name for name in table.column_names if name.startswith(_FEATURE)]
        for table in (training, held_back)
    )
    if not ours or sorted(ours) != sorted(theirs):
        raise ValueError(
            f"training has the features {ours} and held_back {theirs}: both need the same, one "
            f"or more, with names that start with {_FEATURE}"
        )
    return ours


def _sample(table: pa.Table, features: Sequence[str]) -> _Sample:
    columns = np.column_stack([floats(table, name) for name in features])
    return _Sample(columns, booleans(table, _OUTCOME))


def _coefficient_rows(
    features: Sequence[str], coefficients: Floats | None, why_not: str | None
) -> Iterator[Mapping[str, object]]:
    names = ["intercept", *features]
    values = [None] * len(names) if coefficients is None else coefficients.tolist()
    for name, value in zip(names, values, strict=True):
        yield _row("coefficient", _LOGISTIC, name, value, why_not)


def _performance_rows(
    candidate: _Candidate, why_not_in_service: str | None
) -> Iterator[Mapping[str, object]]:
    measures = candidate.accuracy._asdict() if candidate.accuracy else {}
    for name in Accuracy._fields:
        value = measures.get(name)
        yield _row("performance", candidate.model, name, value, candidate.why_not)
    is_in_service = why_not_in_service is None
    if is_in_service and candidate.accuracy is None:
        why_not_in_service = f"in service untried: {candidate.why_not}"
    yield _row(
        "performance", candidate.model, "is_in_service", float(is_in_service), why_not_in_service
    )


def _row(
    kind: str, model: str, name: str, value: float | None, why_not: str | None
) -> Mapping[str, object]:
    return {"kind": kind, "model": model, "name": name, "value": value, "why_not": why_not}
