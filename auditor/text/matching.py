"""Compares the facts of two texts that should say the same: conflicts, not absences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from auditor.core import Fact

_GROUPING = re.compile(r"(?<=\d)[.,'’\s](?=\d{3}(?!\d))")
_ROW = re.compile(r"\d+")


_TELLING = 4
"""Digits enough that the same row of them in another text is no chance: 1500 in 1,500."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A hard value of one text and the different one that stands in its place in another.

    Attributes:
        left: the fact of the first text.
        right: the fact of the second, of the same kind.
        doubtful: True when a relative fact ("last year") may account for one of them, when it was
            seen at the second look only (see `Comparison.strictly`), or when neither is hard.
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the facts of a kind are compared.

    Attributes:
        agree: true when two facts may mean the same.
        fits: true when one may stand in the other's place: a length in that of a length.
        answers: true for a fact that may stand against a hard one of the other text.
        strictly: where it is given, and only one text has a value of its own, what the other text
            has is looked at again with it: the 2 of "2-0" is not the "un" of an article, and
            "209 km (140 miles)" says 140 although 209 km are 130 miles.
    """

    agree: Callable[[Fact, Fact], bool] = agree
    fits: Callable[[Fact, Fact], bool] = lambda _one, _other: True
    answers: Callable[[Fact], bool] = lambda fact: fact.hard
    strictly: Callable[[Fact, Fact], bool] | None = None


PLAIN = Comparison()


def conflicts(
    left: Stated, right: Stated, kinds: Iterable[str], how: Comparison = PLAIN
) -> tuple[Conflict, ...]:
    """The hard values of both texts that nothing in the other accounts for, paired.

    A value on one side only is an omission or an addition, not a conflict.

    Args:
        left: the first text.
        right: the second.
        kinds: the kinds to compare.
        how: how they are compared.
    """
    found: list[Conflict] = []
    scale = len(left.text) / len(right.text) if left.text and right.text else 1.0
    for kind in kinds:
        ours = unmatched(kind, left.facts, right, how)
        theirs = unmatched(kind, right.facts, left, how) if ours or how.strictly else []
        again = how.strictly is not None and bool(ours) != bool(theirs)
        if again:
            ours = ours or _unmatched_strictly(kind, left, right, how)
            theirs = theirs or _unmatched_strictly(kind, right, left, how)
        if not ours or not theirs:
            continue
        # "last year" here may be the 2017 there: with one value each that is the likelier story.
        relative = f"relative-{kind}"
        loose = again or _one_sided(relative, left.facts, right.facts)
        found += [
            Conflict(a, b, doubtful=loose or not (a.hard or b.hard))
            for a, b in _paired(ours, theirs, how, scale)
        ]
    return tuple(found)


def unmatched(
    kind: str, facts: Iterable[Fact], other: Stated, how: Comparison = PLAIN
) -> list[Fact]:
    """The telling facts of a kind, each value once, that the other text does not account for."""
    rest: dict[str, Fact] = {}
    digits = None
    for fact in facts:
        if fact.kind != kind or not how.answers(fact):
            continue
        if any(how.agree(fact, f) for f in (*other.facts, *other.around)):
            continue
        if len(fact.value) >= _TELLING and fact.value[0].isdecimal():
            digits = _rows(other.text) if digits is None else digits
            # The year 1500 here may be the 1,500 there.
            if fact.value in digits:
                continue
        rest.setdefault(fact.value, fact)
    return list(rest.values())


def _rows(text: str) -> frozenset[str]:
    """The rows of digits of a text without the signs that group them.

    Whole rows: 14,000 is no part of 140,000.
    """
    return frozenset(_ROW.findall(_GROUPING.sub("", text)))


def _unmatched_strictly(kind: str, one: Stated, other: Stated, how: Comparison) -> list[Fact]:
    """The facts whose value one text says more often than the other, looked at strictly."""
    same = how.strictly or how.agree
    own = [f for f in one.facts if f.kind == kind and how.answers(f)]
    digits = _rows(other.text)
    rest: list[Fact] = []
    for fact in own:
        said = sum(f.value == fact.value for f in own)
        there = sum(same(fact, f) for f in (*other.facts, *other.around))
        if said > there and not (
            len(fact.value) >= _TELLING and fact.value[0].isdecimal() and fact.value in digits
        ):
            # Each of them: "2 %" and "two years" are one value, and only one of them may be wrong.
            rest.append(fact)
    return rest


def _one_sided(kind: str, left: Sequence[Fact], right: Sequence[Fact]) -> bool:
    return {f.value for f in left if f.kind == kind} != {f.value for f in right if f.kind == kind}


def _paired(
    ours: Sequence[Fact], theirs: Sequence[Fact], how: Comparison, scale: float
) -> list[tuple[Fact, Fact]]:
    """Values in each other's place: in order, or the nearest by relative position.

    Args:
        ours: of the first text.
        theirs: of the second.
        how: how they are compared.
        scale: how much longer the first text is: ten signs of Chinese are thirty letters.
    """
    pairs: list[tuple[Fact, Fact]] = []
    if len(ours) == len(theirs):
        in_order = list(zip(ours, theirs, strict=True))
        if all(how.fits(a, b) for a, b in in_order):
            return in_order
    free = list(theirs)
    for fact in ours:
        fitting = [f for f in free if how.fits(fact, f)]
        if fitting:
            # One unit is the better sign: word order differs between languages.
            nearest = min(
                fitting,
                key=lambda f: (f.unit != fact.unit, abs(f.start * scale - fact.start), f.start),
            )
            free.remove(nearest)
            pairs.append((fact, nearest))
    return pairs
