"""The few ways in which checks are written, so that each table's module reads as a list."""

from expectations.checks import NONE, Between, Check, Severity


def no_rows_where(  # noqa: PLR0913 (every argument but the first is named where it is called)
    table: str,
    *,
    name: str,
    condition: str,
    severity: Severity,
    meaning: str,
    reads: tuple[str, ...] = (),
) -> Check:
    """Return the check that no row of a table meets a condition."""
    return Check(
        name=name,
        table=table,
        measure=f"count(*) filter (where {condition})",
        expected=NONE,
        severity=severity,
        meaning=meaning,
        offending_rows=condition,
        reads=reads,
    )


def few_rows_where(  # noqa: PLR0913
    table: str,
    *,
    name: str,
    condition: str,
    among: str,
    at_most: float,
    meaning: str,
) -> Check:
    """Return the check that at most a share of the rows `among` meets a condition.

    It warns: what may happen to some rows cannot be wrong by itself.
    """
    rows = f"count(*) filter (where {among})"
    offending = f"({among}) and ({condition})"
    return Check(
        name=name,
        table=table,
        measure=f"coalesce(count(*) filter (where {offending}) / nullif({rows}, 0), 0)",
        expected=Between(0, at_most),
        severity="warn",
        meaning=meaning,
        offending_rows=offending,
    )


def no_rows_in(  # noqa: PLR0913
    table: str,
    *,
    name: str,
    query: str,
    severity: Severity,
    meaning: str,
    reads: tuple[str, ...],
    applies_if: str | None = None,
) -> Check:
    """Return the check that a query, which may join tables, returns nothing."""
    return Check(
        name=name,
        table=table,
        measure=f"(select count(*) from ({query}))",
        expected=NONE,
        severity=severity,
        meaning=meaning,
        offending_rows=query,
        reads=reads,
        applies_if=applies_if,
        is_standalone=True,
    )


def key_is_never_null(table: str, key: tuple[str, ...]) -> Check:
    """Return the check that every row has its whole key."""
    return no_rows_where(
        table,
        name="key_is_never_null",
        condition=" or ".join(f'"{name}" is null' for name in key),
        severity="refuse",
        meaning="A row without its key cannot be told from another, so joins lose or repeat it.",
    )


def key_is_unique(table: str, key: tuple[str, ...]) -> Check:
    """Return the check that no key occurs twice.

    Keys are counted by a 64-bit hash, in the same scan as everything else; only if two rows
    share a hash are the keys themselves compared.
    """
    columns = ", ".join(f'"{name}"' for name in key)
    repeated = f"select hash({columns}) from {{relation}} group by all having count(*) > 1"
    return Check(
        name="key_is_unique",
        table=table,
        measure=f"count(*) - count(distinct hash({columns}))",
        expected=NONE,
        severity="refuse",
        meaning="A key that occurs twice counts its row twice in every sum and join.",
        offending_rows=(
            f"select * from {{relation}} where hash({columns}) in ({repeated}) "
            f"qualify count(*) over (partition by {columns}) > 1"
        ),
        exact=(
            f"(select coalesce(sum(occurrences - 1), 0) from (select count(*) as occurrences "
            f"from {{relation}} where hash({columns}) in ({repeated}) group by {columns}))"
        ),
    )


def no_orphans(table: str, key: str, column: str, parent: str, parent_key: str) -> Check:
    """Return the check that whatever a column refers to is there; null refers to nothing.

    Args:
        table: The table that refers.
        key: What tells its rows apart, to show them by.
        column: What refers.
        parent: The table that is referred to.
        parent_key: Its key.
    """
    columns = f"child.{key}" if key == column else f"child.{key}, child.{column}"
    return no_rows_in(
        table,
        name=f"{column}_is_in_{parent.split('.')[1]}",
        query=(
            f"select {columns} from {table} as child "
            f"anti join {parent} as parent on child.{column} = parent.{parent_key} "
            f"where child.{column} is not null"
        ),
        severity="refuse",
        meaning=f"Joined with {parent}, these rows disappear from every figure.",
        reads=(table, parent),
    )


def text_list(values: tuple[str, ...]) -> str:
    """Return values as a SQL list.

    Example:
        >>> text_list(("new", "qualified"))
        "('new', 'qualified')"
    """
    return "(" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + ")"
