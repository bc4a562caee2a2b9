"""A process that audits one story after another: `python -m auditor.batch.worker`.

Lines of JSON come in on standard input, the setup first, then tasks; lines of JSON go out. A
process that never ends or falls over takes nobody else with it: its parent kills and replaces it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from time import sleep
from typing import IO

# Before numpy is loaded: as many workers as cores leave none for threads of the BLAS.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from auditor.batch.auditing import Auditor
from auditor.batch.job import Setup, Task
from auditor.core import AuditorError
from auditor.core.collector import collect_rarely

DESERTED = 70
"""Exit code of a worker whose parent has gone."""


def serve(lines: IO[bytes], out: IO[bytes], watch: Callable[[], None] | None = None) -> None:
    """Reads a setup and tasks, and answers each line with one.

    A line with one task is answered with its outcome, a list of tasks by `null` once their
    sentences are encoded.

    Args:
        lines: where they come from, until it ends.
        out: where answers go.
        watch: runs beside it.
    """
    if watch:
        threading.Thread(target=watch, daemon=True).start()

    def answer(line: str) -> None:
        out.write(line.encode("ascii") + b"\n")
        out.flush()

    try:
        auditor = Auditor(Setup.from_json(lines.readline()))
    except AuditorError as error:
        answer(json.dumps({"problem": str(error)}))
        return
    answer(json.dumps({"setup": auditor.setup_digest}))
    for line in iter(lines.readline, b""):
        if line.startswith(b"["):
            auditor.ahead([Task.from_entries(entries) for entries in json.loads(line)])
            answer("null")
        else:
            answer(auditor.audit(Task.from_json(line)).to_json())


def _watch_parent(parent: int) -> None:
    """Ends the process once its parent is gone: a story without end would outlive a killed run."""
    while os.getppid() == parent:
        sleep(1.0)
    os._exit(DESERTED)


def _main() -> None:
    collect_rarely()
    parent = os.getppid()
    out = os.fdopen(os.dup(1), "wb")
    # What a library prints must not come between the answers.
    os.dup2(2, 1)
    # Ctrl-C reaches all processes of a terminal: the parent decides.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, out, lambda: _watch_parent(parent))


if __name__ == "__main__":
    _main()
