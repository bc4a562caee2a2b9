"""Measures a night: stories built from clean documents, audited by one worker and by several.

Every story is another one: its documents are those of the folder, and each sentence carries the
number of the story, so that no vector of one story serves another. A long night may be measured
in several sittings: its store is resumed as any other, and the time of each sitting is noted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from auditor.batch.auditing import peak_megabytes
from auditor.batch.job import Job, Setup, Status, Version
from auditor.batch.known import Known
from auditor.batch.pool import Pool
from auditor.batch.run import Plan, Tally, run_batch
from auditor.batch.store import CACHE, Store, writing
from auditor.batch.tables import STORIES
from auditor.bench.clean import DOCUMENTS, TAGS, line_aligned
from auditor.core import ConfigError

NIGHT = date(2026, 1, 1)
LIMIT = 600.0
"""Seconds for one story."""

SITTINGS = "sittings.jsonl"

FIFTHS = 5
"""Parts of a night that have the same documents: of 5,000 stories, each is a thousand."""

WARM = 4
"""Stories for each worker before the clock runs: the first ones read lists and models."""

_END = re.compile(r"\W*$")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A part of a night that was measured in one go.

    Attributes:
        audited_with: digest of all that decides a result, so that two auditors are not mixed.
        jobs: workers.
        stories: audited, in this sitting.
        failed: not audited or incomplete.
        segments: of all versions.
        seconds: of wall clock, workers loaded.
        cpu: processor seconds of the workers.
        encoder_cpu: those of them spent in the encoder.
        megabytes: peak of the largest worker.
        parent_megabytes: peak of the process that feeds them.
    """

    audited_with: str
    jobs: int
    stories: int
    failed: int
    segments: int
    seconds: float
    cpu: float
    encoder_cpu: float
    megabytes: float
    parent_megabytes: float


@dataclass(frozen=True, slots=True)
class Night:
    """What a run over many stories cost.

    Attributes:
        sittings: the parts of it, one or more.
        asked: stories of the whole night.
        stored: bytes of the store for each story, without the cache.
        cached: bytes of the cache for each story.
        last_to_first: processor seconds of the last fifth of the stories over those of the
            first; None while stories are missing.
        median_last_to_first: the same as the median over pairs of stories of the same documents,
            which a machine that is busy elsewhere for a while hardly moves.
    """

    sittings: tuple[Sitting, ...]
    asked: int
    stored: int
    cached: int
    last_to_first: float | None
    median_last_to_first: float | None

    @property
    def stories(self) -> int:
        """Audited so far."""
        return sum(sitting.stories for sitting in self.sittings)

    @property
    def failed(self) -> int:
        """Not audited, or incomplete."""
        return sum(sitting.failed for sitting in self.sittings)

    @property
    def seconds(self) -> float:
        """Of wall clock, in all sittings."""
        return sum(sitting.seconds for sitting in self.sittings)


@dataclass(frozen=True, slots=True)
class Scaling:
    """The same work by one worker and by two, in turns.

    Attributes:
        stories: of each turn.
        seconds: of wall clock, in all turns of one worker and of two.
        cpu: processor seconds of the workers; more with two means that they disturb each other.
    """

    stories: int
    seconds: tuple[float, float]
    cpu: tuple[float, float]

    @property
    def gain(self) -> float:
        """How many times as many stories two workers audit in the same time."""
        return self.seconds[0] / self.seconds[1]


