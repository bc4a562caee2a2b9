"""The process of a worker, from its parent's side."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO

from auditor.batch.job import Outcome, Setup, Task
from auditor.core import AuditorError, ConfigError

START_LIMIT = 120.0
"""Seconds that a worker may take to load its encoder."""

_TAIL = 300


class WorkerDiedError(Exception):
    """The process of a worker ended while it was at work."""

    def __init__(self, reason: str, *, late: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.late = late


class Worker:
    """One process that audits one story at a time, from the parent's side."""

    def __init__(self, setup: Setup) -> None:
        """Starts the process and waits until its encoder is loaded.

        Raises:
            AuditorError: it could not begin.
        """
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        # Our own module; -P keeps modules that lie in the current folder out.
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "auditor.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=_environment(),
        )
        try:
            self._send(setup.to_json())
            said = json.loads(self._answer(START_LIMIT))
        except WorkerDiedError as error:
            self.close()
            raise AuditorError("worker", f"cannot begin: {error.reason}", "see above") from error
        if "problem" in said:
            self.close()
            raise ConfigError("", said["problem"])
        self.setup_digest: str = said["setup"]

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._child.pid

    def audit(self, task: Task, limit: float) -> Outcome:
        """Audits one story.

        Args:
            task: the story.
            limit: seconds until the process is killed.

        Raises:
            WorkerDiedError: it was killed, or died by itself; the worker is of no more use.
        """
        self._send(task.to_json())
        return Outcome.from_json(self._answer(limit))

    def ahead(self, tasks: Sequence[Task], limit: float) -> None:
        """Encodes the sentences of the next stories in one go.

        Args:
            tasks: those that `audit` is called with next.
            limit: seconds until the process is killed.

        Raises:
            WorkerDiedError: as for `audit`.
        """
        self._send(json.dumps([asdict(task) for task in tasks]))
        self._answer(limit)

    def _send(self, line: str) -> None:
        stream = self._child.stdin
        try:
            if stream:
                stream.write(line.encode("ascii") + b"\n")
                stream.flush()
        except OSError as error:
            raise WorkerDiedError(self._epitaph(), late=False) from error

    def _answer(self, limit: float) -> bytes:
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._child.kill()

        timer = threading.Timer(limit, stop)
        timer.daemon = True
        timer.start()
        try:
            line = self._child.stdout.readline() if self._child.stdout else b""
        finally:
            timer.cancel()
        if not line.endswith(b"\n"):
            reason = f"took longer than {limit:g} s" if late.is_set() else self._epitaph()
            raise WorkerDiedError(reason, late=late.is_set())
        return line

    def _epitaph(self) -> str:
        """How the process ended, and its last words."""
        code = self._child.wait()
        how = f"exit code {code}"
        if code < 0:
            try:
                how = signal.Signals(-code).name
            except ValueError:
                how = f"signal {-code}"
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _TAIL))
        last = self._errors.read().decode("utf-8", "replace").strip().splitlines()
        said = "".join(c for c in last[-1] if c.isprintable()) if last else ""
        return f"the worker died ({how})" + (f": {said}" if said else "")

    def kill(self) -> None:
        """Ends the process, at once; `close` is for who talks to it."""
        self._child.kill()

    def close(self) -> None:
        """Ends the process, and what led to it."""
        self._child.kill()
        self._child.wait()
        for stream in (self._child.stdin, self._child.stdout, self._errors):
            if stream:
                try:
                    stream.close()
                except OSError:
                    # What was not yet sent to a process that is dead.
                    continue


def _environment() -> dict[str, str]:
    """Where the worker finds this package, also where it runs from a checkout."""
    import auditor

    root = str(Path(auditor.__file__).resolve().parent.parent)
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        # The encoder's thread and the worker's take turns: two heaps would only cost 12 MB.
        "MALLOC_ARENA_MAX": "1",
        "PYTHONPATH": os.pathsep.join(paths),
    }
