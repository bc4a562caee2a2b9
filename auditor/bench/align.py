"""Measures the aligner against gold ladders: precision, recall, F1, nulls, seconds, memory.

A folder holds, for each document, `NAME.source.txt`, `NAME.target.txt` (one sentence a line),
`NAME.gold.ladder`, and the vectors `NAME.source.npy` and `NAME.target.npy` from any encoder.
Folders inside it are sets of their own.
"""

from __future__ import annotations

import ast
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from auditor.align import align_monotone
from auditor.core import Alignment, ConfigError, OffsetMap, ReadError, Segment

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""A bead as numbers of source and target sentences."""
_GOLD = ".gold.ladder"


@dataclass(frozen=True, slots=True)
class Counts:
    """What precision and recall are made of; counts of several documents add up.

    A bead is strictly right when it is in the gold as it stands, laxly right when it shares a
    source and a target sentence with a gold bead. Precision is over the beads found, null
    beads included; recall over the gold beads that are not null. Nulls are counted by
    sentence.
    """

    found: int = 0
    gold: int = 0
    strict_found: int = 0
    strict_gold: int = 0
    lax_found: int = 0
    lax_gold: int = 0
    null_found: int = 0
    null_gold: int = 0
    null_both: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in Counts.__slots__))

    @property
    def strict_f1(self) -> float:
        """F1 of beads as they stand, 0 to 1."""
        return _f1(self.strict_found, self.found, self.strict_gold, self.gold)

    @property
    def lax_f1(self) -> float:
        """F1 of beads that touch the right one, 0 to 1."""
        return _f1(self.lax_found, self.found, self.lax_gold, self.gold)

    @property
    def null_f1(self) -> float:
        """F1 of sentences said to have no counterpart, 0 to 1."""
        return _f1(self.null_both, self.null_found, self.null_both, self.null_gold)


@dataclass(frozen=True, slots=True)
class AlignRow:
    """The result of one set.

    Attributes:
        name: of its folder.
        documents: how many.
        counts: summed over the documents.
        seconds: in the aligner alone, vectors given.
        peak: largest memory of the process so far, in bytes.
    """

    name: str
    documents: int
    counts: Counts
    seconds: float
    peak: int


def bench_align(folder: Path) -> list[AlignRow]:
    """Aligns every document of a folder and of the folders in it, and counts.

    Args:
        folder: see the module.

    Returns:
        One row per folder that holds gold, sorted by name.

    Raises:
        ReadError: a file is missing or no text.
        ConfigError: there is no gold, or a line of it is no ladder.
        AlignError: vectors do not fit the sentences.
    """
    homes = sorted({path.parent for path in folder.rglob(f"*{_GOLD}")})
    if not homes:
        raise ConfigError(str(folder), f"no file ends in {_GOLD}", "name a folder with gold")
    return [_row(home, folder) for home in homes]


def count(found: Sequence[Pair], gold: Sequence[Pair]) -> Counts:
    """Counts the beads of one document against its gold."""
    known, given = set(gold), set(found)
    linked_gold = [bead for bead in gold if all(bead)]
    touched_gold = _touched(linked_gold)
    touched_found = _touched([bead for bead in found if all(bead)])
    nulls, gold_nulls = _nulls(found), _nulls(gold)
    return Counts(
        found=len(found),
        gold=len(linked_gold),
        strict_found=sum(bead in known for bead in found),
        strict_gold=sum(bead in given for bead in linked_gold),
        lax_found=sum(bead in known or _touches(bead, touched_gold) for bead in found),
        lax_gold=sum(_touches(bead, touched_found) for bead in linked_gold),
        null_found=len(nulls),
        null_gold=len(gold_nulls),
        null_both=len(nulls & gold_nulls),
    )


def read_ladder(path: Path) -> list[Pair]:
    """Reads lines such as `[0, 1]:[2]`.

    Raises:
        ReadError: the file is missing or no text.
        ConfigError: a line is something else; it is named.
    """
    beads: list[Pair] = []
    for number, line in enumerate(_lines(path), start=1):
        try:
            source, target, *_ = line.split(":")
            beads.append((_numbers(source), _numbers(target)))
        except (ValueError, SyntaxError, TypeError) as error:
            raise ConfigError(
                f"{path}:{number}", f"{line[:40]!r} is no bead", "write [0, 1]:[2]"
            ) from error
    return beads


def _row(home: Path, folder: Path) -> AlignRow:
    counts, seconds, documents = Counts(), 0.0, 0
    for gold in sorted(home.glob(f"*{_GOLD}")):
        stem = gold.name.removesuffix(_GOLD)
        sides = [_segments(home / f"{stem}.{side}.txt") for side in ("source", "target")]
        rows = [_vectors(home / f"{stem}.{side}.npy") for side in ("source", "target")]
        before = time.perf_counter()
        alignment = align_monotone(sides[0], sides[1], rows[0], rows[1])
        seconds += time.perf_counter() - before
        counts += count(_pairs(alignment), read_ladder(gold))
        documents += 1
    name = str(home.relative_to(folder)) if home != folder else home.name
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return AlignRow(name, documents, counts, seconds, peak)


def _pairs(alignment: Alignment) -> list[Pair]:
    return [
        (tuple(s.index for s in bead.source), tuple(t.index for t in bead.target))
        for bead in alignment.beads
    ]


def _segments(path: Path) -> list[Segment]:
    return [
        Segment(path.name, number, line, OffsetMap.identity(len(line)), "und")
        for number, line in enumerate(_lines(path))
    ]


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            str(path), "cannot be read as text", "see the files that it needs"
        ) from error
    # Not splitlines: a sentence may hold a line separator of its own.
    return text.removesuffix("\n").split("\n") if text else []


def _vectors(path: Path) -> NDArray[np.float32]:
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    except (OSError, ValueError) as error:
        raise ReadError(str(path), "holds no vectors", "write them with numpy.save") from error


def _numbers(text: str) -> tuple[int, ...]:
    values = ast.literal_eval(text.strip())
    if not isinstance(values, list) or not all(type(v) is int for v in values):
        raise ValueError(text)
    return tuple(values)


def _touched(beads: Sequence[Pair]) -> set[tuple[int, int]]:
    return {(i, j) for source, target in beads for i in source for j in target}


def _touches(bead: Pair, touched: set[tuple[int, int]]) -> bool:
    return any((i, j) in touched for i in bead[0] for j in bead[1])


def _nulls(beads: Sequence[Pair]) -> set[tuple[str, int]]:
    return {("source", i) for source, target in beads if not target for i in source} | {
        ("target", j) for source, target in beads if not source for j in target
    }


def _f1(right_found: int, found: int, right_gold: int, gold: int) -> float:
    precision, recall = right_found / max(found, 1), right_gold / max(gold, 1)
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0
