"""Compares the facts of two texts that should say the same: conflicts, not absences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.core import Fact

_GROUPING = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")


_TELLING = 4
"""Digits enough that the same row of them in another text is no chance: 1500 in 1,500."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A hard value of one text and the different one that stands in its place in another.

    Attributes:
        left: the fact of the first text.
        right: the fact of the second, of the same kind.
        doubtful: True when a relative fact ("last year") may account for one of them.
    """

    left: Fact
    right: Fact
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Stated:
    """What one side says.

    Attributes:
        facts: the facts of the text, in order.
        text: the text itself.
        around: more facts that stand near it, which can satisfy but not accuse.
    """

    facts: Sequence[Fact]
    text: str = ""
    around: Sequence[Fact] = ()


def agree(one: Fact, other: Fact) -> bool:
    """True when two facts of one kind may mean the same value."""
    return one.kind == other.kind and not one.readings.isdisjoint(other.readings)


def conflicts(left: Stated, right: Stated, kinds: Iterable[str]) -> tuple[Conflict, ...]:
    """The hard values of both texts that nothing in the other accounts for, paired.

    A value on one side only is an omission or an addition, not a conflict.

    Args:
        left: the first text.
        right: the second.
        kinds: the kinds to compare.
    """
    found: list[Conflict] = []
    for kind in kinds:
        ours = unmatched(kind, left.facts, right)
        theirs = unmatched(kind, right.facts, left) if ours else []
        if not theirs:
            continue
        # "last year" here may be the 2017 there: with one value each that is the likelier story.
        relative = f"relative-{kind}"
        loose = _one_sided(relative, left.facts, right.facts)
        found += [Conflict(a, b, doubtful=loose) for a, b in _paired(ours, theirs)]
    return tuple(found)


def unmatched(kind: str, facts: Iterable[Fact], other: Stated) -> list[Fact]:
    """The hard facts of a kind, each value once, that the other text does not account for."""
    rest: dict[str, Fact] = {}
    digits = None
    for fact in facts:
        if fact.kind != kind or not fact.hard:
            continue
        if any(agree(fact, f) for f in (*other.facts, *other.around)):
            continue
        if len(fact.value) >= _TELLING:
            digits = _GROUPING.sub("", other.text) if digits is None else digits
            # The year 1500 here may be the 1,500 there.
            if fact.value in digits:
                continue
        rest.setdefault(fact.value, fact)
    return list(rest.values())


def _one_sided(kind: str, left: Sequence[Fact], right: Sequence[Fact]) -> bool:
    return {f.value for f in left if f.kind == kind} != {f.value for f in right if f.kind == kind}


def _paired(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Values in each other's place: in order, or the nearest by relative position."""
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    few, many, turned = (ours, theirs, False) if len(ours) < len(theirs) else (theirs, ours, True)
    pairs = []
    free = list(many)
    for fact in few:
        nearest = min(free, key=lambda f: abs(f.start - fact.start))
        free.remove(nearest)
        pairs.append((nearest, fact) if turned else (fact, nearest))
    return pairs
