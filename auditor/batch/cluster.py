"""Audits stories on a Dask cluster: the same work, on as many machines as there are."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from auditor.batch.job import Job, Outcome, Setup, Status
from auditor.batch.pool import Seat
from auditor.batch.store import short
from auditor.batch.worker import reason_of
from auditor.core import AuditorError, ConfigError

AHEAD = 3
"""Stories per thread of the cluster that wait there: none is idle, and none waits for long."""

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

    def audit(self, jobs: Iterable[Job], known: Mapping[bytes, bytes]) -> Iterator[Outcome]:
        """Audits stories, as each is done: in no certain order.

        A story is sent to another worker when its own one dies; after three of them it has failed.

        Args:
            jobs: read as they are needed, a few ahead.
            known: digests of stories in the store, by `store.short` of their keys.

        Raises:
            AuditorError: a worker cannot begin.
        """
        from distributed import as_completed

        waiting = iter(jobs)
        flying: dict[Any, Job] = {}

        def send() -> Any:
            job = next(waiting, None)
            if job is None:
                return None
            digest = known.get(short(job.key), b"").hex()
            future = self._client.submit(
                audited_there, job.to_json(), digest, self._setup, self._limit, pure=False
            )
            flying[future] = job
            return future

        first = [f for f in (send() for _ in range(self._ahead())) if f is not None]
        done = as_completed(first)
        try:
            for future in done:
                job = flying.pop(future)
                following = send()
                if following is not None:
                    done.add(following)
                yield _outcome(future, job)
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


def _outcome(future: Any, job: Job) -> Outcome:
    error = future.exception()
    if error is None:
        return Outcome.from_json(future.result())
    if isinstance(error, AuditorError):
        raise error
    return Outcome(job.key, Status.FAILED, f"the workers died: {reason_of(error)}")


def audited_there(job: str, known: str, setup: str, limit: float) -> str:
    """What a worker of the cluster runs: the story in a process that can be killed.

    Args:
        job: as JSON.
        known: digest in the store, or empty.
        setup: as JSON.
        limit: seconds.
    """
    return _seat(setup, limit, threading.get_ident()).audit(Job.from_json(job), known).to_json()


@cache
def _seat(setup: str, limit: float, thread: int) -> Seat:
    """One for each thread of a worker, kept from story to story with its encoder."""
    del thread
    return Seat(Setup.from_json(setup), limit)
