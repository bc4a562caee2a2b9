"""Audits stories on a Dask cluster: the same work, on as many machines as there are."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice
from typing import Any

from auditor.batch.auditing import reason_of
from auditor.batch.job import Job, Outcome, Setup, Status, Task
from auditor.batch.known import Known
from auditor.batch.pool import Seat
from auditor.core import AuditorError, ConfigError

AHEAD = 3
"""Groups of stories per thread of the cluster that wait there: none is idle, and none waits for
long."""

CONNECT = 20.0
"""Seconds to wait for a scheduler."""


class Cluster:
    """A Dask cluster, joined or started here."""

    def __init__(self, setup: Setup, jobs: int, limit: float, scheduler: str | None) -> None:
        """Joins a cluster, or starts one of processes on this machine.

        Args:
            setup: what to audit with; the cache is left out where other machines work.
            jobs: processes to start where no scheduler is named.
            limit: seconds for one story.
            scheduler: address such as `tcp://10.0.0.1:8786`, or None.

        Raises:
            ConfigError: nobody answers there.
        """
        from distributed import Client, LocalCluster

        self._limit = limit
        self._group = setup.group
        # The path of a cache means nothing on another machine.
        self._setup = (replace(setup, cache="") if scheduler else setup).to_json()
        self._own: Any = None
        try:
            if scheduler is None:
                self._own = LocalCluster(
                    n_workers=jobs, threads_per_worker=1, processes=True, dashboard_address=None
                )
            self._client = Client(scheduler or self._own, timeout=CONNECT)
        except (OSError, ValueError, TimeoutError) as error:
            raise ConfigError(
                f"--scheduler {scheduler}", f"nobody answers: {reason_of(error)}", "check it"
            ) from error

    def audit(self, jobs: Iterable[Job], known: Known) -> Iterator[Outcome]:
        """Audits stories, as each is done: in no certain order.

        A story is sent to another worker when its own one dies; after three of them it has failed.

        Args:
            jobs: read as they are needed, a few ahead.
            known: what the store has of them.

        Raises:
            AuditorError: a worker cannot begin.
        """
        from distributed import as_completed

        waiting = (Task(job, known.digest(job.key)) for job in jobs)
        flying: dict[Any, list[Task]] = {}

        def sent(tasks: list[Task]) -> Any:
            lines = [task.to_json() for task in tasks]
            future = self._client.submit(audited_there, lines, self._setup, self._limit, pure=False)
            flying[future] = tasks
            return future

        def following(count: int) -> Iterator[Any]:
            for _ in range(count):
                if tasks := list(islice(waiting, self._group)):
                    yield sent(tasks)

        done = as_completed(list(following(self._ahead())))
        try:
            for future in done:
                tasks = flying.pop(future)
                done.update(following(1))
                if future.exception() is not None and len(tasks) > 1:
                    # One of them ended three workers: it must not take the others with it.
                    done.update([sent([task]) for task in tasks])
                else:
                    yield from _outcomes(future, tasks)
        finally:
            self._client.cancel(list(flying))

    def _ahead(self) -> int:
        threads = int(sum(self._client.nthreads().values()))
        return AHEAD * max(1, threads)

    def pids(self) -> list[int]:
        """The numbers of the cluster's processes, where they are known here."""
        workers = self._own.workers.values() if self._own else ()
        return [worker.pid for worker in workers]

    def close(self) -> None:
        """Leaves the cluster, and ends it where it was started here."""
        self._client.close()
        if self._own:
            self._own.close()


def _outcomes(future: Any, tasks: Sequence[Task]) -> Iterator[Outcome]:
    error = future.exception()
    if isinstance(error, AuditorError):
        raise error
    if error is None:
        yield from map(Outcome.from_json, future.result())
        return
    for task in tasks:
        yield Outcome(task.job.key, Status.FAILED, f"the workers died: {reason_of(error)}")


def audited_there(tasks: list[str], setup: str, limit: float) -> list[str]:
    """What a worker of the cluster runs: some stories in a process that can be killed.

    Args:
        tasks: as JSON; their sentences are encoded in one go.
        setup: as JSON.
        limit: seconds for one story.
    """
    seat = _seat(setup, limit, threading.get_ident())
    return [outcome.to_json() for outcome in seat.audit_all([*map(Task.from_json, tasks)])]


@cache
def _seat(setup: str, limit: float, thread: int) -> Seat:
    """One for each thread of a worker, kept from story to story with its encoder."""
    del thread
    return Seat(Setup.from_json(setup), limit)
