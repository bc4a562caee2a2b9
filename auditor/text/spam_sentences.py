"""Finds sentences that sell something in a text about something else, whatever they sell.

No list of goods is needed: what a sentence wants of its reader (order, call, visit) is compared
by meaning with a few pitches, and what it is about with the rest of its document and with the
other versions. A text about trade is close to the pitches as a whole, and its sentences to each
other: then nothing stands out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from auditor.core import Context, Phrase, Segment
from auditor.text.junction import fold
from auditor.text.pitches import PITCHES, PLAIN
from auditor.text.spam_lexicon import find_contact
from auditor.text.spam_signs import PREVIEW, STABLE

PITCHED = 0.13
"""Similarity to a pitch from which on a sentence is looked at: 1 clean one in 20."""
ALONE, BESIDE, TELLING, EXTENDED = 0.045, 0.0, -0.03, -0.06
"""How much nearer to a pitch than to its document and to plain sentences a sentence must be:
without another version, with one that has nothing like it, with a key phrase of a trade, and
beside one that was found."""
APART = 0.12
"""Mean similarity to the rest below which a sentence can belong to one that was found."""
CONTACT = 0.15
"""What a handle or number to write to adds."""
UNLIKE, CLEARLY_UNLIKE = 0.4, 0.3
"""Similarity to every sentence of another version below which it has nothing like it."""
CERTAIN = 0.15
"""Nearer to a pitch by so much, with nothing like it elsewhere: shown by default."""
LEAST_SENTENCES = 5
"""Sentences of a document that has a topic to be compared with."""
LEAST_LETTERS = 6
MOST_COMPARED = 60
"""Sentences that stand for a document, and for another version, spread over it."""
SELLING, MOST_SELLING = 0.2, 0.25
"""Similarity to a pitch, and share of sentences that have it, from which on the text sells."""
LONGEST = 600
OPENING = frozenset('"“«「『„')
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Pitch:
    """Neighbouring sentences that sell something.

    Attributes:
        segments: in order, of one block.
        nearer: how much nearer to a pitch than to the document the clearest one is.
        unlike: no other version has anything like it; None without one.
        certain: clear enough to be shown by default.
    """

    segments: tuple[Segment, ...]
    nearer: float
    unlike: bool | None
    certain: bool


def find_pitches(
    segments: Sequence[Segment],
    context: Context,
    telling: Mapping[Segment, float] = MappingProxyType({}),
) -> list[Pitch]:
    """The sentences of a document that sell what it is not about, neighbours joined.

    Args:
        segments: its content sentences in order.
        context: gives similarities and the sentences of other versions.
        telling: for sentences that hold a key phrase of a trade the log odds that it was put in:
            they need to sell less, and where that is likely no other version to be certain.
    """
    usable = [s for s in segments if _is_usable(s, context)]
    if len(usable) < LEAST_SENTENCES or not context.can_compare("en"):
        return []
    near = _nearest(usable, PITCHES, context)
    asking = [s for s in usable if _may_sell(s, near[s])]
    candidates = _with_neighbours(asking, usable)
    if sum(value >= SELLING for value in near.values()) > MOST_SELLING * len(usable):
        return []
    own = _means(candidates, usable, context)
    plain = _nearest(candidates, PLAIN, context)
    scores = {
        s: near[s] - own[s] - max(0.0, plain[s]) + CONTACT * _has_contact(s) for s in candidates
    }
    elsewhere = _elsewhere(candidates, context)
    found = {
        s
        for s in asking
        if scores[s] >= _threshold(elsewhere.get(s), telling=s in telling) and own[s] < UNLIKE
    }
    joined = [
        s
        for s in candidates
        if s in found
        or (
            near[s] >= PITCHED
            and scores[s] >= EXTENDED
            and own[s] < APART
            and elsewhere.get(s, 0.0) < CLEARLY_UNLIKE
        )
    ]
    return [_pitch(group, scores, elsewhere, telling) for group in _groups(joined, found)]


def _is_usable(segment: Segment, context: Context) -> bool:
    letters = len(_LETTERS.findall(segment.text[:LONGEST]))
    return letters >= LEAST_LETTERS and context.can_compare(segment.lang)


def _may_sell(segment: Segment, near: float) -> bool:
    """True for a sentence near a pitch or with a contact, unless somebody is quoted in it."""
    quoted = segment.text.lstrip()[:1] in OPENING
    return (near >= PITCHED and not quoted) or _has_contact(segment)


def _has_contact(segment: Segment) -> bool:
    return find_contact(fold(segment.text[:LONGEST], segment.lang), segment.lang) is not None


def _threshold(nearest: float | None, *, telling: bool) -> float:
    """How much nearer a sentence must be, by what the most similar one elsewhere is like."""
    if nearest is None:
        return TELLING if telling else ALONE
    # What another version says too was not put into this one.
    return BESIDE if nearest < UNLIKE else 1.0


def _with_neighbours(some: Sequence[Segment], segments: Sequence[Segment]) -> list[Segment]:
    """Sentences with those right beside them in their blocks: `Cheap tires. Order today.`."""
    places = {(s.block, s.index + step) for s in some for step in (-1, 0, 1)}
    return [s for s in segments if (s.block, s.index) in places]


def _phrase(segment: Segment) -> Phrase:
    return Phrase(segment.text, segment.lang)


def _nearest(
    segments: Sequence[Segment], phrases: Sequence[Phrase], context: Context
) -> dict[Segment, float]:
    """For each sentence its similarity to the nearest of some phrases."""
    if not phrases:
        return {}
    cosines = context.similarities([(_phrase(s), p) for s in segments for p in phrases])
    width = len(phrases)
    return {s: max(cosines[i * width : (i + 1) * width]) for i, s in enumerate(segments)}


def _means(
    candidates: Sequence[Segment], segments: Sequence[Segment], context: Context
) -> dict[Segment, float]:
    """The mean similarity of each candidate to the rest of its document."""
    result = {}
    for candidate in candidates:
        # The candidate itself, and what was put in beside it, must not vote for it.
        rest = [s for s in spread(segments) if abs(s.index - candidate.index) > 1]
        cosines = context.similarities([(_phrase(candidate), _phrase(s)) for s in rest])
        result[candidate] = sum(cosines) / max(len(cosines), 1)
    return result


def _elsewhere(candidates: Sequence[Segment], context: Context) -> dict[Segment, float]:
    """The similarity of each candidate to what is most like it in versions of its text."""
    others: list[Phrase] = []
    beside = {
        id
        for alignment in context.alignments
        if candidates and candidates[0].document in (alignment.source, alignment.target)
        for id in (alignment.source, alignment.target)
        if alignment.monotone and id != candidates[0].document
    }
    for id in sorted(beside):
        others += [_phrase(s) for s in context.segments(id) if context.can_compare(s.lang)]
    return _nearest(candidates, others[: 10 * MOST_COMPARED], context)


def spread(segments: Sequence[Segment]) -> Sequence[Segment]:
    """Some sentences that stand for all of a document.

    Args:
        segments: its sentences in order.

    Returns:
        Fewer than twice `MOST_COMPARED`, at equal distances.
    """
    step = max(1, len(segments) // MOST_COMPARED)
    return segments[::step]


def _groups(joined: Sequence[Segment], found: set[Segment]) -> list[list[Segment]]:
    """Neighbours in one block, where one of them was found."""
    groups: list[list[Segment]] = []
    for segment in joined:
        last = groups[-1][-1] if groups else None
        if last and last.index + 1 == segment.index and last.block == segment.block:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return [group for group in groups if found & set(group)]


def _pitch(
    group: Sequence[Segment],
    scores: Mapping[Segment, float],
    elsewhere: Mapping[Segment, float],
    telling: Mapping[Segment, float],
) -> Pitch:
    best = max(group, key=lambda s: scores[s])
    nearest = elsewhere.get(best)
    apart = nearest is not None and nearest < CLEARLY_UNLIKE and scores[best] >= CERTAIN
    odds = max((telling[s] for s in group if s in telling), default=-math.inf)
    named = odds >= STABLE or (odds >= PREVIEW and scores[best] >= ALONE)
    return Pitch(
        tuple(group),
        round(scores[best], 2),
        None if nearest is None else nearest < UNLIKE,
        apart or named,
    )
