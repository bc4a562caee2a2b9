"""Audits stories in several processes of this machine, each with an encoder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty, Full, Queue
from time import sleep
from typing import IO

from auditor.batch.digest import combined
from auditor.batch.job import Job, Outcome, Setup, Status, Task
from auditor.batch.texts import content_digest
from auditor.core import AuditorError, ConfigError

START_LIMIT = 120.0
"""Seconds that a worker may take to load its encoder."""

TRIES = 2
"""How often a story is tried whose worker dies: the first time it may have been killed for
something else, such as a machine short of memory."""

SWOLLEN = 1200.0
"""Megabytes of a worker from which it is replaced after its story: what a giant among the stories
took does not come back by itself."""

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


class Seat:
    """A place for a worker: a new one sits down when the last one died."""

    def __init__(self, setup: Setup, limit: float) -> None:
        self._setup = setup
        self._limit = limit
        self._worker: Worker | None = None
        self._setup_digest = ""
        self._retired = False

    def audit_all(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Audits some stories in their order, their sentences encoded in one go.

        A story that nobody survives fails by itself: those behind it are encoded one by one.

        Raises:
            AuditorError: no worker can begin.
        """
        if len(tasks) > 1:
            try:
                self.worker().ahead(tasks, self._limit * len(tasks))
            except WorkerDiedError:
                self.close()
        for task in tasks:
            yield self.audit(task)

    def audit(self, task: Task) -> Outcome:
        """Audits a story; one that kills its worker or never ends is an outcome too.

        Raises:
            AuditorError: no worker can begin.
        """
        job, reason = task.job, ""
        for _ in range(TRIES):
            worker = self.worker()
            try:
                outcome = worker.audit(task, self._limit)
            except WorkerDiedError as death:
                self.close()
                reason = death.reason
                if death.late:
                    break
            else:
                if outcome.megabytes > SWOLLEN:
                    self.close()
                return outcome
        else:
            reason = f"{reason}, {TRIES} times"
        digest = "" if job.remote else combined(content_digest(job), self._setup_digest)
        if digest and digest == task.known:
            return Outcome(job.key, Status.UNCHANGED, digest=digest)
        return Outcome(job.key, Status.FAILED, reason, digest, seconds=self._limit)

    def worker(self) -> Worker:
        """The worker of this seat, started when there is none.

        Raises:
            AuditorError: it cannot begin, or the seat is no more.
        """
        self._stay()
        if self._worker is None:
            self._worker = Worker(self._setup)
            self._setup_digest = self._worker.setup_digest
            # It may have been told to go while it came.
            self._stay()
        return self._worker

    def _stay(self) -> None:
        if self._retired:
            self.close()
            raise AuditorError("worker", "the run has ended", "start another")

    def close(self) -> None:
        """Sends the worker away; another one comes when it is needed."""
        if self._worker:
            self._worker.close()
        self._worker = None

    def retire(self) -> None:
        """Ends the worker, whoever waits for it: no other one comes."""
        self._retired = True
        if self._worker:
            self._worker.kill()


class Pool:
    """Seats for several workers, which stay from one call to the next."""

    def __init__(self, setup: Setup, jobs: int, limit: float) -> None:
        """Nothing is started yet.

        Args:
            setup: what to audit with.
            jobs: how many processes, 1 or more.
            limit: seconds for one story.
        """
        self._group = setup.group
        self._seats = [Seat(setup.for_worker(number), limit) for number in range(jobs)]

    def start(self) -> None:
        """Starts all workers now, not with their first story.

        Raises:
            AuditorError: one cannot begin.
        """
        for seat in self._seats:
            seat.worker()

    def audit(self, jobs: Iterable[Job], known: Mapping[bytes, bytes]) -> Iterator[Outcome]:
        """Audits stories, as each is done: in no certain order.

        Args:
            jobs: read as they are needed, a few ahead.
            known: digests of stories in the store, by `store.short` of their keys.

        Raises:
            AuditorError: no worker can begin.
        """
        waiting: Queue[Job | None] = Queue(2 * self._group * len(self._seats))
        done: Queue[Outcome | BaseException | None] = Queue(4 * len(self._seats))
        stopped = threading.Event()

        threads = [
            threading.Thread(
                target=_work,
                args=(seat, self._group, known, waiting, done, stopped),
                daemon=True,
            )
            for seat in self._seats
        ]
        feeder = threading.Thread(
            target=_feed, args=(jobs, waiting, done, stopped, len(threads)), daemon=True
        )
        for thread in (*threads, feeder):
            thread.start()
        running = len(threads)
        try:
            while running:
                outcome = done.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                if outcome is None:
                    running -= 1
                else:
                    yield outcome
        finally:
            stopped.set()
            if running:
                self._abandon(waiting, done, [*threads, feeder])

    def _abandon(
        self,
        waiting: Queue[Job | None],
        done: Queue[Outcome | BaseException | None],
        threads: list[threading.Thread],
    ) -> None:
        """Ends the threads of a run that nobody reads any more."""
        for seat in self._seats:
            seat.retire()
        while any(thread.is_alive() for thread in threads):
            for queue in (waiting, done):
                with suppress(Empty):
                    queue.get_nowait()
            with suppress(Full):
                waiting.put_nowait(None)
            sleep(0.005)

    def pids(self) -> list[int]:
        """The numbers of the processes at work."""
        return [seat._worker.pid for seat in self._seats if seat._worker]  # noqa: SLF001

    def close(self) -> None:
        """Ends all processes."""
        for seat in self._seats:
            seat.close()


def _work(
    seat: Seat,
    most: int,
    known: Mapping[bytes, bytes],
    waiting: Queue[Job | None],
    done: Queue[Outcome | BaseException | None],
    stopped: threading.Event,
) -> None:
    from auditor.batch.store import short

    try:
        while (jobs := _taken(waiting, most)) and not stopped.is_set():
            tasks = [Task(job, known.get(short(job.key), b"").hex()) for job in jobs]
            for outcome in seat.audit_all(tasks):
                done.put(outcome)
    except BaseException as error:  # noqa: BLE001 - raised again by the reader of `done`
        done.put(error)
    done.put(None)


def _taken(waiting: Queue[Job | None], most: int) -> list[Job]:
    """The next job, and others as far as they are there; none at the end."""
    jobs: list[Job] = []
    job = waiting.get()
    while job is not None:
        jobs.append(job)
        if len(jobs) == most:
            return jobs
        try:
            job = waiting.get_nowait()
        except Empty:
            return jobs
    if jobs:
        # The end is told to each worker once.
        waiting.put(None)
    return jobs


def _feed(
    jobs: Iterable[Job],
    waiting: Queue[Job | None],
    done: Queue[Outcome | BaseException | None],
    stopped: threading.Event,
    seats: int,
) -> None:
    try:
        for job in jobs:
            waiting.put(job)
            if stopped.is_set():
                break
    except BaseException as error:  # noqa: BLE001 - raised again by the reader of `done`
        done.put(error)
    for _ in range(seats):
        waiting.put(None)
