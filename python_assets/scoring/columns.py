"""Columns of Arrow tables as arrays, checked."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from python_assets.scoring.fitting import Floats


def floats(table: pa.Table, column: str) -> Floats:
    """Read a column of numbers of any type.

    Args:
        table: Any table.
        column: Name of a column in it.

    Returns:
        One number per row.

    Raises:
        ValueError: If a row has no finite number.
    """
    numbers = table[column].to_numpy().astype(np.float64)
    is_finite = np.isfinite(numbers)
    if not is_finite.all():
        raise ValueError(
            f"{column}, row {int(np.argmin(is_finite))} (from 0): every row needs a finite number"
        )
    return np.asarray(numbers)


def booleans(table: pa.Table, column: str) -> npt.NDArray[np.bool_]:
    """Read a column of true and false.

    Raises:
        ValueError: If a row has neither.
    """
    if table[column].null_count:
        raise ValueError(
            f"{column} is null in {table[column].null_count} rows: accepted are true and false"
        )
    return np.asarray(table[column].to_numpy(), dtype=np.bool_)
