"""Finds words in a sentence that nothing in another version answers to, whatever they say.

A phrase put between the words of a sentence breaks no word, and the sentence around it reads
on with it. What gives it away is the translation beside it: for each of its words nothing that
stands there is near in meaning, and without it the sentence comes closer to what stands there.

Source: the nearest word by the encoder's vectors of single words, in the sentence beside it and
in its neighbours, since translators move words across a full stop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.core import Context, Phrase, Segment
from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.junction import cut, fold, is_han
from auditor.text.pitches import PITCHES

MEASURED = frozenset(("en", "fr", "it", "zh"))
"""Languages whose words and figures were looked at."""
FUNCTION = {"zh": 2e-3}
GRAMMATICAL = 1e-3
"""Use of a word from which on it is grammar, which other languages may say without a word."""
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
LEAST = 0.22
"""How far below the measure the words of a phrase are, added up, to be compared at all."""
MOST_COMPARED = 24
"""Phrases of a document that are compared with and without."""
LONGEST_SENTENCE = 600
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
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{1,200}|[A-Za-z]+|\d+")
_STOP = re.compile(r"[^\w\s'’-]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        start: first code point in the sentence.
        end: one past its last.
        text: as it stands.
        cover: its similarity to the nearest word of the other version; None for grammar.
    """

    start: int
    end: int
    text: str
    cover: float | None = None


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


def find_uncovered(segments: Sequence[Segment], context: Context) -> list[Uncovered]:
    """The phrases of a document that the other version of its text does not have.

    Args:
        segments: its sentences in order.
        context: gives counterparts and similarities.

    Returns:
        At most one for each sentence, in order, however weak: the caller draws the line.
    """
    beside = {s: there for s in segments if (there := _beside(s, context))}
    covered = _covered(beside, context)
    values = sorted(w.cover for words in covered.values() for w in words if w.cover is not None)
    if len(values) < LEAST_WORDS:
        return []
    usual = min(MOST_USUAL, values[int(USUAL * len(values))])
    phrases = [
        Uncovered(segment, best[1], best[2], best[0], 0.0, 0.0)
        for segment, words in covered.items()
        if (best := _weakest(segment.text, words, usual)) is not None and best[0] >= LEAST
    ]
    phrases.sort(key=lambda u: (-u.lacking, u.segment.index))
    scored = _scored(phrases[:MOST_COMPARED], covered, context)
    return _sharpened(sorted(scored, key=lambda u: u.segment.index), covered, usual, context)


def _scored(
    phrases: Sequence[Uncovered], covered: Mapping[Segment, Sequence[Word]], context: Context
) -> list[Uncovered]:
    """The phrases with what their loss brings, and all that speaks for and against them."""
    pairs = [_pairs(u.segment, u.start, u.end, context) for u in phrases]
    cosines = iter(context.similarities([pair for group in pairs for pair in group]))
    counts = Counter(
        word for s, words in covered.items() for word in {fold(w.text, s.lang) for w in words}
    )
    found = []
    for one in phrases:
        whole, without, there, here, *sells = (next(cosines) for _ in range(4 + len(PITCHES)))
        own = [w for w in covered[one.segment] if one.start <= w.start and w.end <= one.end]
        content = [fold(w.text, one.segment.lang) for w in own if w.cover is not None]
        against = (
            LIKE * (max(there, 0.0) + max(here, 0.0))
            + SAID_AGAIN * sum(counts[word] > 1 for word in content)
            + SINGLE * (len(content) == 1)
        )
        closer = without - whole
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
    pairs = [
        next(_pairs(u.segment, start, end, context, whole=False))
        for u, edges in choices.items()
        for start, end in edges
    ]
    cosines = iter(context.similarities(pairs))
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


