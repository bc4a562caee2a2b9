"""A denial that one version has and the others have not, weighed by words and encoder together.

Each case is a version of one sentence with more denials than another. How likely it is an error
is told by a logistic model of a few signs; `auditor/lang/und/denied.toml` has its weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import inf
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
    heaviest = _heaviest(cases, context)
    found = [_judged(case, h) for case, h in zip(cases, heaviest, strict=True) if h]
    kept = [d for d in found if not d.missing]
    lost = sorted((d for d in found if d.missing), key=lambda d: -d.score)
    most = max(_LOCATED_LEAST, len(every) // _LOCATED_SHARE)
    return kept + _placed(lost[:most], context)


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


Measured = list[tuple[Negation, tuple[float, ...]]]
"""The denials of a case that were tried, each with its signs."""


def measured(cases: Sequence[Case], context: Context) -> list[Measured]:
    """For each case the denials of its first denying version, with their signs.

    All cases ask the encoder together: a few texts at a time take it several times as long.
    """
    asked = [(_sentences(case), _windows(case)) for case in cases]
    cosines = iter(context.similarities([p for both in asked for pairs in both for p in pairs]))
    found: list[Measured] = []
    for case, (sentences, windows) in zip(cases, asked, strict=True):
        denying = case.denying[0]
        rises = _rises([next(cosines) for _ in sentences], len(case.plain))
        tried = denying.hard[: len(rises)]
        nears = _nears([next(cosines) for _ in windows], len(tried))
        found.append(
            [
                (n, signs(case, denying, n, rise, near))
                for n, rise, near in zip(tried, rises, nears, strict=True)
            ]
        )
    return found


def _judged(case: Case, heaviest: tuple[Negation, float]) -> Denial:
    negation, score = heaviest
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


def _heaviest(cases: Sequence[Case], context: Context) -> list[tuple[Negation, float] | None]:
    """For each case the denial that is most likely wrong, with its score; None where none is."""
    split = [_splitting(case) for case in cases]
    doubt = [c for c, negation in zip(cases, split, strict=True) if not negation and _likely(c)]
    weighed = dict(zip(map(id, doubt), measured(doubt, context), strict=True))
    found: list[tuple[Negation, float] | None] = []
    for case, negation in zip(cases, split, strict=True):
        if negation:
            found.append((negation, _SPLITS))
            continue
        weights = _weights(missing=case.missing)
        scores = [_dot(weights, values) for _, values in weighed.get(id(case), ())]
        score = max(scores, default=-inf)
        enough = score >= weights["least"]
        found.append((case.denying[0].hard[scores.index(score)], score) if enough else None)
    return found


def _splitting(case: Case) -> Negation | None:
    """The first denial of a case that stands inside a word."""
    text, lang = case.denying[0].segment.text, case.denying[0].segment.lang
    hard = () if case.missing else case.denying[0].hard
    return next((negation for negation in hard if splits_word(text, lang, negation)), None)


def _likely(case: Case) -> bool:
    """True when a likely answer of the encoder would be enough."""
    weights, denying = _weights(missing=case.missing), case.denying[0]
    most = max(
        _dot(weights, signs(case, denying, n, _LIKELY_RISE, _LIKELY_RISE)) for n in denying.hard
    )
    return most >= float(weights["least"])


@cache
def _weights(*, missing: bool) -> Mapping[str, Any]:
    chosen: Mapping[str, Any] = load("und", "denied")["missing" if missing else "extra"]
    return chosen


def _dot(weights: Mapping[str, Any], values: Sequence[float]) -> float:
    total: float = sum(weights[s] * v for s, v in zip(SIGNS, values, strict=True))
    return round(total, 3)


def _sentences(case: Case) -> list[tuple[Phrase, Phrase]]:
    """The sentence as it is and without each denial, beside those of the plain versions."""
    segment = case.denying[0].segment
    tried = case.denying[0].hard[:_TRIED]
    texts = [replaced(segment.text, affirmed(segment.text, segment.lang, n)) for n in tried]
    return [
        (Phrase(text, segment.lang), Phrase(p.segment.text, p.segment.lang))
        for text in (segment.text, *texts)
        for p in case.plain
    ]


def _rises(cosines: Sequence[float], plain: int) -> list[float]:
    """The share of the distance between the sentences that goes with each denial."""
    means = [sum(cosines[i : i + plain]) / plain for i in range(0, len(cosines), plain)]
    return [round((mean - means[0]) / max(1 - means[0], 0.01), 3) for mean in means[1:]]


def _windows(case: Case) -> list[tuple[Phrase, Phrase]]:
    """The words around each denial with it and without it, beside each clause there is."""
    segment = case.denying[0].segment
    there = [Phrase(c, p.segment.lang) for p in case.plain for c in clauses(p.segment.text)]
    pairs = []
    for n in case.denying[0].hard[:_TRIED]:
        first, last = window(segment.text, segment.lang, n.start, n.end)
        start, end, kept = affirmed(segment.text, segment.lang, n)
        denied = segment.text[first:last]
        freed = segment.text[first:start] + kept + segment.text[min(end, last) : last]
        for text in (denied, freed):
            pairs += [(Phrase(text, segment.lang), clause) for clause in there]
    return pairs


def _nears(cosines: Sequence[float], tried: int) -> list[float]:
    """By how much the words around each denial come closer to the nearest clause without it."""
    count = len(cosines) // (2 * tried)
    found = []
    for i in range(0, len(cosines), 2 * count):
        before, after = cosines[i : i + count], cosines[i + count : i + 2 * count]
        near = max(zip(before, after, strict=True), key=sum)
        found.append(round(near[1] - near[0], 3))
    return found


def _placed(denials: Sequence[Denial], context: Context) -> list[Denial]:
    """Those whose place was found."""
    asked = [
        (denial, other, place) for denial in denials for other, place in denial.others[:1] if place
    ]
    found = located([(d.segment, other, place) for d, other, place in asked], context)
    return [
        replace(denial, start=place[0], end=place[1])
        for (denial, *_), place in zip(asked, found, strict=True)
        if place
    ]
