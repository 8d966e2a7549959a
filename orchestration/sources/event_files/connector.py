"""Event files as a source."""

from collections.abc import Mapping, Sequence

import duckdb

from orchestration.sources.event_files.mapped import mapped_events, style_of
from orchestration.sources.exports.connector import Export, ExportConnector
from orchestration.sources.exports.documents import documents_of
from orchestration.sources.exports.inputs import Place, fingerprint
from orchestration.workspace.settings import ResourceSettings
from orchestration.workspace.source_settings.event_files import EventFilesSettings

# Raise when the rules of this connector change, so that every file is made again.
_VERSION = 1


class EventFiles(ExportConnector):
    """JSON event files at the places that the settings name."""

    name = "event_files"
    tables: tuple[str, ...] = ("web.events",)
    possible_tables = tables

    def __init__(self, settings: Sequence[EventFilesSettings], resources: ResourceSettings) -> None:
        # Two places may hold files of one name, which must not share what is made of them.
        self.settings = {
            Place(one.path, f"{one.style}-{fingerprint([one.path])[:6]}-"): one for one in settings
        }
        super().__init__(tuple(self.settings), resources)
        self.is_required = any(one.required for one in settings)

    def signature(self, export: Export) -> str:
        """Digest of the mapping."""
        return fingerprint([_VERSION, style_of(self.settings[export.place])])

    def queries(
        self, connection: duckdb.DuckDBPyConnection, export: Export, limit: int | None
    ) -> Mapping[str, str]:
        """The events of a file."""
        cut = "" if limit is None else f" limit {limit}"
        documents = documents_of(connection, export.file)
        relation = f"(select json from {documents}{cut})"
        return {"web.events": mapped_events(relation, self.settings[export.place])}
