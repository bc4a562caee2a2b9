"""One run at a time on a store: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from auditor.core import ConfigError

LOCK = "lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the lock of a store.

    The system lets go of it when the process ends, also when it is killed: no lock is left behind.

    Args:
        folder: of the store.

    Raises:
        ConfigError: another run holds it.
    """
    path = folder / LOCK
    with path.open("a+b") as stream:
        if not _taken(stream):
            stream.seek(0)
            holder = stream.read(200).decode("utf-8", "replace").strip()
            raise ConfigError(
                str(folder),
                f"another run is at work on this store ({holder or 'it has just begun'})",
                "wait for it to end, or name another store",
            )
        stream.truncate(0)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        stream.write(f"number {os.getpid()}, since {now}\n".encode())
        stream.flush()
        yield


def _taken(stream: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far behind the text, so that others can read who holds it.
            stream.seek(1 << 20)
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
