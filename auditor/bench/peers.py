"""Seconds and memory of the aligner on made documents, beside others on the same vectors.

The others are not shipped: name your own copies. Each aligner runs in a process of its own,
whose start and loading count: of ours, importing numpy and the two files of vectors.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

import numpy as np
from numpy.typing import NDArray

from auditor.bench.exports import OVERLAPS, PAD
from auditor.core import ConfigError

SIZES = (100, 1_000, 10_000, 40_000)
"""Segments of each document."""
LIMIT = 600
"""Seconds after which an aligner is given up."""
SEED = 11
WIDTH = 512
_TICK = 0.01
NOISE = 0.75
"""Length of the noise in a made vector beside its meaning of length 1: two versions are then as
similar as translations of news are, .6 to .7."""
MERGED, LOST, NEW = 0.15, 0.1, 0.1
"""Shares of sentences that are merged with the next, missing, or added in the second document."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Other aligners, as the user has them; None for what is not there.

    Attributes:
        vecalign: its `vecalign.py`.
        hunalign: its program. It reads no vectors, only the text.
        python: runs vecalign.
    """

    vecalign: Path | None = None
    hunalign: Path | None = None
    python: str = sys.executable


@dataclass(frozen=True, slots=True)
class Timing:
    """One aligner on one size.

    Attributes:
        aligner: its name.
        size: segments of the source.
        seconds: of the whole process, by the clock.
        cpu: processor seconds of it: a machine with other work to do changes them less.
        megabytes: its peak memory.
        error: why there is no figure; else empty.
    """

    aligner: str
    size: int
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    error: str = ""


def time_aligners(sizes: Sequence[int], peers: Peers) -> list[Timing]:
    """Runs every aligner on a pair of documents of each size.

    Args:
        sizes: segments of the source, 10 or more.
        peers: the others.

    Raises:
        ConfigError: a peer is not where it should be.
    """
    for path in (peers.vecalign, peers.hunalign):
        if path is not None and not path.is_file():
            raise ConfigError(str(path), "is no file", "name vecalign.py, or hunalign's program")
    timings: list[Timing] = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            made = Path(folder)
            write_pair(made, size, blocks=peers.vecalign is not None)
            for name, command in _commands(made, peers):
                timings.append(_timed(name, size, command))
    return timings


def timing_table(timings: Sequence[Timing]) -> list[str]:
    """The figures as lines of text."""
    lines = [f"{'aligner':<12}{'segments':>10}{'wall s':>10}{'cpu s':>10}{'peak MB':>10}"]
    for one in timings:
        cells = one.error or f"{one.seconds:>10.2f}{one.cpu:>10.2f}{one.megabytes:>10.0f}"
        lines.append(f"{one.aligner:<12}{one.size:>10}{cells}")
    return lines


def write_pair(folder: Path, size: int, *, blocks: bool) -> None:
    """Writes two versions of a made text: sentences, their vectors, and vecalign's blocks of them.

    Args:
        folder: receives `source` and `target` with the endings `.txt`, `.npy` and, with
            `blocks`, `.overlaps` and `.emb`.
        size: sentences of the source.
        blocks: write what vecalign reads as well, some gigabyte for 40,000 sentences.
    """
    random = np.random.default_rng(SEED)
    meanings = _unit(random.normal(size=(size, WIDTH)).astype(np.float32))
    _write_side(folder / "source", [[k] for k in range(size)], meanings, random, blocks=blocks)
    said: list[list[int]] = []
    for k in range(size):
        chance = random.random(3)
        if chance[0] < NEW:
            said.append([])
        if chance[1] >= LOST:
            if chance[2] < MERGED and said and len(said[-1]) == 1:
                said[-1].append(k)
            else:
                said.append([k])
    _write_side(folder / "target", said, meanings, random, blocks=blocks)


def _write_side(
    stem: Path,
    said: Sequence[Sequence[int]],
    meanings: NDArray[np.float32],
    random: np.random.Generator,
    *,
    blocks: bool,
) -> None:
    rows = random.normal(size=(len(said), WIDTH)).astype(np.float32)
    rows *= NOISE / np.sqrt(WIDTH)
    for at, numbers in enumerate(said):
        rows[at] += meanings[list(numbers)].sum(axis=0)
    rows = _unit(rows)
    lines = [f"{stem.name} {k} " + "says something " * max(1, len(s)) for k, s in enumerate(said)]
    lines = [line.strip() for line in lines]
    stem.with_suffix(".txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    np.save(stem.with_suffix(".npy"), rows)
    if blocks:
        _write_blocks(stem, lines, rows)


def _write_blocks(stem: Path, lines: Sequence[str], rows: NDArray[np.float32]) -> None:
    """What vecalign reads: each block of neighbouring sentences and its vector, their mean."""
    sums = np.cumsum(np.vstack([np.zeros((1, WIDTH)), rows]), axis=0)
    with stem.with_suffix(".overlaps").open("w", encoding="utf-8") as text:
        text.write(f"{PAD}\n")
        for count in range(1, OVERLAPS + 1):
            for at in range(len(lines) - count + 1):
                text.write(" ".join(lines[at : at + count]) + "\n")
    with stem.with_suffix(".emb").open("wb") as file:
        np.zeros(WIDTH, "<f4").tofile(file)
        for count in range(1, OVERLAPS + 1):
            _unit((sums[count:] - sums[:-count]).astype(np.float32)).astype("<f4").tofile(file)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-9), np.float32)


def _commands(folder: Path, peers: Peers) -> list[tuple[str, list[str]]]:
    source, target = (folder / side for side in ("source", "target"))
    sides = [str(path.with_suffix(".txt")) for path in (source, target)]
    found = [("ours", [sys.executable, "-m", "auditor.bench.peers", str(folder)])]
    if peers.vecalign:
        command = [peers.python, str(peers.vecalign), "--alignment_max_size", str(OVERLAPS + 1)]
        for side, path, text in (("src", source, sides[0]), ("tgt", target, sides[1])):
            embedded = [str(path.with_suffix(end)) for end in (".overlaps", ".emb")]
            command += [f"--{side}", text, f"--{side}_embed", *embedded]
        found.append(("vecalign", command))
    if peers.hunalign:
        empty = folder / "empty.dic"
        empty.touch()
        found.append(("hunalign", [str(peers.hunalign), str(empty), *sides]))
    return found


def _timed(name: str, size: int, command: Sequence[str]) -> Timing:
    # On a busy machine threads of the BLAS wait for one another.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    before = perf_counter()
    # Programs that the user named, on files made here.
    child = subprocess.Popen(  # noqa: S603
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # `wait4` alone tells the peak memory of one child.
    pid = 0
    while not pid:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if perf_counter() - before > LIMIT:
            child.kill()
            child.wait()
            return Timing(name, size, error=f"  no result after {LIMIT} s")
        sleep(_TICK)
    seconds = perf_counter() - before
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        return Timing(name, size, error=f"  ended with exit code {child.returncode}")
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    cpu = usage.ru_utime + usage.ru_stime
    return Timing(name, size, seconds, cpu, usage.ru_maxrss * unit / 1e6)


def _align(folder: Path) -> int:
    """Aligns a made pair with the aligner here; how many beads there are."""
    from auditor.align import align_monotone
    from auditor.core import OffsetMap, Segment

    sides: list[list[Segment]] = []
    rows: list[NDArray[np.float32]] = []
    for side in ("source", "target"):
        lines = (folder / f"{side}.txt").read_text(encoding="utf-8").splitlines()
        sides.append(
            [
                Segment(side, number, line, OffsetMap.identity(len(line)), "und", number)
                for number, line in enumerate(lines)
            ]
        )
        rows.append(np.load(folder / f"{side}.npy"))
    return len(align_monotone(sides[0], sides[1], rows[0], rows[1]).beads)


if __name__ == "__main__":
    sys.stdout.write(f"{_align(Path(sys.argv[1]))}\n")
