"""Measures how relations are found: on documents that are translated, neighbours, or share half.

A folder of line-aligned files, as NTREX-128 is one (`bench/clean`), gives for each document and
each pair of languages four cases with a known answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auditor.align import relate
from auditor.bench.clean import DOCUMENTS, TAGS, line_aligned
from auditor.core import ConfigError, OffsetMap, Phrase, RelationKind, Segment

if TYPE_CHECKING:
    from auditor.pipeline import Run

SEED = 7
"""Of the shuffles: the same folder gives the same table."""

CASES = ("same text", "a third lost", "half shared", "neighbour")
"""What the second document of a pair is: the translation; the translation without every third
sentence; half of it among as many sentences of the next document, in any order; the next
document."""

WANTED = {
    "same text": RelationKind.TRANSLATION,
    "a third lost": RelationKind.TRANSLATION,
    "half shared": RelationKind.COMPARABLE,
    "neighbour": RelationKind.UNRELATED,
}


def confusion(folder: Path, run: Run) -> dict[str, Counter[RelationKind]]:
    """How often each relation is found in each of `CASES`.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        run: encoder and cache.

    Raises:
        ConfigError: files are missing, differ in length, or hold a single document.
    """
    from auditor.pipeline import encoder_of
    from auditor.pipeline.context import Meaning

    files = sorted(path.stem for path in folder.glob("*.txt") if path.name != DOCUMENTS)
    names, texts = line_aligned(folder, files)
    rows = {name: [i for i, n in enumerate(names) if n == name] for name in dict.fromkeys(names)}
    if len(rows) < 2:
        raise ConfigError(str(folder), "holds one document", "name two in document_ids.txt")
    meaning = Meaning(encoder_of(run))
    vectors = {
        file: meaning.vectors([Phrase(line, TAGS.get(file, file)) for line in lines])
        for file, lines in texts.items()
    }
    found: dict[str, Counter[RelationKind]] = {case: Counter() for case in CASES}
    for left, right in combinations(texts, 2):
        for case, own, theirs in _cases(list(rows.values())):
            relation = relate(
                _segments(left, texts, own),
                _segments(right, texts, theirs),
                vectors[left][own],
                vectors[right][theirs],
                left_id=left,
                right_id=right,
                left_lang=TAGS.get(left, left),
                right_lang=TAGS.get(right, right),
            )
            found[case][relation.kind] += 1
    return found


def relation_table(found: Mapping[str, Counter[RelationKind]]) -> list[str]:
    """The confusion as lines of text: cases down, relations found across."""
    head = "".join(f"{kind.value:>13}" for kind in RelationKind)
    lines = [f"{'case':<16}{head}{'right':>9}"]
    for case, counts in found.items():
        cells = "".join(f"{counts[kind]:>13}" for kind in RelationKind)
        right = counts[WANTED[case]] / max(1, counts.total())
        lines.append(f"{case:<16}{cells}{right:>9.1%}")
    return lines


def _cases(documents: Sequence[list[int]]) -> Iterator[tuple[str, list[int], list[int]]]:
    """For each document the case, its lines, and the lines of the other side."""
    random = np.random.default_rng(SEED)
    for at, own in enumerate(documents):
        other = documents[(at + 1) % len(documents)]
        yield "same text", own, own
        yield "a third lost", own, [row for k, row in enumerate(own) if k % 3 != 1]
        half = _some(own, len(own) // 2, random)
        strange = _some(other, len(half), random)
        yield "half shared", own, _some(half + strange, len(half + strange), random)
        yield "neighbour", own, other


def _some(rows: Sequence[int], count: int, random: np.random.Generator) -> list[int]:
    places: list[int] = random.permutation(len(rows)).tolist()
    return [rows[at] for at in places[: max(1, count)]]


def _segments(file: str, texts: Mapping[str, Sequence[str]], rows: Sequence[int]) -> list[Segment]:
    return [
        Segment(file, k, texts[file][row], OffsetMap.identity(len(texts[file][row])), "und", k)
        for k, row in enumerate(rows)
    ]
