"""The DuckDB that exported files are read with: bounded, and reaching only what it has to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.ingestion.layouts import UnreadableFileError, first_line
from orchestration.ingestion.sql import list_literal, text_literal
from orchestration.sources.connector import SourceError
from orchestration.workspace.paths import Workspace
from orchestration.workspace.settings import ResourceSettings

# What DuckDB raises over a file's bytes.
_UNREADABLE = (
    duckdb.InvalidInputException,
    duckdb.IOException,
    duckdb.ConversionException,
    duckdb.OutOfRangeException,
    duckdb.SerializationException,
)


@contextmanager
def reading_connection(
    workspace: Workspace, resources: ResourceSettings, folders: Iterable[Path]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that reads `folders` and writes into the workspace.

    Extensions are neither loaded nor installed, and no other file and no address can be reached,
    whatever an exported file says.
    """
    workspace.warehouse.mkdir(parents=True, exist_ok=True)
    allowed = [workspace.landing, workspace.warehouse, *folders]
    connection = duckdb.connect(
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "memory_limit": resources.memory_limit,
            "temp_directory": str(workspace.warehouse / "spill"),
        }
    )
    try:
        if resources.threads is not None:
            connection.execute(f"set threads = {resources.threads}")
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("set enable_progress_bar = false")
        # Rows come out as they stood, so that quarantine tells where a row was.
        connection.execute("set preserve_insertion_order = true")
        directories = list_literal(text_literal(str(folder.absolute())) for folder in allowed)
        connection.execute(f"set allowed_directories = {directories}")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


@contextmanager
def blaming_the_file() -> Iterator[None]:
    """Tell a file that cannot be read from a disk that is full.

    Raises:
        UnreadableFileError: If DuckDB cannot make sense of the file's bytes.
        SourceError: If the machine has no room for what is read.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise SourceError(
            f"not enough memory or room to spill: {first_line(error)}; "
            "resources.memory_limit in adplan.yaml says how much may be used"
        ) from error
    except _UNREADABLE as error:
        if "No space left" in str(error):
            raise SourceError(first_line(error)) from error
        raise UnreadableFileError(first_line(error)) from error
