"""Whether a repair brings a sentence closer to what other versions say there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.core import Context, Phrase, Segment
from auditor.lang import base
from auditor.text import spun
from auditor.text.covered import content_phrases
from auditor.text.substitution import Kind, Substitution

CLOSER = 0.02
"""Cosine by which a repaired sentence must come closer to the aligned version, for a form that
people hardly ever write; of the sound ones .01 is the most that was seen."""
MUCH_CLOSER = 0.05
"""The same for an ordinary word: any more frequent synonym brings .03 at times (勤奮/努力)."""
MUCH_LIKELIER = 5.0
"""Nats that the context of an ordinary word must gain too, where the rest of the text is sound."""
VERIFIED_SHARE = 4
"""At most one sentence in so many is encoded again, the greatest gains first."""
VERIFIED_IF_SPUN = 2
"""In a spun text so many for each sentence: such texts are few, and there it decides."""
WORST, WORST_CHINESE = -0.03, -0.02
"""Rise that hardly a candidate stays below: what would be told in a spun text with that is told
without a comparison, which is half of them, and in Chinese nearly all: of 79 in a rewritten article
the comparison took none back."""
ROUGHLY_CLOSER = 0.0
"""By how much more such a synonym must be like a word of the other version than what it replaces
is, by what is known of words without encoding them, to be compared in a text that is not spun: a
third of them are, and no other came closer there."""
VERIFIED_LEAST = 4
"""Candidates that are always compared, in a text however short."""

Place = tuple[Segment, Substitution]


def agreed(found: Substitution, rise: float) -> bool:
    """True when the language model and the aligned version both prefer the repair.

    Args:
        found: the substitution with its gain.
        rise: as `rises_towards` gives it.
    """
    if found.strong:
        return rise >= CLOSER
    return rise >= MUCH_CLOSER and found.gain >= MUCH_LIKELIER


def compared(
    places: Sequence[Place], segments: int, context: Context, *, is_spun: bool
) -> list[Place]:
    """The places with their rise, where a comparison decides and may be paid for.

    Args:
        places: candidates in the sentences of one document.
        segments: how many sentences the document has.
        context: gives counterparts and similarities.
        is_spun: True where strong tells stand without a comparison.
    """
    chosen = _worth_comparing(places, segments, is_spun=is_spun)
    if not is_spun:
        chosen = _roughly_closer(chosen, context)
    rises = dict(zip(map(_key, chosen), rises_towards(chosen, context), strict=True))
    return [(p[0], replace(p[1], rise=rises.get(_key(p)))) for p in places]


def _key(place: Place) -> tuple[int, int]:
    return place[0].index, place[1].start


def _worth_comparing(places: Sequence[Place], segments: int, *, is_spun: bool) -> Sequence[Place]:
    """The candidates on which a comparison decides, at most the share that may be encoded."""
    unsure = [
        p
        for p in places
        if p[1].kind is not Kind.MONTH and not (is_spun and _is_decided(p[1], p[0].lang))
    ]
    unsure.sort(key=lambda p: (p[1].kind is Kind.NEAR, -p[1].gain))
    share = segments * VERIFIED_IF_SPUN if is_spun else segments // VERIFIED_SHARE
    return unsure[: max(VERIFIED_LEAST, share)]


def _roughly_closer(places: Sequence[Place], context: Context) -> list[Place]:
    """The places without the synonyms that are roughly no nearer to the other versions."""
    groups = [
        (
            [Phrase(text, segment.lang) for text in (found.repair, _replaced(segment, found))],
            [
                word
                for other in context.counterparts(segment)
                if context.can_compare(segment.lang) and context.can_compare(other.lang)
                for word in content_phrases(other)
            ],
        )
        for segment, found in places
    ]
    # Only these are looked up: the forms that are known are few, and worth their sentences.
    near_only = [p.kind is Kind.NEAR for _, p in places]
    asked = [g if g[1] and n else ((), ()) for g, n in zip(groups, near_only, strict=True)]
    nearest = context.roughly_nearest(asked)
    return [
        place
        for place, near in zip(places, nearest, strict=True)
        if place[1].strong or (near and near[0].similarity - near[1].similarity >= ROUGHLY_CLOSER)
    ]


def _replaced(segment: Segment, found: Substitution) -> str:
    return segment.text[found.start : found.end]


def _is_decided(found: Substitution, lang: str) -> bool:
    """True for what is told in a spun text whatever the other versions say."""
    worst = WORST_CHINESE if base(lang) == "zh" else WORST
    return spun.believed(replace(found, rise=worst), lang)


def rises_towards(places: Sequence[Place], context: Context) -> list[float | None]:
    """How much closer each repaired sentence comes to its counterparts.

    All pairs are asked for at once: sentences and counterparts have their vectors already,
    so that each place costs one sentence to encode.

    Args:
        places: a sentence and the substitution to undo in it.
        context: gives counterparts and similarities.

    Returns:
        For each place the mean difference in cosine, three decimals, positive where the
        repair brings it closer; None where no counterpart can be compared.
    """
    pairs: list[tuple[Phrase, Phrase]] = []
    counts: list[int] = []
    for segment, found in places:
        beside = _beside(segment, context)
        repaired = segment.text[: found.start] + found.repair + segment.text[found.end :]
        for other in beside:
            pairs.append((Phrase(segment.text, segment.lang), other))
            pairs.append((Phrase(repaired, segment.lang), other))
        counts.append(len(beside))
    cosines = iter(context.similarities(pairs) if pairs else ())
    return [_mean_rise([next(cosines) for _ in range(2 * count)]) for count in counts]


def _beside(segment: Segment, context: Context) -> list[Phrase]:
    if not context.can_compare(segment.lang):
        return []
    return [
        Phrase(other.text, other.lang)
        for other in context.counterparts(segment)
        if context.can_compare(other.lang)
    ]


def _mean_rise(cosines: Sequence[float]) -> float | None:
    """From `before, after, before, after, ...` the mean of the differences."""
    if not cosines:
        return None
    return round((sum(cosines[1::2]) - sum(cosines[::2])) / (len(cosines) // 2), 3)
