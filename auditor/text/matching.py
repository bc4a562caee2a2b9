"""Compares the facts of two texts that should say the same: conflicts, not absences."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.core import Fact

_GROUPING = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Conflict:
    """A hard value of one text and the different one that stands in its place in another.

    Attributes:
        left: the fact of the first text.
        right: the fact of the second, of the same kind.
    """

    left: Fact
    right: Fact


def agree(one: Fact, other: Fact) -> bool:
    """True when two facts of one kind may mean the same value."""
    return one.kind == other.kind and not one.readings.isdisjoint(other.readings)


def conflicts(
    left: Sequence[Fact],
    right: Sequence[Fact],
    *,
    kinds: Collection[str],
    left_satisfies: Sequence[Fact] = (),
    right_satisfies: Sequence[Fact] = (),
) -> tuple[Conflict, ...]:
    """The hard values of both texts that nothing in the other accounts for, paired.

    A value on one side only is an omission or an addition, not a conflict. A relative
    fact (`relative-year`) that the other text does not have stands for one value of it.

    Args:
        left: the facts of the first text, in order.
        right: the facts of the second.
        kinds: the kinds to compare.
        left_satisfies: more facts around the first text, which can only satisfy.
        right_satisfies: the same for the second.
    """
    found: list[Conflict] = []
    for kind in kinds:
        ours = _unmatched(kind, left, (*right, *right_satisfies))
        theirs = _unmatched(kind, right, (*left, *left_satisfies))
        # "last year" here may be the 2017 there.
        relative = f"relative-{kind}"
        ours = ours[_unmatched_count(relative, right, left) :] if ours else ours
        theirs = theirs[_unmatched_count(relative, left, right) :] if theirs else theirs
        found += [Conflict(a, b) for a, b in _paired(ours, theirs)]
    return tuple(found)


def digits_in(text: str) -> str:
    """A text with the separators inside its numbers removed, so that 1,500 holds 1500."""
    return _GROUPING.sub("", text)


def _unmatched(kind: str, facts: Iterable[Fact], others: Sequence[Fact]) -> list[Fact]:
    seen: dict[str, Fact] = {}
    for fact in facts:
        if fact.kind == kind and fact.hard and not any(agree(fact, other) for other in others):
            seen.setdefault(fact.value, fact)
    return list(seen.values())


def _unmatched_count(kind: str, facts: Sequence[Fact], others: Sequence[Fact]) -> int:
    values = {f.value for f in facts if f.kind == kind}
    return len(values - {f.value for f in others if f.kind == kind})


def _paired(ours: Sequence[Fact], theirs: Sequence[Fact]) -> list[tuple[Fact, Fact]]:
    """Values in each other's place: in order, or the nearest by relative position."""
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    few, many, turned = (
        (ours, theirs, False) if len(ours) < len(theirs) else (theirs, ours, True)
    )
    pairs = []
    free = list(many)
    for fact in few:
        nearest = min(free, key=lambda f: abs(f.start - fact.start))
        free.remove(nearest)
        pairs.append((nearest, fact) if turned else (fact, nearest))
    return pairs


def by_kind(facts: Iterable[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    """The facts grouped by kind."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.kind].append(fact)
    return {kind: tuple(group) for kind, group in groups.items()}
