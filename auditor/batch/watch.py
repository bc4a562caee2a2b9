"""Audits what arrives in a folder, until it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from auditor.batch.inputs.folders import stories_in
from auditor.batch.job import Job, Refused
from auditor.batch.texts import story_files

Signature = tuple[tuple[str, int, int], ...]


class Arrivals:
    """Tells which stories of a folder are new or changed, and no longer being written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, Signature] = {}
        self._done: dict[str, Signature] = {}

    def look(self) -> Iterator[Job | Refused]:
        """The stories whose files are as they were at the last look, and were not given yet.

        A story that is still being copied changes from one look to the next: it waits.
        """
        seen: dict[str, Signature] = {}
        for entry in stories_in(self._folder):
            if isinstance(entry, Refused):
                continue
            seen[entry.key] = sign = _signature(Path(entry.folder))
            if self._done.get(entry.key) != sign and self._seen.get(entry.key) == sign:
                self._done[entry.key] = sign
                yield entry
        # What was deleted is forgotten: it may come again.
        self._done = {key: sign for key, sign in self._done.items() if key in seen}
        self._seen = seen


def _signature(folder: Path) -> Signature:
    parts = []
    for path in story_files(folder):
        try:
            stat = path.stat()
        except OSError:
            continue
        parts.append((path.name, stat.st_size, stat.st_mtime_ns))
    return tuple(parts)


def watch(
    folder: Path,
    audit: Callable[[list[Job | Refused]], None],
    wait: Callable[[], bool],
) -> None:
    """Looks again and again.

    Args:
        folder: where stories arrive.
        audit: called with those that have.
        wait: waits for the next look; False ends the watch.

    Raises:
        ReadError: the folder is gone.
    """
    arrivals = Arrivals(folder)
    while True:
        found = list(arrivals.look())
        if found:
            audit(found)
        if not wait():
            return
