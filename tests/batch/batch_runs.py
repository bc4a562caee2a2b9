"""What the tests of `batch` share: a cheap encoder, tiny stories, a run in a process of its own."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from auditor.batch.auditing import Auditor
from auditor.batch.job import Job, Outcome, Setup, Task
from auditor.batch.known import Known
from auditor.batch.pool import Pool
from auditor.batch.run import Plan, Tally, run_batch
from auditor.batch.store import Store, writing
from auditor.core import Context, Finding, Rule, Scope, Severity, Tier
from auditor.encode import ANY_LANGUAGE, Vectors
from auditor.pipeline import Run, all_rules

NIGHT = date(2026, 3, 1)
CHEAP = ("encoding/mojibake", "fidelity/duplicate", "drift/number")
SETUP = Setup(opener="batch_runs:cheap")


class HashEncoder:
    """Vectors made of the digest of a text, without its letters: digits are the same everywhere."""

    id = "hash/1"
    languages = ANY_LANGUAGE

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [np.frombuffer(_digest(text), np.uint8).astype(np.float32) - 127 for text in texts]
        if not rows:
            return np.zeros((0, 64), np.float32)
        stacked = np.stack(rows)
        unit: Vectors = stacked / np.linalg.norm(stacked, axis=1, keepdims=True)
        return unit


def _digest(text: str) -> bytes:
    # The place of a sentence in the tiny stories is its first number.
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    return blake2b((digits[0] if digits else text).encode("utf-8", "replace")).digest()


def cheap(setup: Setup) -> Run:
    """Three rules and the cheap encoder."""
    return Run(HashEncoder(), rules=tuple(r for r in all_rules() if r.id in CHEAP))


def hostile(setup: Setup) -> Run:
    """A check that crashes, one that never ends, and one that kills the process, on request."""
    return replace(cheap(setup), rules=(*(cheap(setup).rules or ()), TROUBLE))


def _trouble(subject: Any, context: Context) -> list[Finding]:
    if "crash here" in subject.raw:
        raise ValueError("on purpose")
    if "never end" in subject.raw:
        time.sleep(3600)
    if "die here" in subject.raw:
        os.kill(os.getpid(), signal.SIGKILL)
    mark = next((w for w in subject.raw.split() if w.startswith("once:")), "")
    if mark:
        flag = Path(mark.removeprefix("once:"))
        if not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    return []


TROUBLE = Rule(
    id="test/trouble",
    name="trouble",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=_trouble,
)


def write_stories(folder: Path, count: int, **extra: str) -> Path:
    """Stories of two versions, each with numbers of its own; every fifth with a wrong one."""
    for number in range(count):
        story = folder / f"story-{number:04}"
        story.mkdir(parents=True)
        right = 200 + number
        wrong = right + 7 if number % 5 == 0 else right
        english = f"1001 sheep were counted near the old harbour by {right} men on Sunday morning."
        french = f"1001 moutons ont compté près du vieux port par {wrong} hommes dimanche matin."
        note = extra.get(story.name.replace("-", "_"), "")
        (story / "en.txt").write_text(f"{english}\n\n{note}\n", encoding="utf-8")
        (story / "fr.txt").write_text(f"{french}\n", encoding="utf-8")
    return folder


class Alone:
    """An engine in this process: for what has nothing to do with workers."""

    def __init__(self, setup: Setup) -> None:
        self._auditor = Auditor(setup)

    def audit(self, jobs: Iterable[Job], known: Known) -> Iterator[Outcome]:
        for job in jobs:
            yield self._auditor.audit(Task(job, known.digest(job.key)))

    def close(self) -> None:
        pass


def audit_into(
    stories: Path,
    folder: Path,
    *,
    setup: Setup = SETUP,
    jobs: int = 0,
    limit: float = 60.0,
    plan: Plan | None = None,
) -> Tally:
    """A run over a folder of stories, in this process where `jobs` is 0."""
    from auditor.batch.inputs.folders import stories_in

    pool = Pool(setup, jobs, limit) if jobs else Alone(setup)
    try:
        with writing(folder) as store:
            return run_batch(stories_in(stories), pool, store, plan or Plan(NIGHT))
    finally:
        pool.close()


def content(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Everything that a store says, without when and how fast: equal for equal results."""
    import pyarrow.parquet as pq

    store = Store(folder)
    untold = {"sequence", "audited", "seconds", "cpu", "encoder_cpu", "night"}
    held: dict[str, list[dict[str, Any]]] = {}
    for dataset in ("stories", "findings", "passages"):
        rows = [
            row for path in store.files(dataset) for row in pq.ParquetFile(path).read().to_pylist()
        ]
        plain = [{k: v for k, v in row.items() if k not in untold} for row in rows]
        held[dataset] = sorted(plain, key=repr)
    return held


if __name__ == "__main__":
    # `python batch_runs.py STORIES STORE JOBS`: a run that may be killed.
    done = audit_into(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        jobs=int(sys.argv[3]),
        plan=Plan(NIGHT, part_seconds=0.3),
    )
    sys.stdout.write(f"{sum(done.counts.values())} stories\n")