def content_words(text: str, lang: str) -> list[Word]:
    """The words of a sentence, in order.

    Args:
        text: any text; `LONGEST_SENTENCE` characters of it are read.
        lang: its BCP 47 tag.
    """
    text = text[:LONGEST_SENTENCE]
    if base(lang) != "zh":
        return [Word(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    found = []
    for run in _HAN_WORD.finditer(fold(text, lang)):
        at = run.start()
        ranges = cut(run[0]) if is_han(run[0][0]) else ((0, len(run[0])),)
        found += [Word(at + a, at + b, text[at + a : at + b]) for a, b in ranges]
    return found


@lru_cache(maxsize=1 << 14)
def is_grammar(word: str, lang: str) -> bool:
    """True for a word that another language may well say without a word: articles, particles."""
    tag = base(lang)
    return common_words(tag).get(fold(word, lang), 0.0) >= FUNCTION.get(tag, GRAMMATICAL)


def _beside(segment: Segment, context: Context) -> Sequence[Segment]:
    """The counterparts in one other version, with the sentences before and behind them."""
    there = context.counterparts(segment)
    if not there or base(segment.lang) not in MEASURED or not context.can_compare(segment.lang):
        return ()
    known = [s for s in there if base(s.lang) in MEASURED and context.can_compare(s.lang)]
    return [s for s in known if s.document == known[0].document]


def _covered(
    beside: Mapping[Segment, Sequence[Segment]], context: Context
) -> dict[Segment, list[Word]]:
    """The words of each sentence with what covers them; all vectors are asked for at once."""
    words = {segment: content_words(segment.text, segment.lang) for segment in beside}
    held: dict[Segment, list[Phrase]] = {}
    others = {segment: _words_around(there, context, held) for segment, there in beside.items()}
    asked: dict[Segment, list[Word]] = {}
    for segment, own in words.items():
        # Folded: 會議 stands in the other script of one text as 会议.
        same = {fold(phrase.text, phrase.lang) for phrase in others[segment]}
        asked[segment] = [
            word
            for word in own
            if fold(word.text, segment.lang) not in same and not is_grammar(word.text, segment.lang)
        ]
    groups = [
        ([Phrase(w.text, segment.lang) for w in own], others[segment])
        for segment, own in asked.items()
    ]
    nearest = dict(zip(asked, context.nearest(groups), strict=True))
    return {segment: _with_cover(segment, own, asked, nearest) for segment, own in words.items()}


def _with_cover(
    segment: Segment,
    words: Sequence[Word],
    asked: Mapping[Segment, Sequence[Word]],
    nearest: Mapping[Segment, Sequence[float]],
) -> list[Word]:
    cover = dict(zip((w.start for w in asked[segment]), nearest[segment], strict=True))
    return [
        replace(w, cover=None if is_grammar(w.text, segment.lang) else cover.get(w.start, 1.0))
        for w in words
    ]


def _words_around(
    there: Sequence[Segment], context: Context, held: dict[Segment, list[Phrase]]
) -> list[Phrase]:
    """The distinct words of some sentences and their neighbours, grammar left out."""
    every = context.segments(there[0].document)
    around = every[max(0, there[0].index - 1) : there[-1].index + 2]
    for other in around:
        if other not in held:
            held[other] = [
                Phrase(word.text, other.lang)
                for word in content_words(other.text, other.lang)
                if not is_grammar(word.text, other.lang)
            ]
    return list(dict.fromkeys(phrase for other in around for phrase in held[other]))


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


def _pairs(
    segment: Segment, start: int, end: int, context: Context, *, whole: bool = True
) -> Iterator[tuple[Phrase, Phrase]]:
    """The sentence with and without the phrase, and the phrase, with what they are compared with.

    The phrase is compared with the other version, the rest of its sentence and what advertising
    wants; only the sentence without it, with the other version, when not `whole`.
    """
    other = _beside(segment, context)
    there = Phrase(" ".join(s.text for s in other), other[0].lang)
    text, lang = segment.text, segment.lang
    before = text[:start] if base(lang) == "zh" else text[:start].rstrip()
    rest = Phrase(before + text[end:], lang)
    phrase = Phrase(text[start:end], lang)
    if whole:
        yield Phrase(text, lang), there
    yield rest, there
    if whole:
        yield phrase, there
        yield phrase, rest
        yield from ((phrase, pitch) for pitch in PITCHES)
