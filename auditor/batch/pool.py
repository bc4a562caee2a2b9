"""Audits stories in several processes of this machine, each with an encoder of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, Full, Queue
from time import sleep

from auditor.batch.child import Worker, WorkerDiedError
from auditor.batch.digest import combined
from auditor.batch.job import Job, Outcome, Setup, Status, Task
from auditor.batch.known import Known
from auditor.batch.texts import content_digest
from auditor.core import AuditorError

TRIES = 2
"""How often a story is tried whose worker dies: the first time it may have been killed for
something else, such as a machine short of memory."""

SWOLLEN = 1200.0
"""Megabytes of a worker from which it is replaced after its story: what a giant among the stories
took does not come back by itself."""


class Seat:
    """A place for a worker: a new one sits down when the last one died."""

    def __init__(self, setup: Setup, limit: float) -> None:
        self._setup = setup
        self._limit = limit
        self._worker: Worker | None = None
        self.setup_digest = ""
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
        digest = "" if job.remote else combined(content_digest(job), self.setup_digest)
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
            self.setup_digest = self._worker.setup_digest
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

    @property
    def setup_digest(self) -> str:
        """Of what its workers audit with, once one has started."""
        return next((seat.setup_digest for seat in self._seats if seat.setup_digest), "")

    def start(self) -> None:
        """Starts all workers now, not with their first story.

        Raises:
            AuditorError: one cannot begin.
        """
        for seat in self._seats:
            seat.worker()

    def audit(self, jobs: Iterable[Job], known: Known) -> Iterator[Outcome]:
        """Audits stories, as each is done: in no certain order.

        Args:
            jobs: read as they are needed, a few ahead.
            known: what the store has of them.

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
    known: Known,
    waiting: Queue[Job | None],
    done: Queue[Outcome | BaseException | None],
    stopped: threading.Event,
) -> None:
    try:
        while (jobs := _taken(waiting, most)) and not stopped.is_set():
            tasks = [Task(job, known.digest(job.key)) for job in jobs]
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
