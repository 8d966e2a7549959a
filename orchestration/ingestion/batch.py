"""The files one load reads, and what became of each."""

from dataclasses import dataclass, field

import duckdb

from orchestration.ingestion.contract import Table
from orchestration.ingestion.files import Format, LandingFile


@dataclass
class Batch:
    """The files one load reads.

    Attributes:
        table: The contract of their folder.
        files: The files to read, oldest first.
        first_index: `_file_index` of the first of them.
        replaces_table: Whether they are all there is, so that the table starts anew.
        unreadable: Reason by `relative` of the files that are not what their name says.
        empty: `relative` of the files that hold nothing.
    """

    table: Table
    files: list[LandingFile]
    first_index: int
    replaces_table: bool
    unreadable: dict[str, str] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._indexes = {
            file.relative: index for index, file in enumerate(self.files, self.first_index)
        }

    @property
    def incoming(self) -> str:
        """Name of the table the load writes to before it settles."""
        return f"{self.table.relation}__incoming"

    def index_of(self, file: LandingFile) -> int:
        """Return the `_file_index` of a file of this batch."""
        return self._indexes[file.relative]

    def is_unchanged(self) -> bool:
        """Whether the files on disk are still those that were listed."""
        return all(file.is_unchanged() for file in self.files)

    def describe_files(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Write `batch_files`: the files, what became of them, and where their rows start."""
        # Row numbers count the header of a CSV file, as editors do.
        headers = [int(file.format is Format.CSV) for file in self.files]
        connection.execute(
            """
            create or replace temp table batch_files as
            select unnest($1::integer[]) as file_index, unnest($2::varchar[]) as relative,
                unnest($3::bigint[]) as size, unnest($4::bigint[]) as mtime_ns,
                unnest($5::bigint[]) as ctime_ns, unnest($6::varchar[]) as status,
                unnest($7::integer[]) as header_rows, unnest($8::varchar[]) as unreadable
            """,
            [
                list(self._indexes.values()),
                [file.relative for file in self.files],
                [file.size for file in self.files],
                [file.mtime_ns for file in self.files],
                [file.ctime_ns for file in self.files],
                [self._status(file) for file in self.files],
                headers,
                [self.unreadable.get(file.relative) for file in self.files],
            ],
        )

    def _status(self, file: LandingFile) -> str:
        if file.relative in self.unreadable:
            return "unreadable"
        return "empty" if file.relative in self.empty else "read"
