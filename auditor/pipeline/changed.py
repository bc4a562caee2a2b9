"""What git knows of a folder: which files have changed, and when each was changed last."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from auditor.core import ConfigError

WAIT_SECONDS = 60.0


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
