"""Finds words in a sentence that nothing in another version answers to, whatever they say.

A phrase put between the words of a sentence breaks no word, and the sentence around it reads
on with it. What gives it away is the translation beside it: for each of its words nothing that
stands there is near in meaning, and without it the sentence comes closer to what stands there.

Source: the nearest word by the encoder's vectors of single words (`covered`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.core import Context, Phrase, Segment
from auditor.lang import base
from auditor.text.covered import Word, exactly_covered, roughly_covered
from auditor.text.pitches import PITCHES

MEASURED = frozenset(("en", "fr", "it", "zh"))
"""Languages whose words and figures were looked at."""
USUAL = 0.25
"""Share of the words of a document that are covered less well than the rest: where free
translation ends up, so that each document and pair of languages brings its own measure."""
MOST_USUAL = 0.7
"""Two versions in one language share most words: there a synonym is not yet a word too much."""
LEAST_WORDS = 30
"""Fewer words of a document give no measure."""
PASSING = 0.06
"""What a word of grammar inside a phrase costs."""
LONGEST = 5
"""Words of a phrase."""
ROUGHLY = 0.14
"""The same by what is known of words without encoding them: of 104 planted phrases that were told
one had less (.11), and half of all sentences have."""
APART, LONGER = 0.5, 0.2
"""What counts of a sentence beside its weakest phrase: how much less like the other version it is
than the middle sentence of the text, and how much longer."""
MOST_LONGER = 0.3
"""Log of a length; farther out the sentences were cut differently."""
SUSPECT = 0.2
"""All three together, from which on the sentence is encoded without the phrase. Of 289 planted
phrases that were told in five languages 287 have more, and 3 sentences of a clean document."""
LEAST_GUESSES, GUESSED_SHARE = 5, 6
"""So many sentences, or one for so many, the most suspicious first."""
LIKELY = 0.38
"""Rough score from which on the words of a phrase are encoded: one of the 287 has less, and one
phrase in three clean documents has more. On draws that these were not set on, 402 phrases are told
where encoding the words of every sixth sentence told 407."""
BESIDE = 1
"""Words on either side of a phrase that are looked at with it."""
ROUGHNESS = 0.025
"""By so much the rough measure is higher."""
LEAST = 0.22
"""How far below the measure the words of a phrase are, added up, to be compared at all."""
MOST_COMPARED = 24
"""Phrases of a document that are compared with and without."""
CLOSER = 4.0
"""What a cosine closer to the other version weighs, against what words lack in cosine."""
LIKE = 0.5
"""What its likeness to the other version, and to its own sentence, takes away."""
SAID_AGAIN, SINGLE = 0.1, 0.2
"""What each word takes away that other sentences have too, and what a word by itself does:
translators leave out one word, and a name of the story comes again."""
SHARPENED = 0.6
"""Score from which on the edges of a phrase are looked for: each place costs a sentence."""
EDGE = 0.1
"""What words lack in cosine, against what the sentence gains, where the edge is looked for."""
_STOP = re.compile(r"[^\w\s'’-]")


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A phrase that another version does not have.

    Attributes:
        segment: its sentence.
        start: first code point of the phrase in the sentence.
        end: one past its last.
        lacking: how far its words are from what stands there, added up.
        closer: how much closer its sentence comes to the other version without it.
        score: both together with what it has of a pitch, less what it has in common with the
            other version, its own sentence and other sentences.
    """

    segment: Segment
    start: int
    end: int
    lacking: float
    closer: float
    score: float


@dataclass(frozen=True, slots=True)
class _Texts:
    """What is compared where a phrase may have been put in.

    Attributes:
        whole: its sentence.
        rest: the sentence without it.
        phrase: the phrase.
        there: what stands in the other version.
    """

    whole: Phrase
    rest: Phrase
    phrase: Phrase
    there: Phrase


