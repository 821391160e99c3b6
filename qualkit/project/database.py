"""The project file as a database: one connection, one lock, every write on disk before it is acknowledged."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, StaticPool, create_engine, event
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError, ProgrammingError, StatementError

from qualkit.errors import DataError, ProjectError

BUSY_SECONDS = 5


class Database:
    """Reads and writes of one SQLite file, safe for many threads and for several processes.

    Threads of this process take turns under a lock. Other processes are kept apart by SQLite:
    readers see the last committed state, a writer waits for up to five seconds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._open: Connection | None = None
        self._batch: Connection | None = None
        self._is_closed = False
        self._engine = create_engine(
            URL.create("sqlite", database=str(path)),
            poolclass=StaticPool,
            connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
            json_serializer=_to_json,
        )
        event.listen(self._engine, "connect", _prepare)
        # Taking the write lock at once means that what a transaction has read is still true when it writes.
        self._writer = self._engine.execution_options(qualkit_begin="BEGIN IMMEDIATE")
        event.listen(self._engine, "begin", _begin)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state from beginning to end; inside a write, the state being written."""
        with self._lock:
            self._require_not_closed()
            under_way = self._open or self._batch
            if under_way is not None:
                yield under_way
                return
            with self._translated(), self._engine.connect() as connection:
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: on disk when the block ends, undone when it raises."""
        with self._lock:
            self._require_not_closed()
            if self._open is not None:
                raise ProjectError("A change was begun inside another change. Finish the first one before.")
            with self._translated(), self._begun() as connection:
                self._open = connection
                try:
                    yield connection
                finally:
                    self._open = None

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many changes in one transaction: each ``write`` inside holds or is undone by itself.

        All are on disk when the block ends, also when it raises; a flush for each would cost more
        than the changes. Others cannot write meanwhile, so the block should be short.
        """
        with self._lock:
            self._require_not_closed()
            if self._open is not None or self._batch is not None:
                raise ProjectError("A change was begun inside another change. Finish the first one before.")
            with self._translated(), self._writer.connect() as connection, connection.begin() as transaction:
                self._batch = connection
                try:
                    yield
                finally:
                    self._batch = None
                    if transaction.is_active:
                        transaction.commit()

    @contextmanager
    def _begun(self) -> Iterator[Connection]:
        if self._batch is None:
            with self._writer.begin() as connection:
                yield connection
        else:
            with self._batch.begin_nested():
                yield self._batch

    def close(self) -> None:
        """Give the file back; SQLite folds its write-ahead log into it."""
        with self._lock:
            self._engine.dispose()
            self._is_closed = True

    def _require_not_closed(self) -> None:
        if self._is_closed:
            raise ProjectError(f"{self.path.name} is closed. Open it again with open_project.")

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise ProjectError(_explain(self.path, str(error.orig))) from error
        except IntegrityError as error:
            raise ProjectError(
                f"{self.path.name}: this contradicts what the project holds ({error.orig}). Nothing was changed; "
                "correct what was given."
            ) from error
        except UnicodeEncodeError as error:
            raise DataError(
                f"{error.object[:40]!r}: character {error.start} is half of a surrogate pair and cannot be stored. "
                "Nothing was changed; write the text again."
            ) from error
        except json.JSONDecodeError as error:
            raise ProjectError(f"{self.path.name} is damaged ({error}). Open a backup of the project.") from error
        except DatabaseError as error:
            if isinstance(error, ProgrammingError):
                raise DataError(_no_value(error.orig)) from error
            raise ProjectError(f"{self.path.name} is damaged ({error.orig}). Open a backup of the project.") from error
        except (StatementError, OverflowError) as error:
            raise DataError(_no_value(getattr(error, "orig", error))) from error


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions of its own: `_begin` does.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("qualkit_begin", "BEGIN"))


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _no_value(reason: object) -> str:
    return f"A value of this kind cannot be stored or looked up ({reason}). Nothing was changed; give text or a number."


def _explain(path: Path, message: str) -> str:
    if "locked" in message or "busy" in message:
        return (
            f"{path.name}: another program has been writing to this project for more than {BUSY_SECONDS} seconds. "
            "Nothing was changed; try again when it has finished."
        )
    if "readonly" in message:
        return f"{path.name} may not be written. Nothing was changed; take the write protection off the file."
    if "full" in message:
        return f"{path.name}: the disk is full. Nothing was changed; make room and try again."
    return f"{path.name}: the change could not be written ({message}). Nothing was changed."
