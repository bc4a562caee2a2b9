"""How doubtful the words of a text are once another version of it lies beside them.

A word put in blindly says something else than the word that stood there, so that nothing in the
sentence beside it is near in meaning; rare words of the writer's own have their translation there.
What that weighs against the odds of the word alone is fitted for each language on words that a
spinner replaced (`tools/fit_doubts.py`), and lies in `lang/<tag>/doubts.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from auditor.core import Context, Phrase, Segment
from auditor.lang import base, load
from auditor.text.covered import content_phrases
from auditor.text.doubts import Doubt
from auditor.text.junction import fold
from auditor.text.substitution import Reading
from auditor.text.uncovered import MEASURED

LEAST_WORDS = 30
"""Fewer words with a sentence beside them give no measure."""
USUAL = 0.85
"""Share of the doubted words that are covered less than the best of them: from there the rest is
measured. Each document, pair of languages and encoder brings its own, and where two words in five
are replaced the best ones are still sound."""
LEAST_COVER = -0.5
"""Farther below that, a cosine says no more."""
SAME = 1.0
"""Cover of a word that stands in the other version as it is."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """What `doubts.toml` of a language says of words with another version beside them.

    Attributes:
        constant: nats of each word.
        odds: weight of its odds alone.
        cover: nats for each unit of cosine above the usual cover; below 0.
    """

    constant: float
    odds: float
    cover: float


def beside(
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    context: Context,
    witnesses: frozenset[str],
) -> tuple[Reading, ...]:
    """The readings with what the other versions say of their words.

    Args:
        segments: sentences of one document, in one language.
        readings: of each, as `spun.read` gives them.
        context: gives counterparts and similarities.
        witnesses: ids of the documents that may be asked: a rewritten one covers nothing.

    Returns:
        As many; unchanged where nothing lies beside a sentence, and all of them where too few
        words can be compared or nothing was fitted for the language.
    """
    fitted = _weights(base(segments[0].lang)) if segments else None
    if fitted is None:
        return tuple(readings)
    forms = [[doubt.form for doubt in reading.doubts] for reading in readings]
    above = above_usual(segments, forms, context, witnesses)
    return tuple(
        _weighed(reading, cover, fitted) for reading, cover in zip(readings, above, strict=True)
    )


def above_usual(
    segments: Sequence[Segment],
    forms: Sequence[Sequence[str]],
    context: Context,
    witnesses: frozenset[str],
) -> list[list[float]]:
    """By how much the words of a document are covered better than its usual word.

    Args:
        segments: sentences of one document.
        forms: words of each; Chinese ones simplified.
        context: gives counterparts and similarities.
        witnesses: ids of the documents that may be asked.

    Returns:
        For each sentence as many cosines as it has words, less the usual one, at least
        `LEAST_COVER`; none where nothing lies beside it or too few words can be compared.
    """
    there = [_there(segment, context, witnesses) for segment in segments]
    groups = [
        (_phrases(own, segment.lang), [w for s in other for w in content_phrases(s)])
        for segment, own, other in zip(segments, forms, there, strict=True)
    ]
    nearest = context.nearest([group if all(group) else ((), ()) for group in groups])
    covers = [_covers(*group, near) for group, near in zip(groups, nearest, strict=True)]
    measured = [cover for own in covers for cover in own if cover < SAME]
    if len(measured) < LEAST_WORDS:
        return [[] for _ in segments]
    usual = float(np.quantile(measured, USUAL))
    return [[max(cover - usual, LEAST_COVER) for cover in own] for own in covers]


def _there(segment: Segment, context: Context, witnesses: frozenset[str]) -> Sequence[Segment]:
    """The counterparts in the first other version that may be asked."""
    if not context.can_compare(segment.lang):
        return ()
    known = [
        other
        for other in context.counterparts(segment)
        if other.document in witnesses
        and base(other.lang) in MEASURED
        and context.can_compare(other.lang)
    ]
    return [other for other in known if other.document == known[0].document]


def _phrases(forms: Sequence[str], lang: str) -> list[Phrase]:
    tag = "zh-Hans" if base(lang) == "zh" else lang
    return [Phrase(form, tag) for form in forms]


def _covers(
    own: Sequence[Phrase], others: Sequence[Phrase], nearest: Sequence[float]
) -> list[float]:
    same = {fold(other.text, other.lang) for other in others}
    return [
        SAME if fold(word.text, word.lang) in same else near
        for word, near in zip(own if others else (), nearest, strict=True)
    ]


def _weighed(reading: Reading, above: Sequence[float], fitted: _Weights) -> Reading:
    if not above:
        return reading
    weighed = (
        replace(doubt, beside=_odds(doubt, cover, fitted))
        for doubt, cover in zip(reading.doubts, above, strict=True)
    )
    return replace(reading, doubts=tuple(weighed))


def _odds(doubt: Doubt, above: float, fitted: _Weights) -> float:
    return round(fitted.constant + fitted.odds * doubt.odds + fitted.cover * above, 4)


@cache
def _weights(lang: str) -> _Weights | None:
    """None for a language that nothing was fitted for."""
    fitted: Mapping[str, float] = load(lang, "doubts").get("beside", {})
    return _Weights(fitted["constant"], fitted["odds"], fitted["cover"]) if fitted else None
