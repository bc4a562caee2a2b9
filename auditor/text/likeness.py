"""Whether a version has moved away from the others: how like they are, against how like such are.

A rewriter moves every sentence a little. So a version whose sentences are less like their
counterparts than sound translations of its two languages are, and less so than the others are
like each other, supports what its words say; alone it says nothing, since free translation and
a rewritten counterpart look the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from types import MappingProxyType

from auditor.core import Context, Phrase, Segment
from auditor.lang import base

EXPECTED: Mapping[frozenset[str], float] = MappingProxyType(
    {
        frozenset(("en", "fr")): 0.771,
        frozenset(("en", "it")): 0.792,
        frozenset(("en", "zh")): 0.693,
        frozenset(("fr", "it")): 0.740,
        frozenset(("fr", "zh")): 0.633,
        frozenset(("it", "zh")): 0.638,
        frozenset(("zh",)): 0.753,
    }
)
"""Mean cosine of sentence pairs by languages, in 62 news documents that people translated
(NTREX-128), with the embedded encoder. Pairs of other languages are not judged."""
LEAST_PAIRS = 5
"""Fewer sentence pairs say nothing of a document."""
MOST_OTHERS = 4
"""Versions compared, the first ones: so that a story of forty does not cost 780 comparisons."""
_DOCUMENT, _SENTENCE = 0.03, 0.12
"""Standard deviations of cosines among documents, and among the sentences of one."""
_SHARED = 0.6
"""Of that scatter what is left against the other versions: they share subject and style."""


def fall(document: str, context: Context) -> float | None:
    """By how many standard deviations a version is less like the others than expected.

    Args:
        document: its id.
        context: gives passages and similarities.

    Returns:
        Above 0 where it has moved away; None where no version can be compared.
    """
    pairs = _pairs(document, context)
    if not pairs:
        return None
    phrases = [
        (Phrase(a.text, a.lang), Phrase(b.text, b.lang))
        for found in pairs.values()
        for a, b in found
    ]
    cosines = iter(context.similarities(phrases))
    own: list[float] = []
    others: list[float] = []
    for names, found in pairs.items():
        mean = sum(next(cosines) for _ in found) / len(found)
        expected = EXPECTED[frozenset(base(one.lang) for one in found[0])]
        scatter = math.hypot(_DOCUMENT, _SENTENCE / math.sqrt(len(found)))
        (own if document in names else others).append((mean - expected) / scatter)
    if not own:
        return None
    apart = -sum(own) / len(own)
    if others:
        apart = (apart + sum(others) / len(others)) / _SHARED
    return round(apart, 2)


def _pairs(
    document: str, context: Context
) -> dict[tuple[str, str], Sequence[tuple[Segment, Segment]]]:
    """Sentences that stand alone for the same passage, by the two versions."""
    found: dict[tuple[str, str], list[tuple[Segment, Segment]]] = {}
    others: dict[str, None] = {}
    for passage in context.passages:
        alone = _alone(passage.segments, context)
        if document not in alone:
            continue
        others.update(dict.fromkeys(name for name in alone if name != document))
        kept = [document, *list(others)[:MOST_OTHERS]]
        for left, right in combinations([name for name in kept if name in alone], 2):
            pair = (alone[left], alone[right])
            if frozenset(base(one.lang) for one in pair) in EXPECTED:
                found.setdefault((left, right), []).append(pair)
    return {names: pairs for names, pairs in found.items() if len(pairs) >= LEAST_PAIRS}


def _alone(segments: Sequence[Segment], context: Context) -> dict[str, Segment]:
    """The segments that are the only one of their version and can be compared."""
    by_document: dict[str, list[Segment]] = {}
    for segment in segments:
        by_document.setdefault(segment.document, []).append(segment)
    return {
        name: own[0]
        for name, own in by_document.items()
        if len(own) == 1 and context.can_compare(own[0].lang)
    }
