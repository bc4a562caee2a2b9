"""The figures of a night as lines of text, each with what is asked of it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from auditor.bench.batch import Night, Scaling, Sitting

OUTSIDE_MOST, MEGABYTES_MOST, SCALING_LEAST, LINEAR_WITHIN = 0.35, 700.0, 1.8, 0.10
"""What the project asks of a night."""


def night_table(night: Night) -> list[str]:
    """A line for each sitting, and the figures of the whole."""
    heads = ("workers", "stories", "failed", "segments", "seconds", "stories/s", "segments/s",
             "cpu/story", "outside", "MB/worker", "MB/parent")  # fmt: skip
    lines = ["".join(f"{head:>11}" for head in heads)]
    lines += ["".join(f"{cell:>11}" for cell in _cells(sitting)) for sitting in night.sittings]
    return [*lines, "", *_asked_of(night)]


def _cells(sitting: Sitting) -> tuple[object, ...]:
    return (
        sitting.jobs,
        sitting.stories,
        sitting.failed,
        sitting.segments,
        f"{sitting.seconds:.1f}",
        f"{sitting.stories / (sitting.seconds or 1):.2f}",
        f"{sitting.segments / (sitting.seconds or 1):.1f}",
        f"{sitting.cpu / max(1, sitting.stories):.3f}",
        f"{1 - sitting.encoder_cpu / (sitting.cpu or 1):.1%}",
        f"{sitting.megabytes:.0f}",
        f"{sitting.parent_megabytes:.0f}",
    )


def _asked_of(night: Night) -> Iterator[str]:
    cpu = sum(sitting.cpu for sitting in night.sittings)
    outside = 1 - sum(sitting.encoder_cpu for sitting in night.sittings) / (cpu or 1)
    megabytes = max(sitting.megabytes for sitting in night.sittings)
    segments = sum(sitting.segments for sitting in night.sittings)
    seconds = night.seconds or 1
    yield _line("stories audited", f"{night.stories:,} of {night.asked:,}")
    yield _line("stories a second", f"{night.stories / seconds:.2f}")
    yield _line("segments a second", f"{segments / seconds:.1f}")
    yield _line("share outside the encoder", f"{outside:.1%}", "<= 35 %", outside <= OUTSIDE_MOST)
    yield _line("peak of a worker", f"{megabytes:.0f} MB", "<= 700", megabytes <= MEGABYTES_MOST)
    yield _line("stored for each story", f"{night.stored:,} B")
    yield _line("cached for each story", f"{night.cached:,} B")
    if night.last_to_first is not None and night.median_last_to_first is not None:
        # What becomes cheaper, since words are known by then, is no failure.
        for name, ratio in (
            ("last fifth against first", night.last_to_first),
            ("the same, median of pairs", night.median_last_to_first),
        ):
            yield _line(name, f"{ratio - 1:+.1%}", "<= 10 %", ratio - 1 <= LINEAR_WITHIN)
    elif night.stories < night.asked:
        left = (night.asked - night.stories) * seconds / max(1, night.stories)
        yield f"about {left / 60:.0f} minutes more: the same command goes on"
    yield _machine()


def scaling_table(scaling: Scaling, stories: int, jobs: int) -> list[str]:
    """What two workers gain, and how long a night takes at that speed.

    Args:
        scaling: as measured.
        stories: of the night.
        jobs: its workers.
    """
    one, two = (2 * scaling.stories / seconds for seconds in scaling.seconds)
    crowded = scaling.cpu[1] / (scaling.cpu[0] or 1)
    minutes = stories / (one if jobs == 1 else two * jobs / 2) / 60
    kept = scaling.gain >= SCALING_LEAST
    return [
        _line("stories a second, 1 worker", f"{one:.2f}"),
        _line("stories a second, 2 workers", f"{two:.2f}"),
        _line("two workers against one", f"{scaling.gain:.2f}", ">= 1.8", kept),
        _line("processor seconds, 2 to 1", f"{crowded:.2f}"),
        f"{stories:,} stories take about {minutes:.0f} minutes with {jobs} workers",
        _machine(),
    ]


def _machine() -> str:
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return f"processors {os.cpu_count()}, load at the end {load:.1f}"


def _line(name: str, value: str, wanted: str = "", *kept: bool) -> str:
    verdict = "" if not kept else "kept" if all(kept) else "NOT KEPT"
    return f"{name:<28}{value:>16}   {wanted:<8} {verdict}".rstrip()
