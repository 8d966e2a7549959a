"""Dagster's event log in SQLite, without opening a file anew for every event."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as db
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

# A run writes to its own file and to the index; the pages look at a few runs at a time.
_MOST_OPEN = 8


class OpenEventLog(SqliteEventLogStorage):
    """Keeps the connections to the files of the last few runs open.

    The base class opens, commits and closes a file several times for every event; a refresh
    has about a thousand events, which took a third of its time. The overridden names are
    those of dagster 1.13.
    """

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "OpenEventLog":
        """Create the storage; the base class would create one of its own kind."""
        return cls(base_dir=config_value["base_dir"], inst_data=inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            connection = self._kept_connection(shard)
            with connection.begin():
                yield connection

    def _kept_connection(self, shard: str) -> Connection:
        kept = self._kept
        if shard not in kept:
            kept[shard] = self._opened(shard)
        kept.move_to_end(shard)
        while len(kept) > _MOST_OPEN:
            kept.popitem(last=False)[1].close()
        return kept[shard]

    @property
    def _kept(self) -> "OrderedDict[str, Connection]":
        # The base class connects in its own __init__, before one of ours could have run.
        kept: OrderedDict[str, Connection] = self.__dict__.setdefault("_kept_shards", OrderedDict())
        return kept

    def _opened(self, shard: str) -> Connection:
        engine = db.create_engine(
            self.conn_string_for_shard(shard),
            poolclass=NullPool,
            # The lock lets one thread at a time in, whichever opened the connection.
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        connection = engine.connect()
        # Safe with the write-ahead log that the base class sets, and spares a sync per event.
        connection.execute(db.text("PRAGMA synchronous = NORMAL"))
        connection.commit()
        return connection

    def dispose(self) -> None:
        """Close every connection."""
        with self._db_lock:
            while self._kept:
                self._kept.popitem()[1].close()
        super().dispose()
