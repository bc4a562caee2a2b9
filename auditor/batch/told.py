"""How a run is told: a bar for people, a line of JSON for each story for programs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from auditor.batch.job import Outcome, Status
from auditor.batch.run import Tally
from auditor.core import ConfigError


def line_of(outcome: Outcome) -> str:
    """An outcome as one line of JSON, for a log."""
    row = outcome.story or {}
    said = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "story": outcome.key,
        "status": outcome.status.value,
        "reason": outcome.reason,
        "seconds": outcome.seconds,
        "segments": row.get("segments", 0),
        "stable": row.get("stable", 0),
        "preview": row.get("preview", 0),
        "fidelity": row.get("fidelity"),
        "digest": outcome.digest,
    }
    return json.dumps(said)


@contextmanager
def log_to(path: Path | None) -> Iterator[Callable[[Outcome], None] | None]:
    """Appends a line for each outcome to a file.

    Args:
        path: made with its folder; None for no log.

    Raises:
        ConfigError: it cannot be opened.
    """
    if path is None:
        yield None
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a", encoding="ascii")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(str(path), f"cannot be written: {reason}", "check --log") from error
    lost: list[OSError] = []

    def told(outcome: Outcome) -> None:
        _append(stream, line_of(outcome), lost)

    try:
        yield told
    finally:
        try:
            stream.close()
        except OSError as error:
            lost.append(error)
        if lost:
            # A log that cannot be written costs nothing but itself: the store has it all.
            sys.stderr.write(f"auditor: {path}: the log is not whole: {lost[0].strerror}\n")


def _append(stream: IO[str], line: str, lost: list[OSError]) -> None:
    try:
        stream.write(line + "\n")
        stream.flush()
    except OSError as error:
        lost.append(error)


@contextmanager
def bar(total: int | None, *, quiet: bool) -> Iterator[Callable[[Outcome], None] | None]:
    """A bar with rate and time left on standard error; nothing in a pipe, in CI or when quiet.

    Args:
        total: stories in all, or None where that is not known.
        quiet: no bar.
    """
    if quiet or not sys.stderr.isatty() or os.environ.get("CI"):
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("stories", total=total, rate="")
        failed = 0

        def told(outcome: Outcome) -> None:
            nonlocal failed
            failed += outcome.status is Status.FAILED
            speed = shown.tasks[task].speed
            rate = f"{speed:.1f}/s" if speed else ""
            text = f"stories ({failed} failed)" if failed else "stories"
            shown.update(task, advance=1, description=text, rate=rate)

        yield told


def summary(tally: Tally, seconds: float, store: Path) -> list[str]:
    """What a run came to, in a few lines for people."""
    counts = tally.counts
    total = sum(counts.values())
    parts = [f"{counts[status]} {status.value}" for status in Status if counts[status]]
    lines = [f"{total} stories in {seconds:.0f} s: {', '.join(parts) or 'none'}"]
    if tally.still:
        lines.append(f"  of the unchanged, {tally.still} failed or are incomplete: --retry-failed")
    for key, reason in tally.failed[:FEW]:
        lines.append(_plain(f"  {key}: {reason}"))
    more = len(tally.failed) - FEW
    if more > 0:
        lines.append(f"  and {more} more: auditor query {store} failed")
    if tally.stopped:
        lines.append(f"stopped: {tally.stopped}")
    return lines


FEW = 20
"""Failed stories that the summary names."""


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
