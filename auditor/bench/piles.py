"""Measures how the versions of stories are found in a pile: documents of a folder, shuffled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from auditor.batch.job import Job, Version
from auditor.batch.match import article_of, groups, pairs_of
from auditor.bench.bounds import share_interval
from auditor.bench.clean import DOCUMENTS, line_aligned

if TYPE_CHECKING:
    from auditor.pipeline import Run

HALVES = ("dev", "test")
"""Every other document."""


@dataclass(frozen=True, slots=True)
class Pile:
    """What was found in one pile.

    Attributes:
        name: which documents.
        articles: in the pile.
        pairs: that are versions of one text.
        found: that were taken to be.
        right: both.
        seconds: of the processor, for matching alone, articles read and encoded.
    """

    name: str
    articles: int
    pairs: int
    found: int
    right: int
    seconds: float


def measure_pile(folder: Path, run: Run, lines: int | None, seed: int) -> list[Pile]:
    """Matches the documents of a folder, all languages shuffled together; languages are not told.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        run: encoder and cache.
        lines: how many of each document are read, from its beginning; all when None.
        seed: of the shuffling.

    Raises:
        ConfigError: files are missing or differ in length.
    """
    from auditor.pipeline import encoder_of
    from auditor.pipeline.context import Meaning

    files = sorted(path.stem for path in folder.glob("*.txt") if path.name != DOCUMENTS)
    names, texts = line_aligned(folder, files)
    documents = list(dict.fromkeys(names))
    meaning = Meaning(encoder_of(run))
    held = []
    for file in files:
        for number, name in enumerate(documents):
            rows = [i for i, other in enumerate(names) if other == name][:lines]
            text = "\n\n".join(texts[file][row] for row in rows)
            id = f"{name}.{file}"
            held.append((number, article_of(Job(id, versions=(Version(id, None, text),)), meaning)))
    Random(seed).shuffle(held)  # noqa: S311 - the order of a measurement
    piles = []
    for name, wanted in (*((half, (at,)) for at, half in enumerate(HALVES)), ("all", (0, 1))):
        chosen = [(number, article) for number, article in held if number % 2 in wanted]
        begun = process_time()
        found = pairs_of(groups([article for _, article in chosen]))
        seconds = process_time() - begun
        gold = _gold([number for number, _ in chosen])
        right = len(found & gold)
        piles.append(Pile(name, len(chosen), len(gold), len(found), right, seconds))
    return piles


def _gold(numbers: Sequence[int]) -> set[tuple[int, int]]:
    places: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        places.setdefault(number, []).append(at)
    return pairs_of(places.values())


def pile_table(piles: Sequence[Pile]) -> list[str]:
    """The figures as lines of text, with 95 % bounds."""
    heads = ("articles", "pairs", "found", "precision", "95 %", "recall", "95 %", "cpu s")
    widths = (9, 7, 7, 11, 15, 9, 15, 8)
    head = "".join(f"{name:>{width}}" for name, width in zip(heads, widths, strict=True))
    lines = [f"{'documents':<10}{head}"]
    for pile in piles:
        precise = share_interval(pile.right, max(1, pile.found))
        whole = share_interval(pile.right, max(1, pile.pairs))
        lines.append(
            f"{pile.name:<10}{pile.articles:>9}{pile.pairs:>7}{pile.found:>7}"
            f"{pile.right / max(1, pile.found):>11.1%}{_bounds(precise):>15}"
            f"{pile.right / max(1, pile.pairs):>9.1%}{_bounds(whole):>15}{pile.seconds:>8.2f}"
        )
    return lines


def _bounds(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.1%}-{interval[1]:.1%}"
