"""Gold alignments and how near a found one comes to them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.core import ConfigError, ReadError

Pair = tuple[tuple[int, ...], tuple[int, ...]]
"""A bead as numbers of source and target sentences."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1 from counts.

    Attributes:
        right: of what was found.
        found: all that was found.
        met: of what was to be found.
        gold: all that was to be found.
    """

    right: int
    found: int
    met: int
    gold: int

    @property
    def precision(self) -> float:
        """0 to 1; 0 where nothing was found."""
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """0 to 1; 0 where nothing was to be found."""
        return self.met / max(self.gold, 1)

    @property
    def f1(self) -> float:
        """0 to 1."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


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
    def strict(self) -> Measure:
        """Of beads as they stand."""
        return Measure(self.strict_found, self.found, self.strict_gold, self.gold)

    @property
    def lax(self) -> Measure:
        """Of beads that touch the right one."""
        return Measure(self.lax_found, self.found, self.lax_gold, self.gold)

    @property
    def null(self) -> Measure:
        """Of sentences said to have no counterpart."""
        return Measure(self.null_both, self.null_found, self.null_both, self.null_gold)


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
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        try:
            source, target, *_ = line.split(":")
            beads.append((_numbers(source), _numbers(target)))
        except (ValueError, SyntaxError, TypeError) as error:
            raise ConfigError(
                f"{path}:{number}", f"{line[:40]!r} is no bead", "write [0, 1]:[2]"
            ) from error
    return beads


def read_lines(path: Path) -> list[str]:
    """The lines of a file of sentences.

    Raises:
        ReadError: the file is missing or no text.
    """
    try:
        # Not splitlines: a sentence may hold a line separator of its own.
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            str(path), "cannot be read as text", "see the files that it needs"
        ) from error
    return text.removesuffix("\n").split("\n") if text else []


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