def made_stories(
    folder: Path, count: int, *, first: int = 0, cycle: int = 0, source: str = "eng"
) -> Iterator[Job]:
    """Stories of two versions from the documents of a folder, in turn, in all its languages.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        count: how many.
        first: number of the first one.
        cycle: stories after which the documents are the same again; a fifth of `count` when 0.
        source: file of the first version.

    Raises:
        ConfigError: files are missing.
    """
    files = sorted(p.stem for p in folder.glob("*.txt") if p.name != DOCUMENTS and p.stem != source)
    if not files:
        raise ConfigError(str(folder), "holds no versions", "name a folder as NTREX-128 is one")
    names, texts = line_aligned(folder, [source, *files])
    documents = list(dict.fromkeys(names))
    rows = {name: [i for i, n in enumerate(names) if n == name] for name in documents}
    cycle = cycle or max(1, count // FIFTHS)
    for number in range(first, first + count):
        at = number % cycle
        name = documents[at // len(files) % len(documents)]
        versions = tuple(
            Version(file, TAGS.get(file), _text([texts[file][row] for row in rows[name]], number))
            for file in (source, files[at % len(files)])
        )
        yield Job(f"{number:07}-{name}", versions=versions, outlet=f"outlet {number % 7}")


def _text(lines: Sequence[str], number: int) -> str:
    # Before the full stop: behind it, the number would be a sentence by itself.
    return "\n\n".join(_END.sub(lambda end: f" ({number}){end[0]}", line, 1) for line in lines)


def measure_night(
    folder: Path, place: Path, count: int, setup: Setup, jobs: int, minutes: float | None = None
) -> Night:
    """Audits stories into a store, or goes on with those that an earlier sitting left.

    Args:
        folder: as that of `made_stories`.
        place: folder of store, cache and sittings; made when there is none.
        count: stories of the whole night.
        setup: what to audit with; a cache, where it names one, is kept in `place`.
        jobs: workers.
        minutes: of this sitting, after which no new story begins; None for no end.

    Raises:
        ConfigError: what lies in `place` was measured with another auditor or other workers.
    """
    place.mkdir(parents=True, exist_ok=True)
    setup = replace(setup, cache=str(place / CACHE) if setup.cache else "")
    pool = Pool(setup, jobs, LIMIT)
    try:
        pool.start()
        earlier = _sittings(place, pool.setup_digest, jobs)
        warm = list(pool.audit(made_stories(folder, WARM * jobs, first=count), Known()))
        with writing(place / "store") as store:
            known = store.known()
            left = (job for job in made_stories(folder, count) if not known.digest(job.key))
            begun = monotonic()
            until = begun + 60 * minutes if minutes else float("inf")
            tally = run_batch(_until(left, until), pool, store, Plan(NIGHT))
            seconds = monotonic() - begun
    finally:
        pool.close()
    most = max([tally.megabytes, *(outcome.megabytes for outcome in warm)])
    sitting = _sitting(tally, pool.setup_digest, jobs, seconds, most)
    with (place / SITTINGS).open("a", encoding="ascii") as stream:
        stream.write(json.dumps(asdict(sitting)) + "\n")
    return _night(place, (*earlier, sitting), count)


def _until(jobs: Iterator[Job], moment: float) -> Iterator[Job]:
    while monotonic() < moment and (job := next(jobs, None)) is not None:
        yield job


def _sittings(place: Path, audited_with: str, jobs: int) -> tuple[Sitting, ...]:
    path = place / SITTINGS
    if not path.exists():
        return ()
    lines = path.read_text(encoding="ascii").splitlines()
    sittings = tuple(Sitting(**json.loads(line)) for line in lines)
    if any((one.audited_with, one.jobs) != (audited_with, jobs) for one in sittings):
        raise ConfigError(
            str(place), "holds a night of another auditor or of more or fewer workers",
            "name another folder with --keep",
        )  # fmt: skip
    return sittings


def _sitting(tally: Tally, audited_with: str, jobs: int, seconds: float, most: float) -> Sitting:
    return Sitting(
        audited_with=audited_with,
        jobs=jobs,
        stories=tally.counts[Status.AUDITED],
        failed=tally.counts[Status.FAILED] + tally.counts[Status.INCOMPLETE],
        segments=tally.segments,
        seconds=seconds,
        cpu=tally.cpu,
        encoder_cpu=tally.encoder_cpu,
        megabytes=most,
        parent_megabytes=peak_megabytes(),
    )


def _night(place: Path, sittings: tuple[Sitting, ...], count: int) -> Night:
    costs = _costs(place / "store")
    kept = max(1, len(costs))
    fifth = count // FIFTHS
    last = (FIFTHS - 1) * fifth
    pairs = [(costs[n], costs[last + n]) for n in range(fifth) if n in costs and last + n in costs]
    whole = bool(pairs) and len(pairs) == fifth
    stored = sum(path.stat().st_size for path in (place / "store").rglob("*.parquet"))
    cache = place / CACHE
    cached = cache.stat().st_size if cache.exists() else 0
    return Night(
        sittings=sittings,
        asked=count,
        stored=round(stored / kept),
        cached=round(cached / kept),
        last_to_first=sum(b for _, b in pairs) / sum(a for a, _ in pairs) if whole else None,
        median_last_to_first=median(b / a for a, b in pairs) if whole else None,
    )


def _costs(folder: Path) -> dict[int, float]:
    """Processor seconds of each story that was audited, by its number."""
    import pyarrow.parquet as pq

    costs: dict[int, float] = {}
    for path in Store(folder).files(STORIES):
        with pq.ParquetFile(path) as file:
            for row in file.read(["key", "status", "cpu"]).to_pylist():
                if row["status"] == Status.AUDITED and row["cpu"]:
                    costs[int(row["key"].partition("-")[0])] = row["cpu"]
    return costs


def measure_scaling(folder: Path, count: int, setup: Setup) -> Scaling:
    """One worker, two, two, one: what slows the machine for a while slows both.

    Args:
        folder: as that of `made_stories`.
        count: stories of each of the four turns, of the same documents.
        setup: what to audit with; a cache, where it names one, is thrown away with the stores.
    """
    seconds, cpu = {1: 0.0, 2: 0.0}, {1: 0.0, 2: 0.0}
    with TemporaryDirectory(prefix="auditor-bench-") as place:
        if setup.cache:
            setup = replace(setup, cache=str(Path(place) / CACHE))
        pools = {jobs: Pool(setup, jobs, LIMIT) for jobs in (1, 2)}
        try:
            for jobs, pool in pools.items():
                pool.start()
                number = jobs * 1_000_000
                list(pool.audit(made_stories(folder, WARM * jobs, first=number), Known()))
            for turn, jobs in enumerate((1, 2, 2, 1)):
                stories = made_stories(folder, count, first=turn * count, cycle=count)
                with writing(Path(place) / f"store-{turn}") as store:
                    begun = monotonic()
                    tally = run_batch(stories, pools[jobs], store, Plan(NIGHT))
                    seconds[jobs] += monotonic() - begun
                cpu[jobs] += tally.cpu
        finally:
            for pool in pools.values():
                pool.close()
    return Scaling(count, (seconds[1], seconds[2]), (cpu[1], cpu[2]))
