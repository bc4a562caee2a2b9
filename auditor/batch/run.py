"""A run: from the jobs of an input to the store, whatever happens on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic
from typing import Protocol

from auditor.batch.job import Job, Outcome, Refused, Status
from auditor.batch.known import Known, Seen
from auditor.batch.store import OpenStore
from auditor.core import ConfigError

PART_STORIES = 500
"""Outcomes after which a part is written."""
PART_BYTES = 32 << 20
"""Characters of reports after which one is written."""
PART_SECONDS = 20.0
"""Seconds after which one is written: more than that is not lost when the machine fails."""

Told = Callable[[Outcome], None]


class Engine(Protocol):
    """What turns jobs into outcomes: `pool.Pool`, `cluster.Cluster`."""

    def audit(self, jobs: Iterable[Job], known: Known) -> Iterator[Outcome]:
        """Audits stories, in any order; those whose digest is known are unchanged."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes.

    Attributes:
        night: the date under which results are kept.
        retry_failed: audit stories again that failed or are incomplete.
        max_errors: failed stories after which the run ends, or None for no end.
        part_seconds: see `PART_SECONDS`.
    """

    night: date
    retry_failed: bool = False
    max_errors: int | None = None
    part_seconds: float = PART_SECONDS


@dataclass(slots=True)
class Tally:
    """What a run came to.

    Attributes:
        counts: stories by status.
        crashed: stories in which a check crashed.
        segments: of the stories audited.
        cpu: processor seconds of the workers.
        encoder_cpu: those of them spent in the encoder.
        megabytes: the largest worker's peak.
        failed: keys and reasons of the first stories that failed.
        still: unchanged stories that failed or are incomplete since an earlier run.
        stopped: why the run ended early, or empty.
    """

    counts: Counter[Status] = field(default_factory=Counter)
    crashed: int = 0
    segments: int = 0
    cpu: float = 0.0
    encoder_cpu: float = 0.0
    megabytes: float = 0.0
    failed: list[tuple[str, str]] = field(default_factory=list)
    still: int = 0
    stopped: str = ""

    def count(self, outcome: Outcome) -> None:
        """Adds one outcome."""
        self.counts[outcome.status] += 1
        row = outcome.story or {}
        self.crashed += bool(row.get("crashed"))
        self.segments += int(row.get("segments") or 0)
        self.cpu += outcome.cpu
        self.encoder_cpu += outcome.encoder_cpu
        self.megabytes = max(self.megabytes, outcome.megabytes)
        if outcome.reason and len(self.failed) < SHOWN:
            self.failed.append((outcome.key, outcome.reason))


SHOWN = 1000
"""Failed stories that a run names; the store and the log have all."""


def run_batch(
    entries: Iterable[Job | Refused],
    engine: Engine,
    store: OpenStore,
    plan: Plan,
    told: Sequence[Told] = (),
) -> Tally:
    """Audits what is new or changed, and keeps it.

    Args:
        entries: the stories of an input; read as they are needed.
        engine: what audits.
        store: where it is kept.
        plan: how.
        told: called with each outcome, in the order in which they are done.

    Raises:
        ConfigError: the store cannot be written; what was written before is kept.
    """
    known = store.known()
    if plan.retry_failed:
        known.forget_unsound()
    tally = Tally()
    refused: list[Outcome] = []
    keeper = _Keeper(store, plan)
    errors = 0
    outcomes = engine.audit(_jobs(entries, refused, Seen(known)), known)
    try:
        for outcome in _with(outcomes, refused):
            tally.count(outcome)
            if outcome.status is Status.UNCHANGED and not known.is_sound(outcome.key):
                tally.still += 1
            keeper.take(outcome)
            for tell in told:
                tell(outcome)
            errors += outcome.status is Status.FAILED
            if plan.max_errors is not None and errors > plan.max_errors:
                tally.stopped = f"more than {plan.max_errors} stories failed (--max-errors)"
                break
    finally:
        # After Ctrl-C too: the workers end, and what is done is kept.
        if isinstance(outcomes, Generator):
            outcomes.close()
        keeper.flush()
    store.merge()
    return tally


def _with(outcomes: Iterable[Outcome], refused: list[Outcome]) -> Iterator[Outcome]:
    """Outcomes, and between them those of stories that could not even begin."""
    for outcome in outcomes:
        while refused:
            yield refused.pop()
        yield outcome
    while refused:
        yield refused.pop()


def _jobs(entries: Iterable[Job | Refused], refused: list[Outcome], seen: Seen) -> Iterator[Job]:
    for entry in entries:
        if isinstance(entry, Job) and not seen.again(entry.key):
            yield entry
        elif isinstance(entry, Job):
            what = ConfigError(entry.key, "is named twice", "put the rows of a story together")
            # Under a key of its own, so that the story itself is not lost.
            refused.append(Outcome(f"{entry.key} (again)", Status.FAILED, str(what)))
        else:
            refused.append(Outcome(entry.key, Status.FAILED, entry.reason))


class _Keeper:
    """Collects outcomes until they are worth a part."""

    def __init__(self, store: OpenStore, plan: Plan) -> None:
        self._store = store
        self._plan = plan
        self._held: list[Outcome] = []
        self._size = 0
        self._since = monotonic()

    def take(self, outcome: Outcome) -> None:
        if outcome.status is not Status.UNCHANGED:
            self._held.append(outcome)
            self._size += len(outcome.report) + 500 * len(outcome.passages)
        age = monotonic() - self._since
        full = len(self._held) >= PART_STORIES or self._size >= PART_BYTES
        if full or age >= self._plan.part_seconds:
            self.flush()

    def flush(self) -> None:
        held, self._held, self._size = self._held, [], 0
        self._since = monotonic()
        self._store.add(held, self._plan.night)
