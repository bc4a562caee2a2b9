"""What a phrase that stands for another looks like, whatever the language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.text.doubts import Doubt


class Kind(StrEnum):
    """Why a phrase is a candidate."""

    TELL = "tell"
    """A form that rewriters are known to leave."""
    MONTH = "month"
    """A homograph of a month's name beside a day or another month."""
    BOUNDARY = "boundary"
    """A replacement across the boundary of two words, which breaks both."""
    FAINT = "faint"
    """A known form that the context hardly speaks against: weighed in a spun text only."""
    NEAR = "near"
    """A word whose neighbour in meaning is far likelier here."""


@dataclass(frozen=True, slots=True)
class Substitution:
    """A phrase that probably stands for another.

    Attributes:
        start: first code point in the text searched.
        end: one past the last.
        repair: what it probably stood for, capitalised in the same way.
        kind: why it is a candidate.
        gain: how much better the words around expect the repair, in nats (log odds).
        strong: True when people hardly ever write it, so that it counts in full.
        bonus: nats for how much likelier the repair is than the phrase, before the words
            around are looked at: only a spun text, where words are replaced blindly, lets
            that count.
        rise: cosine by which the repaired sentence comes closer to its counterparts; None
            where it was not compared.
    """

    start: int
    end: int
    repair: str
    kind: Kind
    gain: float
    strong: bool
    bonus: float = 0.0
    rise: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one piece of text shows.

    Attributes:
        words: how many it has.
        substitutions: in order; none overlaps another.
        doubts: its words that could have been put in, with the odds of it.
    """

    words: int
    substitutions: tuple[Substitution, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def chosen(candidates: Iterable[tuple[float, int, int, Substitution]]) -> list[Substitution]:
    """The best substitutions of which no two overlap, in order.

    Args:
        candidates: rank (the higher the better), first and last place, the substitution.

    Returns:
        Taken from the best rank down; of equal rank the longer, then the earlier.
    """
    taken: set[int] = set()
    kept: list[Substitution] = []
    for _, first, last, substitution in sorted(
        candidates, key=lambda c: (-c[0], c[1] - c[2], c[1], c[3].repair)
    ):
        places = range(first, last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(substitution)
    return sorted(kept, key=lambda s: s.start)


def apart(
    substitutions: Iterable[Substitution], others: Iterable[Substitution]
) -> list[Substitution]:
    """Those of the first that share no character with one of the others."""
    taken = {at for other in others for at in range(other.start, other.end)}
    return [s for s in substitutions if taken.isdisjoint(range(s.start, s.end))]


def joined(
    text: str,
    substitutions: Sequence[Substitution],
    *,
    across: int,
    gap: str,
    parted: frozenset[str] = frozenset(),
) -> list[Substitution]:
    """Substitutions that are parts of one name or phrase, made one.

    Args:
        text: the text that they were found in.
        substitutions: in order, not overlapping.
        across: how many capitalised words may stand between two: `Chinese language
            [Communist] Get together` is one name.
        gap: what may stand between them otherwise, as characters.
        parted: words, lower case, at which two repairs are no one phrase.
    """
    merged: list[Substitution] = []
    for new in substitutions:
        old = merged[-1] if merged else None
        between = text[old.end : new.start] if old else ""
        if old and _fit(old, new, parted) and _one_phrase(between, across, gap):
            merged[-1] = Substitution(
                old.start,
                new.end,
                f"{old.repair}{between}{new.repair}",
                old.kind,
                old.gain + new.gain,
                old.strong or new.strong,
                old.bonus + new.bonus,
                _sum(old.rise, new.rise),
            )
        else:
            merged.append(new)
    return merged


def _fit(left: Substitution, right: Substitution, parted: frozenset[str]) -> bool:
    """False for dates, and where a preposition or the like parts two repairs."""
    edges = {word.lower() for word in (*left.repair.split()[-1:], *right.repair.split()[:1])}
    return Kind.MONTH not in (left.kind, right.kind) and parted.isdisjoint(edges)


def _sum(left: float | None, right: float | None) -> float | None:
    """What both add; what was not compared adds nothing."""
    return right if left is None else left if right is None else left + right


def _one_phrase(between: str, across: int, gap: str) -> bool:
    if not between.strip(gap):
        return True
    words = between.split()
    return (
        0 < len(words) <= across
        and between[0].isspace()
        and between[-1].isspace()
        and all(word.isalpha() and word[0].isupper() for word in words)
    )
