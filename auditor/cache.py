"""What was computed once is kept in one file, by content: later runs do not compute it again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

SIZE_LIMIT = 1 << 30
"""Bytes that a cache may take on the disk before its oldest entries go: half a million vectors."""

VARIABLE = "AUDITOR_CACHE"

_MEMORY_LIMIT = 64 << 20
_SCHEMA = 1
_MAGIC = b"SQLite format 3\0"
# "AUDC": tells our file from that of another program, which must be left alone.
_APPLICATION = 0x41554443
# SQLite builds may allow as few as 999 variables in one statement.
_CHUNK = 500
_WAIT_SECONDS = 5.0
# A fifth goes at a time, so that a full cache is not trimmed at every write.
_DROPPED_PART = 5


def default_path() -> Path | None:
    """Where the cache belongs: the file that AUDITOR_CACHE names, or the user's cache folder.

    Returns:
        The path, or None when AUDITOR_CACHE is empty or `off`: nothing is kept.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return None if named in {"", "off"} else Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("translation-auditor", appauthor=False) / "cache.sqlite3"


class Cache:
    """Values by key, in one file that several processes may use at a time.

    A cache never fails: what it cannot read is absent, what it cannot write is lost.
    Open one in each process; threads may share one.

    Attributes:
        problem: why nothing is kept, as one line, or None while all is well.
    """

    def __init__(self, path: Path | None, limit: int = SIZE_LIMIT) -> None:
        """Opens or makes the cache.

        Args:
            path: the file, made with its folders when absent; None keeps the values in
                memory until the cache is closed.
            limit: bytes on the disk before the oldest entries are dropped.
        """
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._limit = limit if path else min(limit, _MEMORY_LIMIT)
        self.problem: str | None = None
        try:
            self._connection = _opened(path)
        except (OSError, sqlite3.Error) as error:
            self._give_up(error)

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there."""
        with self._lock:
            if self._connection is None:
                return {}
            try:
                return _read(self._connection, keys)
            except sqlite3.Error as error:
                self._give_up(error)
                return {}

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        """Keeps values under their keys, in place of earlier ones."""
        with self._lock:
            if self._connection is None or not entries:
                return
            try:
                with self._connection:
                    _write(self._connection, entries)
                    _drop_oldest(self._connection, self._limit)
            except sqlite3.Error as error:
                self._give_up(error)

    def close(self) -> None:
        """Ends the use of the file; later look-ups find nothing."""
        with self._lock:
            self._disconnect()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _give_up(self, error: Exception) -> None:
        self.problem = f"{self._path or 'cache'}: {error}; nothing is kept from here on"
        self._disconnect()
        if self._path and _damaged(error):
            with suppress(OSError):
                _set_aside(self._path)

    def _disconnect(self) -> None:
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _opened(path: Path | None) -> sqlite3.Connection:
    """A connection to a sound cache, made anew when the file is damaged."""
    if path is None:
        return _connected(":memory:")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and _holds_something_else(path):
        raise sqlite3.OperationalError("this is no cache")
    try:
        return _connected(str(path))
    except sqlite3.Error as error:
        if not _damaged(error):
            raise
    _set_aside(path)
    return _connected(str(path))


def _holds_something_else(path: Path) -> bool:
    """True for an article that was named by mistake, and for a device: both are left alone."""
    if not path.is_file():
        return True
    # SQLite takes a file of less than a page, whatever it says, for one to be written over.
    with path.open("rb") as file:
        head = file.read(len(_MAGIC))
    return head not in (b"", _MAGIC)


def _damaged(error: Exception) -> bool:
    """True for a file that is no sound database, False for one that is locked or read-only."""
    return type(error) is sqlite3.DatabaseError


def _set_aside(path: Path) -> None:
    """Renames a database that is damaged: it may yet be worth something to somebody."""
    path.replace(path.with_name(f"{path.name}.damaged"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False)
    try:
        _prepare(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the table, in place of that of another version of the auditor.

    Raises:
        sqlite3.Error: the file is damaged, locked, read-only, or of another program.
    """
    if _pragma(connection, "application_id") != _APPLICATION:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.OperationalError("the database is of another program")
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    # Readers and a writer do not wait for each other; a crash loses the last entries at most.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        if _pragma(connection, "user_version") != _SCHEMA:
            connection.execute("DROP TABLE IF EXISTS entry")
            connection.execute(f"PRAGMA user_version = {_SCHEMA}")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS entry"
            " (age INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"
        )


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _read(connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT key, value FROM entry WHERE key IN ({marks})"  # noqa: S608 - only question marks
        found.update(connection.execute(query, chunk))
    return found


def _write(connection: sqlite3.Connection, entries: Mapping[bytes, bytes]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO entry (key, value) VALUES (?, ?)", entries.items()
    )


def _drop_oldest(connection: sqlite3.Connection, limit: int) -> None:
    """Deletes the entries written first, once the pages in use exceed the limit."""
    while _bytes_used(connection) > limit:
        oldest, newest = connection.execute("SELECT min(age), max(age) FROM entry").fetchone()
        if oldest is None:
            return
        last = oldest + (newest - oldest) // _DROPPED_PART
        connection.execute("DELETE FROM entry WHERE age <= ?", (last,))


def _bytes_used(connection: sqlite3.Connection) -> int:
    pages = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
    return pages * _pragma(connection, "page_size")
