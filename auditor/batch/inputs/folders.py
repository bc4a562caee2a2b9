"""A folder of stories: every folder in it that holds a manifest or articles is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from auditor.batch.job import Job, Refused
from auditor.core import ReadError
from auditor.pipeline.load import MANIFEST, SUFFIXES

DEEPEST = 32
"""Folders in folders."""


def stories_in(root: Path) -> Iterator[Job | Refused]:
    """The stories below a folder, sorted by path; links to folders are not followed.

    Args:
        root: a folder that is itself a story yields that story alone.

    Raises:
        ReadError: it is no folder that can be listed.
    """
    if not root.is_dir():
        raise ReadError(str(root), "is no folder", "name a folder of stories")
    yield from _below(root, root, 0)


def _below(folder: Path, root: Path, depth: int) -> Iterator[Job | Refused]:
    key = folder.relative_to(root).as_posix()
    try:
        # Names only, no paths: a folder of a million stories takes 100 MB.
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError as error:
        if depth == 0:
            raise ReadError(str(root), f"cannot be listed: {error.strerror}", "check it") from error
        refusal = ReadError(str(folder), f"cannot be listed: {error.strerror}", "check its rights")
        yield Refused(key, str(refusal))
        return
    if MANIFEST in names or any(_is_article(name, folder) for name in names):
        yield Job(key if depth else folder.resolve().name, folder=str(folder), root=str(folder))
        return
    if depth >= DEEPEST:
        refusal = ReadError(str(folder), f"lies deeper than {DEEPEST} folders", "move it up")
        yield Refused(key, str(refusal))
        return
    for name in names:
        path = folder / name
        if not name.startswith(".") and path.is_dir() and not path.is_symlink():
            yield from _below(path, root, depth + 1)


def _is_article(name: str, folder: Path) -> bool:
    suffix = Path(name).suffix.lower()
    return suffix in SUFFIXES and not name.startswith(".") and (folder / name).is_file()
