"""Speed and memory of a whole audit, as ratios to reading the same text for meaning.

Each step runs in a process of its own, so that its time and its peak memory are its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

STEPS = ("forward", "first", "second")
"""The forward pass alone; an audit with an empty cache; the same audit again."""


def measure(paths: Sequence[Path], runs: int) -> dict[str, dict[str, float]]:
    """Seconds and peak memory of each step, medians over the runs.

    Args:
        paths: story folders; each is audited by itself, in one process.
        runs: how often everything is repeated, 1 or more.

    Returns:
        For each step `seconds` (after imports), `process` (seconds of the whole process) and
        `megabytes` (peak resident).
    """
    seen: dict[str, list[dict[str, float]]] = {step: [] for step in STEPS}
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            for step in STEPS:
                seen[step].append(_child(step, paths, Path(folder) / "cache.sqlite3"))
    return {
        step: {key: median(run[key] for run in measured) for key in measured[0]}
        for step, measured in seen.items()
    }


def _child(step: str, paths: Sequence[Path], cache: Path) -> dict[str, float]:
    from time import perf_counter

    environment = {**os.environ, "AUDITOR_CACHE": str(cache), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "auditor.bench.speed", step, *map(str, paths)]
    start = perf_counter()
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    whole = perf_counter() - start
    measured: dict[str, float] = json.loads(done.stdout)
    return {**measured, "process": whole}


def table(measured: dict[str, dict[str, float]]) -> list[str]:
    """The figures as lines of text."""
    forward = measured["forward"]
    lines = [f"{'step':<28}{'seconds':>9}{'ratio':>8}{'process':>9}{'ratio':>8}{'peak MB':>9}"]
    names = {
        "forward": "forward pass alone",
        "first": "audit, empty cache",
        "second": "audit, from the cache",
    }
    for step, name in names.items():
        row = measured[step]
        lines.append(
            f"{name:<28}{row['seconds']:>9.2f}{row['seconds'] / forward['seconds']:>8.2f}"
            f"{row['process']:>9.2f}{row['process'] / forward['process']:>8.2f}"
            f"{row['megabytes']:>9.0f}"
        )
    first, second = measured["first"], measured["second"]
    lines.append(
        f"second run against the first: {second['seconds'] / first['seconds']:.2f} "
        f"(process: {second['process'] / first['process']:.2f})"
    )
    return lines


def _forward(paths: Sequence[Path]) -> float:
    """Seconds to turn the sentences of the stories into vectors, everything else ready."""
    from time import perf_counter

    from auditor.encode import open_encoder
    from auditor.pipeline import load_story
    from auditor.pipeline.context import prepared
    from auditor.pipeline.prepare import prepare

    texts: list[list[str]] = []
    for path in paths:
        ready = prepare(load_story([path]).story.documents, None, None)
        langs = {document.id: document.lang for document in ready.documents}
        texts.append(
            list(
                dict.fromkeys(
                    prepared(segment.text, langs[id])
                    for id, segments in ready.segments.items()
                    for segment in segments
                )
            )
        )
    encoder = open_encoder(threads=min(4, os.cpu_count() or 1))
    start = perf_counter()
    for batch in texts:
        encoder.encode(batch)
    return perf_counter() - start


def _audit(paths: Sequence[Path]) -> float:
    from time import perf_counter

    import auditor

    start = perf_counter()
    for path in paths:
        auditor.audit(path)
    return perf_counter() - start


def _main(arguments: Sequence[str]) -> dict[str, Any]:
    import resource

    step, paths = arguments[0], [Path(argument) for argument in arguments[1:]]
    seconds = _forward(paths) if step == "forward" else _audit(paths)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": peak}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(sys.argv[1:])))
