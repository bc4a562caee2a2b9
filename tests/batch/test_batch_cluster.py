"""The same work on a Dask cluster of processes, one of which is killed."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from batch_runs import NIGHT, SETUP, audit_into, content, write_stories

from auditor.batch.cluster import Cluster
from auditor.batch.inputs.folders import stories_in
from auditor.batch.job import Status
from auditor.batch.run import Plan, run_batch
from auditor.batch.store import writing
from auditor.core import ConfigError


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_with_a_worker_killed_finds_what_one_machine_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    stories = write_stories(tmp_path / "in", 12)
    audit_into(stories, tmp_path / "alone")
    # Two stories at a time, as where a GPU encodes: the one does not hang on the other.
    cluster = Cluster(replace(SETUP, ahead=2), 2, 120, None)
    killed = threading.Event()

    def kill_one(_: object) -> None:
        if not killed.is_set():
            os.kill(cluster.pids()[0], signal.SIGKILL)
            killed.set()

    try:
        with writing(tmp_path / "out") as store:
            tally = run_batch(stories_in(stories), cluster, store, Plan(NIGHT), [kill_one])
    finally:
        cluster.close()
    assert killed.is_set()
    assert tally.counts == {Status.AUDITED: 12}
    assert content(tmp_path / "out") == content(tmp_path / "alone")


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.batch.cluster.CONNECT", 0.5)
    with pytest.raises(ConfigError, match=r"tcp://127\.0\.0\.1:9: nobody answers"):
        Cluster(SETUP, 1, 1, "tcp://127.0.0.1:9")