def find_uncovered(segments: Sequence[Segment], context: Context) -> list[Uncovered]:
    """The phrases of a document that the other version of its text does not have.

    Args:
        segments: its sentences in order.
        context: gives counterparts and similarities.

    Returns:
        At most one for each sentence, in order, however weak: the caller draws the line.
    """
    beside = {s: there for s in segments if (there := _beside(s, context))}
    rough = roughly_covered(beside, context)
    values = sorted(w.cover for words in rough.values() for w in words if w.cover is not None)
    if len(values) < LEAST_WORDS:
        return []
    usual = min(MOST_USUAL, values[int(USUAL * len(values))])
    guesses = _suspects(_phrases(rough, usual, ROUGHLY), beside, context)
    likely = [u for u in _scored(guesses, rough, context) if u.score >= LIKELY]
    marked = {u.segment: _marked(u, rough[u.segment]) for u in likely}
    covered = {**rough, **exactly_covered(marked, context)}
    usual = min(MOST_USUAL, usual - ROUGHNESS)
    phrases = _phrases({segment: covered[segment] for segment in marked}, usual, LEAST)
    scored = _scored(phrases[:MOST_COMPARED], covered, context)
    return _sharpened(sorted(scored, key=lambda u: u.segment.index), covered, usual, context)


def _suspects(
    phrases: Sequence[Uncovered], beside: Mapping[Segment, Sequence[Segment]], context: Context
) -> list[Uncovered]:
    """The phrases whose sentence is worth encoding without them, the most suspicious first."""
    # One beside one: what was joined would have to be encoded.
    single = [segment for segment, there in beside.items() if len(there) == 1]
    pairs = [(_phrase(s), _phrase(beside[s][0])) for s in single]
    like = dict(zip(single, context.similarities(pairs), strict=True))
    length = {s: math.log(len(s.text) / sum(len(o.text) for o in beside[s])) for s in beside}
    usual_like, usual_length = _middle(like.values()), _middle(length.values())

    def suspicion(one: Uncovered) -> float:
        apart = usual_like - like.get(one.segment, usual_like)
        longer = max(-MOST_LONGER, min(MOST_LONGER, length[one.segment] - usual_length))
        return one.lacking + APART * apart + LONGER * longer

    found = [(suspicion(one), one) for one in phrases]
    found = sorted((f for f in found if f[0] >= SUSPECT), key=lambda f: -f[0])
    return [one for _, one in found][: max(LEAST_GUESSES, len(beside) // GUESSED_SHARE)]


def _middle(values: Collection[float]) -> float:
    return sorted(values)[len(values) // 2] if values else 0.0


def _phrases(
    covered: Mapping[Segment, Sequence[Word]], usual: float, least: float
) -> list[Uncovered]:
    """The weakest phrase of each sentence, the weakest of all first."""
    found = [
        Uncovered(segment, best[1], best[2], best[0], 0.0, 0.0)
        for segment, words in covered.items()
        if (best := _weakest(segment.text, words, usual)) is not None and best[0] >= least
    ]
    return sorted(found, key=lambda u: (-u.lacking, u.segment.index))


def _marked(one: Uncovered, words: Sequence[Word]) -> list[tuple[Word, bool]]:
    """The words of a sentence, True for those of a phrase and right beside it."""
    inside = [at for at, w in enumerate(words) if one.start <= w.start and w.end <= one.end]
    first, last = inside[0] - BESIDE, inside[-1] + BESIDE
    return [(word, first <= at <= last) for at, word in enumerate(words)]


def _scored(
    phrases: Sequence[Uncovered], covered: Mapping[Segment, Sequence[Word]], context: Context
) -> list[Uncovered]:
    """The phrases with what their loss brings, and all that speaks for and against them."""
    texts = [_texts(u.segment, u.start, u.end, context) for u in phrases]
    # All at once: a text in a call of its own costs as much as five in one.
    pairs = [
        pair
        for t in texts
        for pair in (
            *((t.whole, t.there), (t.rest, t.there), (t.phrase, t.there), (t.phrase, t.rest)),
            *((t.phrase, pitch) for pitch in PITCHES),
        )
    ]
    cosines = iter(context.similarities(pairs))
    counts = Counter(word for words in covered.values() for word in {w.folded for w in words})
    found = []
    for one in phrases:
        whole, rest, there, here, *sells = (next(cosines) for _ in range(4 + len(PITCHES)))
        own = [w for w in covered[one.segment] if one.start <= w.start and w.end <= one.end]
        content = [w.folded for w in own if w.cover is not None]
        against = (
            LIKE * (max(there, 0.0) + max(here, 0.0))
            + SAID_AGAIN * sum(counts[word] > 1 for word in content)
            + SINGLE * (len(content) == 1)
        )
        closer = rest - whole
        score = one.lacking + CLOSER * closer + max(sells) - against
        found.append(replace(one, closer=closer, score=round(score, 3)))
    return found


def _sharpened(
    found: Sequence[Uncovered],
    words: Mapping[Segment, Sequence[Word]],
    usual: float,
    context: Context,
) -> list[Uncovered]:
    """The phrases with the edges whose loss brings the sentence closest to the other version."""
    choices = {u: _edges(u, words[u.segment]) for u in found if u.score >= SHARPENED}
    texts = [_texts(u.segment, *edge, context) for u, edges in choices.items() for edge in edges]
    cosines = iter(context.similarities([(t.rest, t.there) for t in texts]))
    best = {}
    for one, edges in choices.items():
        values = [
            (next(cosines) + EDGE * _lacking(words[one.segment], *edge, usual), edge)
            for edge in edges
        ]
        best[one] = max(values)[1]
    return [replace(u, start=best[u][0], end=best[u][1]) if u in best else u for u in found]


def _edges(one: Uncovered, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The phrase, what is left of it, and one word more on either side."""
    inside = [at for at, w in enumerate(words) if one.start <= w.start and w.end <= one.end]
    first, last = max(0, inside[0] - 1), min(len(words) - 1, inside[-1] + 1)
    return [
        (words[a].start, words[b].end)
        for a in range(first, last + 1)
        for b in range(a, last + 1)
        if words[a].cover is not None
        and words[b].cover is not None
        and not _STOP.search(one.segment.text, words[a].start, words[b].end)
    ] or [(one.start, one.end)]


def _lacking(words: Sequence[Word], start: int, end: int, usual: float) -> float:
    inside = [w for w in words if start <= w.start and w.end <= end]
    return sum(-PASSING if w.cover is None else usual - w.cover for w in inside)


def _beside(segment: Segment, context: Context) -> Sequence[Segment]:
    """The counterparts in one other version, with the sentences before and behind them."""
    there = context.counterparts(segment)
    if not there or base(segment.lang) not in MEASURED or not context.can_compare(segment.lang):
        return ()
    known = [s for s in there if base(s.lang) in MEASURED and context.can_compare(s.lang)]
    return [s for s in known if s.document == known[0].document]


def _weakest(text: str, words: Sequence[Word], usual: float) -> tuple[float, int, int] | None:
    """The phrase whose words are farthest below the measure, and by how much."""
    best: tuple[float, int, int] | None = None
    for first, word in enumerate(words):
        if word.cover is None:
            continue
        lacking = 0.0
        for last in range(first, min(first + LONGEST, len(words))):
            here = words[last]
            if last > first and _STOP.search(text, words[last - 1].end, here.start):
                break
            lacking += -PASSING if here.cover is None else usual - here.cover
            if here.cover is not None and (best is None or lacking > best[0]):
                best = (lacking, word.start, here.end)
    return best


def _texts(segment: Segment, start: int, end: int, context: Context) -> _Texts:
    other = _beside(segment, context)
    text, lang = segment.text, segment.lang
    before = text[:start] if base(lang) == "zh" else text[:start].rstrip()
    return _Texts(
        Phrase(text, lang),
        Phrase(before + text[end:], lang),
        Phrase(text[start:end], lang),
        Phrase(" ".join(s.text for s in other), other[0].lang),
    )


def _phrase(segment: Segment) -> Phrase:
    return Phrase(segment.text, segment.lang)
