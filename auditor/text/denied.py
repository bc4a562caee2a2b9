"""A denial that one version has and the others have not, weighed by words and encoder together.

Each case is a version of one sentence with more denials than another. How likely it is an error
is told by a logistic model of a few signs; `auditor/lang/und/denied.toml` has its weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from auditor.core import Context, Passage, Phrase, Segment
from auditor.lang import base, load
from auditor.text.denied_place import clauses, located, replaced, window
from auditor.text.negation import (
    UNSPACED,
    Negation,
    affirmed,
    find_negations,
    is_clausal,
    knows_negation,
    splits_word,
    with_its_word,
)

SIGNS = (
    "constant",
    "rise",
    "near",
    "denied",
    "soft",
    "weak",
    "own_soft",
    "clausal",
    "excess",
    "unspaced",
)
"""In this order: 1; how much closer the versions are without the denial, as a share of their
distance; the same for the words around it beside the nearest clause; whether the other version
denies too; its words that deny by their meaning, strong and weak; those beside the denial;
whether the denial is one of the whole clause; whether there are two more; whether one of the
languages writes without spaces, where a denial is harder to tell from a part of a word."""
RISES, NEARS = (-0.1, 0.3), (-0.2, 0.3)
"""Where they stop to tell more."""
_TENTH = 10
"""The two are weighed by the tenth, so that all weights are of one size."""
_MOST = 2
_TRIED = 4
"""Denials of one sentence that are tried."""
_LIKELY_RISE = 0.1
"""Cases that need more from both than this are not asked of the encoder, to save its time."""
_SPLITS = 5.0
"""Score of a denial that stands inside a word: there it says nothing and is wrong."""
_LOCATED_SHARE, _LOCATED_LEAST = 10, 10
"""Where a denial is missing is looked for in one sentence of ten at most: it takes sixty texts."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial that stands in one version only.

    Attributes:
        segment: the sentence that is probably wrong.
        start: first code point of the denial, or of the word that has lost it.
        end: one past the last.
        missing: True when the others deny and this one does not.
        repair: what the stretch should say; None where that is not known.
        others: the sentences of the other versions, with their denial if they have one.
        score: how much more is told for an error than against, as a natural logarithm; those
            below `least` are left out.
    """

    segment: Segment
    start: int
    end: int
    missing: bool
    repair: str | None
    others: tuple[tuple[Segment, tuple[int, int] | None], ...]
    score: float


@dataclass(frozen=True, slots=True)
class Side:
    """What one version of a passage says, and what denies in it."""

    segment: Segment
    hard: tuple[Negation, ...]
    soft: int
    weak: int


@dataclass(frozen=True, slots=True)
class Case:
    """A version with more denials than the others.

    Attributes:
        denying: the sides with more; one when the suspect has them.
        plain: the sides with fewer.
        missing: True when the suspect is the plain one.
    """

    denying: tuple[Side, ...]
    plain: tuple[Side, ...]
    missing: bool

    @property
    def suspect(self) -> Side:
        """The side that is probably wrong."""
        return (self.plain if self.missing else self.denying)[0]


def side(segment: Segment) -> Side:
    """A sentence and what denies in it."""
    found = find_negations(segment.text, segment.lang)
    hard = tuple(n for n in found if not n.soft)
    weak = sum(n.weak for n in found)
    return Side(segment, hard, len(found) - len(hard) - weak, weak)


def lone_denials(passages: Iterable[Passage], context: Context) -> list[Denial]:
    """The denials of all passages that stand in one version only.

    Passages of several sentences on a side are left out: which one denies is not clear there.

    Args:
        passages: of versions of one text.
        context: for the declared source and the similarities.
    """
    every = list(passages)
    cases = [case for passage in every for case in _cases(passage, context)]
    found = [d for case in cases if (d := _judged(case, context)) is not None]
    kept = [d for d in found if not d.missing]
    lost = sorted((d for d in found if d.missing), key=lambda d: -d.score)
    most = max(_LOCATED_LEAST, len(every) // _LOCATED_SHARE)
    return kept + [placed for d in lost[:most] if (placed := _placed(d, context)) is not None]


def _cases(passage: Passage, context: Context) -> Iterator[Case]:
    sides = {}
    for document in passage.documents:
        segments = passage.of(document)
        if len(segments) == 1 and _readable(segments[0].lang, context):
            sides[document] = side(segments[0])
    source = context.story.source
    first = next(iter(sides), None)
    for document, suspect in sides.items():
        if document == (source if source in sides else first if len(sides) == 2 else None):
            continue
        others = tuple(s for d, s in sides.items() if d != document)
        if source in sides:
            others = (sides[source],)
        counts = [len(o.hard) for o in others]
        if counts and len(suspect.hard) > max(counts):
            yield Case((suspect,), others, missing=False)
        elif counts and len(suspect.hard) < min(counts):
            yield Case(others, (suspect,), missing=True)


def _readable(lang: str, context: Context) -> bool:
    return knows_negation(lang) and context.can_compare(lang)


def signs(
    case: Case, denying: Side, negation: Negation, rise: float, near: float
) -> tuple[float, ...]:
    """The values of `SIGNS` for one denial of a case."""
    plain = case.plain
    least = min(len(p.hard) for p in plain)
    return (
        1.0,
        _TENTH * min(max(rise, RISES[0]), RISES[1]),
        _TENTH * min(max(near, NEARS[0]), NEARS[1]),
        float(least > 0),
        float(min(_MOST, *(p.soft for p in plain))),
        float(min(_MOST, *(p.weak for p in plain))),
        float(min(_MOST, denying.soft)),
        float(is_clausal(denying.segment.text, denying.segment.lang, negation)),
        float(len(denying.hard) - max(len(p.hard) for p in plain) > 1),
        float(any(base(s.segment.lang) in UNSPACED for s in (denying, *plain))),
    )


def measured(case: Case, context: Context) -> list[tuple[Negation, tuple[float, ...]]]:
    """Each denial of the first denying version, with its signs, as the encoder sees them."""
    denying = case.denying[0]
    tried = denying.hard[:_TRIED]
    rises = _rises(denying, tried, case.plain, context)
    nears = _nears(denying, tried, case.plain, context)
    return [
        (n, signs(case, denying, n, rise, near))
        for n, rise, near in zip(tried, rises, nears, strict=True)
    ]


def _judged(case: Case, context: Context) -> Denial | None:
    found = _heaviest(case, context)
    if found is None:
        return None
    negation, score = found
    denying = case.denying[0]
    place = negation.start, negation.end
    if case.missing:
        others = tuple(
            (o.segment, place if o is denying else (o.hard[0].start, o.hard[0].end))
            for o in case.denying
        )
        return Denial(
            case.suspect.segment, 0, 0, missing=True, repair=None, others=others, score=score
        )
    text, lang = denying.segment.text, denying.segment.lang
    start, end, kept = affirmed(text, lang, negation)
    stop = with_its_word(text, lang, negation)
    return Denial(
        denying.segment,
        start,
        max(stop, end),
        missing=False,
        repair=kept + text[end : max(stop, end)],
        others=tuple((o.segment, None) for o in case.plain),
        score=score,
    )


def _heaviest(case: Case, context: Context) -> tuple[Negation, float] | None:
    """The denial that is most likely wrong, with its score; None where none is."""
    denying = case.denying[0]
    if not case.missing:
        text, lang = denying.segment.text, denying.segment.lang
        for negation in denying.hard:
            if splits_word(text, lang, negation):
                return negation, _SPLITS
    weights = _weights(missing=case.missing)
    most = max(
        _dot(weights, signs(case, denying, n, _LIKELY_RISE, _LIKELY_RISE)) for n in denying.hard
    )
    if most < weights["least"]:
        return None
    score, at = max((_dot(weights, s), -i) for i, (_, s) in enumerate(measured(case, context)))
    return None if score < weights["least"] else (denying.hard[-at], score)


@cache
def _weights(*, missing: bool) -> Mapping[str, Any]:
    chosen: Mapping[str, Any] = load("und", "denied")["missing" if missing else "extra"]
    return chosen


def _dot(weights: Mapping[str, Any], values: Sequence[float]) -> float:
    total: float = sum(weights[s] * v for s, v in zip(SIGNS, values, strict=True))
    return round(total, 3)


def _rises(
    denying: Side, tried: Sequence[Negation], plain: Sequence[Side], context: Context
) -> list[float]:
    """The share of the distance between the sentences that goes with each denial."""
    segment = denying.segment
    texts = [replaced(segment.text, affirmed(segment.text, segment.lang, n)) for n in tried]
    pairs = [
        (Phrase(text, segment.lang), Phrase(p.segment.text, p.segment.lang))
        for text in (segment.text, *texts)
        for p in plain
    ]
    cosines = context.similarities(pairs)
    means = [
        sum(cosines[i : i + len(plain)]) / len(plain) for i in range(0, len(pairs), len(plain))
    ]
    return [round((mean - means[0]) / max(1 - means[0], 0.01), 3) for mean in means[1:]]


def _nears(
    denying: Side, tried: Sequence[Negation], plain: Sequence[Side], context: Context
) -> list[float]:
    """By how much the words around each denial come closer to the nearest clause without it."""
    segment = denying.segment
    there = [Phrase(c, p.segment.lang) for p in plain for c in clauses(p.segment.text)]
    pairs = []
    for n in tried:
        first, last = window(segment.text, segment.lang, n.start, n.end)
        start, end, kept = affirmed(segment.text, segment.lang, n)
        denied = segment.text[first:last]
        freed = segment.text[first:start] + kept + segment.text[min(end, last) : last]
        for text in (denied, freed):
            pairs += [(Phrase(text, segment.lang), clause) for clause in there]
    cosines = context.similarities(pairs)
    found = []
    for i in range(0, len(pairs), 2 * len(there)):
        before, after = cosines[i : i + len(there)], cosines[i + len(there) : i + 2 * len(there)]
        near = max(zip(before, after, strict=True), key=sum)
        found.append(round(near[1] - near[0], 3))
    return found


def _placed(denial: Denial, context: Context) -> Denial | None:
    other, place = denial.others[0]
    if place is None:
        return None
    found = located(denial.segment, other, place, context)
    return replace(denial, start=found[0], end=found[1]) if found else None
