"""What git knows of a folder: which files have changed, and when each was changed last."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from auditor.core import ConfigError, Lag

WAIT_SECONDS = 60.0
WHERE = "stale = true"

_HEAD = 4096
_SOURCE_COMMIT = re.compile(
    rb"^[ \t]*source-?_?[cC]ommit:[ \t]*[\"']?([0-9a-f]{7,40})\b", re.MULTILINE
)


def changed_since(root: Path, revision: str) -> frozenset[str]:
    """The files below a folder that differ from a revision, new and deleted ones included.

    Args:
        root: a folder in a working tree.
        revision: anything that git takes for a commit.

    Returns:
        Paths relative to `root`, with forward slashes.

    Raises:
        ConfigError: git is absent, the folder is in no working tree, the revision is unknown.
    """
    where = f"--changed-since {revision}"
    # A revision that begins with a dash would be an option.
    if revision.startswith("-"):
        raise ConfigError(where, "is no revision", "name a commit, a branch or a tag")
    commit = git(root, where, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    names = git(root, where, "diff", "--name-only", "--no-renames", "-z", "--relative", commit)
    new = git(root, where, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(name for name in (names + new).split("\0") if name)


@dataclass(frozen=True, slots=True)
class _Change:
    """The last commit that changed a file: its number in the history, from 0, the newest first."""

    number: int
    commit: str
    day: str


class History:
    """When the files of a folder were changed last, by one walk through the history."""

    def __init__(self, root: Path) -> None:
        """Takes the folder; git is asked when something is wanted."""
        self._root = root

    @cached_property
    def _changes(self) -> dict[str, _Change]:
        log = git(
            self._root, WHERE, "log", "--format=%x01%H %cs", "--name-only", "-z", "--no-renames",
            "--relative", "--", ".",
        )  # fmt: skip
        found: dict[str, _Change] = {}
        for number, entry in enumerate(log.split("\x01")[1:]):
            head, _, names = entry.partition("\0")
            commit, _, day = head.strip().partition(" ")
            for name in names.split("\0"):
                if name.strip():
                    found.setdefault(name.strip("\n"), _Change(number, commit, day))
        return found

    @cached_property
    def _touched(self) -> frozenset[str]:
        return changed_since(self._root, "HEAD")

    def lags(self, files: Sequence[str]) -> tuple[Lag, ...]:
        """The versions that were not changed since their source was.

        Args:
            files: relative to the root, the source first.

        Raises:
            ConfigError: git cannot be asked.
        """
        source, *others = files
        changed = self._changes.get(source)
        found: list[Lag] = []
        for file in others:
            own = self._changes.get(file)
            if own is None or file in self._touched:
                continue
            if source in self._touched:
                found.append(Lag(file, source, "", "but not committed yet"))
                continue
            named = self._named_commit(file)
            behind = changed is not None and changed.number < own.number
            if named and changed:
                between = (WHERE, "log", "-1", "--format=%H", f"{named}..HEAD", "--", source)
                behind = bool(git(self._root, *between).strip())
            if behind and changed:
                when = f"on {changed.day} ({changed.commit[:7]})"
                found.append(Lag(file, source, changed.commit, when))
        return tuple(found)

    def _named_commit(self, file: str) -> str:
        """The commit of the source that a page says it was translated from, or nothing."""
        with (self._root / file).open("rb") as stream:
            head = stream.read(_HEAD)
        found = _SOURCE_COMMIT.search(head) if head.startswith(b"---") else None
        return found[1].decode("ascii") if found else ""


def git(root: Path, where: str, *arguments: str) -> str:
    """What a git command prints.

    Args:
        root: the folder that it runs in.
        where: option or setting that needs it, for messages.
        arguments: of git.

    Raises:
        ConfigError: it cannot be run, or fails.
    """
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are ours, a revision is verified first
            command,
            cwd=root,
            # Nothing is asked of a person, and no lock is taken from one at work.
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
            capture_output=True,
            check=False,
            timeout=WAIT_SECONDS,
        )
    except FileNotFoundError as error:
        raise ConfigError(where, "git is not installed", "install it, or check all") from error
    except subprocess.TimeoutExpired as error:
        raise ConfigError(where, "git does not answer", "try again") from error
    if done.returncode:
        said = _first_line(done.stderr) or "the revision is unknown"
        raise ConfigError(where, said, "name a commit of the repository of this folder")
    return os.fsdecode(done.stdout)


def _first_line(output: bytes) -> str:
    lines: Sequence[str] = output.decode("utf-8", "replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else ""
