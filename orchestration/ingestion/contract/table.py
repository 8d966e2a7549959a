"""The shape of one raw table's contract."""

from dataclasses import dataclass

from orchestration.ingestion.contract.kinds import Kind


@dataclass(frozen=True)
class Table:
    """One landing folder and the table it becomes.

    Attributes:
        source: Folder under `landing/`, such as `commerce`.
        name: Folder below it, such as `orders`.
        columns: Column names in order, with what each means.
        key: Columns that identify a row; all are required.
        happened_at: Column that says when the row happened. A row later than the run's
            `as_of` is quarantined, and freshness and lateness are measured on it.
        is_fact: Whether a row without `happened_at` is useless and therefore quarantined.
        newest_by: Among rows of one key, the newest value of this column wins; without it,
            the newest file wins.
        non_negative: Columns whose negative values quarantine the row.
    """

    source: str
    name: str
    columns: dict[str, Kind]
    key: tuple[str, ...]
    happened_at: str | None = None
    is_fact: bool = False
    newest_by: str | None = None
    non_negative: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """Name in logs and in `health.load_log`, such as `commerce.orders`."""
        return f"{self.source}.{self.name}"

    @property
    def relation(self) -> str:
        """Name in the build database, such as `raw_commerce.orders`."""
        return f"raw_{self.source}.{self.name}"
