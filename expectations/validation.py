"""Where Great Expectations runs: once per gate, over all its measures together."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult
    from great_expectations.datasource.fluent.interfaces import Batch

    from expectations.checks import Between

_POSITION = "position"
# Every failing position, not a sample of twenty.
_RESULT_FORMAT = {"result_format": "COMPLETE", "unexpected_index_column_names": [_POSITION]}


class ExpectationError(Exception):
    """Great Expectations could not evaluate an expectation, which says nothing of the data."""


def are_met(values: Sequence[float], expected: Sequence[Between]) -> list[bool]:
    """Judge measured values by what is expected of each.

    Great Expectations spends about 8 ms on an expectation whatever the number of values, and a
    gate has hundreds of checks that expect the same few ranges. So the values go into a frame
    of one column per range, and one expectation judges all the values of its column.

    Args:
        values: Measured values, none of them null (Great Expectations passes over nulls).
        expected: The range of each value, in the same order.

    Returns:
        Whether each value lies in its range, in the same order.

    Raises:
        ExpectationError: If an expectation fails to run.
    """
    if not values:
        return []
    columns = {range_: f"expected {range_}" for range_ in expected}
    unmet = _unmet_positions(_frame(values, expected, columns), columns)
    return [position not in unmet for position in range(len(values))]


def _frame(
    values: Sequence[float], expected: Sequence[Between], columns: dict[Between, str]
) -> pd.DataFrame:
    """One row per value, which stands in the column of its range; the others are null."""
    import pandas as pd  # noqa: PLC0415 (whoever only reads checks does not need it)

    content: dict[str, list[float]] = {_POSITION: list(range(len(values)))}
    for range_, column in columns.items():
        content[column] = [
            float(value) if own == range_ else math.nan
            for value, own in zip(values, expected, strict=True)
        ]
    return pd.DataFrame(content)


def _unmet_positions(frame: pd.DataFrame, columns: dict[Between, str]) -> set[int]:
    batch = _batch(frame)
    import great_expectations as gx  # noqa: PLC0415 (it takes seconds)

    suite = gx.ExpectationSuite(
        name="gate",
        expectations=[range_.expectation(column) for range_, column in columns.items()],
    )
    outcome = batch.validate(suite, result_format=_RESULT_FORMAT)
    unmet: set[int] = set()
    for result in outcome.results:
        unmet |= _positions(result)
    return unmet


def _batch(frame: pd.DataFrame) -> Batch:
    # This version sends nothing; earlier ones reported every validation to their makers, and
    # whatever the locked version does must not depend on what the user has set.
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx  # noqa: PLC0415
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("profiles").add_dataframe_asset("measures")
    definition = asset.add_batch_definition_whole_dataframe("all")
    return definition.get_batch({"dataframe": frame})


def _positions(result: ExpectationValidationResult) -> set[int]:
    """Return the positions of the values that one expectation found outside its range."""
    if result.success:
        return set()
    found = result.result.get("unexpected_index_list")
    if not found:
        raise ExpectationError(f"{result.expectation_config}: {result.exception_info}")
    return {int(row[_POSITION]) for row in found}
