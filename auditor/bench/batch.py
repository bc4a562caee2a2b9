"""Measures a night: stories built from clean documents, audited by one worker and by several.

Every story is another one: its documents are those of the folder, and each paragraph carries the
number of the story, so that no vector of one story serves another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

from auditor.batch.job import Job, Outcome, Setup, Status, Version
from auditor.batch.pool import Pool
from auditor.batch.run import Plan, run_batch
from auditor.batch.store import writing
from auditor.bench.clean import DOCUMENTS, TAGS, line_aligned
from auditor.core import ConfigError

NIGHT = date(2026, 1, 1)

OUTSIDE_MOST, MEGABYTES_MOST, SCALING_LEAST, LINEAR_WITHIN = 0.35, 700.0, 1.8, 0.10
"""What the project asks of a night."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a run over many stories cost.

    Attributes:
        jobs: workers.
        stories: audited.
        failed: not audited.
        segments: of all versions.
        seconds: of wall clock, workers loaded.
        cpu: processor seconds of the workers.
        outside: share of them outside the encoder, 0 to 1.
        megabytes: peak of the largest worker.
        parent_megabytes: peak of the process that feeds them.
        stored: bytes of the store for each story.
        drift: processor seconds of the last fifth of the stories against the first, for each
            segment, as a ratio; 1 is linear.
    """

    jobs: int
    stories: int
    failed: int
    segments: int
    seconds: float
    cpu: float
    outside: float
    megabytes: float
    parent_megabytes: float
    stored: int
    drift: float


def made_stories(folder: Path, count: int, source: str = "eng") -> Iterator[Job]:
    """Stories of two versions from the documents of a folder, in turn, in all its languages.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        count: how many.
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
    # Each fifth of the stories has the same documents, so that their costs can be compared.
    fifth = max(1, count // 5)
    for number in range(count):
        at = number % fifth
        name = documents[at // len(files) % len(documents)]
        versions = tuple(
            Version(file, TAGS.get(file), _text([texts[file][row] for row in rows[name]], number))
            for file in (source, files[at % len(files)])
        )
        yield Job(f"{number:07}-{name}", versions=versions, outlet=f"outlet {number % 7}")


def _text(lines: Sequence[str], number: int) -> str:
    return "\n\n".join(f"{line} ({number})" for line in lines)


def measure_night(folder: Path, count: int, jobs: int, *, reports: bool = True) -> Night:
    """Audits stories into a store of its own, which is thrown away.

    Args:
        folder: as that of `made_stories`.
        count: stories.
        jobs: workers.
        reports: keep the JSON reports too.
    """
    outcomes: list[tuple[float, int]] = []
    with TemporaryDirectory(prefix="auditor-bench-") as place:
        store_folder = Path(place) / "store"
        setup = Setup(reports=reports)
        pool = Pool(setup, jobs, 600.0)

        def told(outcome: Outcome) -> None:
            if outcome.status is not Status.FAILED and outcome.story:
                outcomes.append((outcome.cpu, int(outcome.story["segments"])))

        try:
            pool.start()
            # The first story of a worker reads word lists and language models.
            warm = list(pool.audit(made_stories(folder, 4 * jobs), {}))
            with writing(store_folder) as store:
                begun = monotonic()
                tally = run_batch(made_stories(folder, count), pool, store, Plan(NIGHT), [told])
                seconds = monotonic() - begun
        finally:
            pool.close()
        stored = sum(path.stat().st_size for path in store_folder.rglob("*.parquet"))
    return Night(
        jobs=jobs,
        stories=tally.counts[Status.AUDITED],
        failed=tally.counts[Status.FAILED] + tally.counts[Status.INCOMPLETE],
        segments=tally.segments,
        seconds=seconds,
        cpu=tally.cpu,
        outside=1 - tally.encoder_cpu / (tally.cpu or 1.0),
        megabytes=max([tally.megabytes, *(outcome.megabytes for outcome in warm)]),
        parent_megabytes=_own_peak(),
        stored=round(stored / max(1, sum(tally.counts.values()))),
        drift=_drift(outcomes),
    )


def _drift(outcomes: Sequence[tuple[float, int]]) -> float:
    """Cost of a segment in the last fifth of the stories over that in the first."""
    fifth = max(1, len(outcomes) // 5)
    first, last = outcomes[:fifth], outcomes[-fifth:]

    def cost(part: Sequence[tuple[float, int]]) -> float:
        # The median: a story audited while the machine was busy elsewhere is none of ours.
        return median(cpu / max(1, segments) for cpu, segments in part)

    return cost(last) / cost(first) if outcomes and cost(first) else 1.0


def _own_peak() -> float:
    from auditor.batch.auditing import peak_megabytes

    return peak_megabytes()


def night_table(nights: Sequence[Night]) -> list[str]:
    """The figures as lines of text, each with what is asked of it."""
    heads = ("workers", "stories", "failed", "segments", "seconds", "stories/s", "segments/s",
             "cpu/story", "outside", "MB/worker", "MB/parent", "B/story", "last/first")  # fmt: skip
    lines = ["".join(f"{head:>11}" for head in heads)]
    for night in nights:
        cells = (
            night.jobs,
            night.stories,
            night.failed,
            night.segments,
            f"{night.seconds:.1f}",
            f"{night.stories / night.seconds:.2f}",
            f"{night.segments / night.seconds:.1f}",
            f"{night.cpu / max(1, night.stories):.3f}",
            f"{night.outside:.1%}",
            f"{night.megabytes:.0f}",
            f"{night.parent_megabytes:.0f}",
            night.stored,
            f"{night.drift:.3f}",
        )
        lines.append("".join(f"{cell:>11}" for cell in cells))
    lines.append("")
    lines += _asked(nights)
    return lines


def _asked(nights: Sequence[Night]) -> Iterator[str]:
    outside = max(night.outside for night in nights)
    megabytes = max(night.megabytes for night in nights)
    # What becomes cheaper, since words are known by then, is no failure.
    drift = max(night.drift - 1 for night in nights)
    yield _line("share outside the encoder", f"{outside:.1%}", "<= 35 %", outside <= OUTSIDE_MOST)
    yield _line("peak of a worker", f"{megabytes:.0f} MB", "<= 700", megabytes <= MEGABYTES_MOST)
    yield _line("last fifth against first", f"{drift:.1%}", "<= 10 %", drift <= LINEAR_WITHIN)
    one = [night for night in nights if night.jobs == 1]
    two = [night for night in nights if night.jobs == 2]
    if one and two:
        scaling = (two[0].stories / two[0].seconds) / (one[0].stories / one[0].seconds)
        yield _line("two workers against one", f"{scaling:.2f}", ">= 1.8", scaling >= SCALING_LEAST)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    yield f"processors {os.cpu_count()}, load at the end {load:.1f}"


def _line(name: str, value: str, wanted: str, kept: bool) -> str:  # noqa: FBT001 - a cell
    return f"{name:<28}{value:>10}   {wanted:<8} {'kept' if kept else 'NOT KEPT'}"
