"""A denial that one version has and the others have not, weighed by the encoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from auditor.core import Context, Passage, Phrase, Segment
from auditor.text.negation import (
    Negation,
    affirmed,
    denials,
    find_negations,
    knows_negation,
    with_its_word,
)

_VERIFIED_SHARE, _VERIFIED_LEAST = 10, 4
"""At most one sentence in so many is encoded again, but always so many: a short text has few."""
_LOCATED_SHARE, _LOCATED_LEAST = 50, 2
"""The same for finding where a denial is missing, which takes some thirty sentences."""
_FAR_COUNTS = 0.2
LOCATED_FROM = 0.03
"""Gain below which it is not worth looking where."""


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
        gain: how much of the distance to the others goes when the denial is taken away where it
            stands, 0 to 1.
        alone: how sure that nothing else accounts for it: 2 when the other side denies nothing
            at all, 1 when it has words that deny by their meaning, 0 when it denies less often.
    """

    segment: Segment
    start: int
    end: int
    missing: bool
    repair: str | None
    others: tuple[tuple[Segment, tuple[int, int] | None], ...]
    gain: float
    alone: int


@dataclass(frozen=True, slots=True)
class _Side:
    """What one version of a passage says, and what denies in it."""

    segment: Segment
    hard: tuple[Negation, ...]
    soft: int


@dataclass(frozen=True, slots=True)
class _Case:
    """A version with more or fewer denials than all those it is compared with."""

    suspect: _Side
    others: tuple[_Side, ...]
    missing: bool
    alone: int


def lone_denials(passages: Iterable[Passage], context: Context) -> list[Denial]:
    """The denials of all passages that stand in one version only.

    Passages of several sentences on a side are left out: which one denies is not clear there.

    Args:
        passages: of versions of one text.
        context: for the declared source and the similarities.
    """
    every = list(passages)
    cases = [case for passage in every for case in _cases(passage, context)]
    cases.sort(key=lambda case: -case.alone)
    cases = cases[: max(_VERIFIED_LEAST, len(every) // _VERIFIED_SHARE)]
    found = [d for d in (_best(case, context) for case in cases) if d is not None]
    most = max(_LOCATED_LEAST, len(every) // _LOCATED_SHARE)
    lost = [d for d in found if d.missing and d.gain >= LOCATED_FROM]
    lost.sort(key=lambda denial: (-denial.alone, -denial.gain))
    kept = [d for d in found if not d.missing]
    return kept + [placed for d in lost[:most] if (placed := _located(d, context)) is not None]


def _cases(passage: Passage, context: Context) -> Iterator[_Case]:
    sides = {}
    for document in passage.documents:
        segments = passage.of(document)
        if len(segments) != 1 or not _readable(segments[0].lang, context):
            continue
        found = find_negations(segments[0].text, segments[0].lang)
        hard = tuple(n for n in found if not n.soft)
        sides[document] = _Side(segments[0], hard, len(found) - len(hard))
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
            yield _Case(suspect, others, missing=False, alone=min(map(_alone, others)))
        elif counts and len(suspect.hard) < min(counts):
            yield _Case(suspect, others, missing=True, alone=_alone(suspect))


def _readable(lang: str, context: Context) -> bool:
    return knows_negation(lang) and context.can_compare(lang)


def _alone(side: _Side) -> int:
    return 0 if side.hard else 1 if side.soft else 2


def _best(case: _Case, context: Context) -> Denial | None:
    """The denial whose loss brings the versions closest."""
    side = case.others[0] if case.missing else case.suspect
    towards = [case.suspect] if case.missing else list(case.others)
    tries = [(n, affirmed(side.segment.text, side.segment.lang, n)) for n in side.hard]
    texts = [_replaced(side.segment.text, place) for _, place in tries]
    gains = _gains(side.segment, texts, [s.segment for s in towards], context)
    if not gains:
        return None
    gain, at = max((gain, -i) for i, gain in enumerate(gains))
    negation, (start, end, kept) = tries[-at]
    if case.missing:
        others = tuple(
            (
                o.segment,
                (o.hard[0].start, o.hard[0].end)
                if o is not side
                else (negation.start, negation.end),
            )
            for o in case.others
        )
        return Denial(
            case.suspect.segment,
            0,
            0,
            missing=True,
            repair=None,
            others=others,
            gain=gain,
            alone=case.alone,
        )
    without = tuple((o.segment, None) for o in case.others)
    text = side.segment.text
    stop = with_its_word(text, side.segment.lang, negation)
    repair = kept + text[end : max(stop, end)]
    return Denial(
        side.segment,
        start,
        max(stop, end),
        missing=False,
        repair=repair,
        others=without,
        gain=gain,
        alone=case.alone,
    )


def _replaced(text: str, place: tuple[int, int, str]) -> str:
    start, end, kept = place
    return text[:start] + kept + text[end:]


def _gains(
    segment: Segment, texts: Sequence[str], towards: Sequence[Segment], context: Context
) -> list[float]:
    """For each other text of a sentence, the share of its distance to the others that goes."""
    pairs = [
        (Phrase(text, segment.lang), Phrase(other.text, other.lang))
        for text in (segment.text, *texts)
        for other in towards
    ]
    cosines = context.similarities(pairs)
    count = len(towards)
    means = [sum(cosines[i : i + count]) / count for i in range(0, len(cosines), count)]
    far = max(1 - means[0], 0.01)
    return [round((mean - means[0]) / far, 3) for mean in means[1:]]


def _located(denial: Denial, context: Context) -> Denial | None:
    """The word that has lost its denial: with it, the sentence comes closest to the others."""
    segment = denial.segment
    tries = list(denials(segment.text, segment.lang))
    texts = [_replaced(segment.text, place) for place in tries]
    gains = _gains(segment, texts, [other for other, _ in denial.others], context)
    if not gains:
        return None
    other, denied = denial.others[0]
    # Two languages keep the order of their clauses more often than not.
    expected = denied[0] / len(other.text) if denied else 0.5
    order = [_FAR_COUNTS * abs(start / len(segment.text) - expected) for start, _, _ in tries]
    _, at = max((gain - order[i], -i) for i, gain in enumerate(gains))
    start, end, _ = tries[-at]
    return replace(denial, start=start, end=end)
