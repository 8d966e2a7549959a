"""The shape of a check and of its result.

A check is data: an SQL measure, the range Great Expectations expects it in, and the query for
the rows to blame. This module never imports Great Expectations, which takes seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import great_expectations.expectations as gxe

Severity = Literal["refuse", "warn"]
Layer = Literal["landing", "dbt", "invariant", "mart"]


@dataclass(frozen=True)
class Between:
    """An expected range, both ends included; a missing end is open."""

    minimum: float | None = None
    maximum: float | None = None

    def __str__(self) -> str:
        """Say the range as a reader would.

        Example:
            >>> str(Between(0, 0)), str(Between(1)), str(Between(maximum=0.2)), str(Between(1, 5))
            ('0', 'at least 1', 'at most 0.2', 'between 1 and 5')
        """
        if self.minimum == self.maximum:
            return f"{self.minimum:.12g}"
        if self.minimum is None:
            return f"at most {self.maximum:.12g}"
        if self.maximum is None:
            return f"at least {self.minimum:.12g}"
        return f"between {self.minimum:.12g} and {self.maximum:.12g}"

    def expectation(self, column: str) -> gxe.ExpectColumnValuesToBeBetween:
        """Build the Great Expectations expectation on the values of a column."""
        import great_expectations.expectations as gxe  # noqa: PLC0415

        return gxe.ExpectColumnValuesToBeBetween(
            column=column, min_value=self.minimum, max_value=self.maximum
        )


NONE = Between(0, 0)


@dataclass(frozen=True)
class Check:
    """One thing that must hold of a table.

    Attributes:
        name: What holds when the check passes, unique within its table and layer.
        table: The table it is about, as people know it, such as `commerce.orders`.
        measure: SQL aggregate over the table, never null; in a standalone check a whole value
            of its own, such as `(select count(*) from ...)`.
        expected: The range the measure must lie in.
        severity: `refuse` stops the run before anything is published.
        meaning: One sentence: what is wrong with the numbers when the check fails.
        offending_rows: The rows to blame: a condition on the table's rows, or a whole query
            (starting with `select` or `with`). None when no row of the table is to blame.
        exact: Value to use in place of a measure other than 0, where the measure is a quick
            one that can be too high but never too low.
        reads: Other relations the SQL needs; without one of them the check is not run.
        applies_if: Query of one boolean; the check is run only if it is true.
        is_standalone: Whether `measure` reads tables by itself rather than scan `table`.

    In `offending_rows` and `exact`, `{relation}` stands for the table in the database.
    """

    name: str
    table: str
    measure: str
    expected: Between
    severity: Severity
    meaning: str
    offending_rows: str | None = None
    exact: str | None = None
    reads: tuple[str, ...] = ()
    applies_if: str | None = None
    is_standalone: bool = False


@dataclass(frozen=True)
class CheckResult:
    """What became of a check; the same shape whoever ran it.

    Attributes:
        layer: Which gate ran it.
        check_name: The check's name.
        table_name: The table it is about.
        severity: Whether failing stops the run.
        passed: Whether it holds.
        observed: The measured value.
        expected: The range it should lie in.
        offending_count: How many rows are to blame; None when passed or when no row is.
        offending_rows: At most five of them as JSON-able values, without personal fields.
        meaning: What is wrong with the numbers when the check fails.
    """

    layer: Layer
    check_name: str
    table_name: str
    severity: Severity
    passed: bool
    observed: str
    expected: str
    offending_count: int | None
    offending_rows: list[dict[str, object]]
    meaning: str

    @property
    def refuses(self) -> bool:
        """Whether this result stops the run."""
        return not self.passed and self.severity == "refuse"
