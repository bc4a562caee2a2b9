"""Which words of a sentence another version answers to, and how closely.

A word is looked up in the sentence beside it and in its neighbours, since translators move words
across a full stop. That is done twice: for all words by what the encoder knows of single words,
which costs little and is rough; and for the few that matter by encoding them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.core import Context, Near, Phrase, Segment
from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.junction import cut, fold, is_han

FUNCTION = {"zh": 2e-3}
GRAMMATICAL = 1e-3
"""Use of a word from which on it is grammar, which other languages may say without a word."""
LONGEST_SENTENCE = 600
_SAID = Near(1.0, ())
"""What is near to a word that stands in the other version as it is."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]{1,200}|[A-Za-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        start: first code point in the sentence.
        end: one past its last.
        text: as it stands.
        folded: as `fold` gives it: 會議 stands in the other script of one text as 会议.
        cover: its similarity to the nearest word of the other version; None for grammar.
        near: the words of the other version that may be the nearest.
    """

    start: int
    end: int
    text: str
    folded: str
    cover: float | None = None
    near: tuple[Phrase, ...] = ()


def content_words(text: str, lang: str) -> tuple[Word, ...]:
    """The words of a sentence, in order.

    Args:
        text: any text; `LONGEST_SENTENCE` characters of it are read.
        lang: its BCP 47 tag.
    """
    text = text[:LONGEST_SENTENCE]
    folded = fold(text, lang)
    if base(lang) != "zh":
        places = [m.span() for m in _WORD.finditer(text)]
    else:
        places = []
        for run in _HAN_WORD.finditer(folded):
            at = run.start()
            ranges = cut(run[0]) if is_han(run[0][0]) else ((0, len(run[0])),)
            places += [(at + a, at + b) for a, b in ranges]
    return tuple(Word(a, b, text[a:b], folded[a:b]) for a, b in places)


def content_phrases(segment: Segment) -> Collection[Phrase]:
    """The distinct words of a sentence in order, grammar left out."""
    return _sentence(segment.text, segment.lang).phrases.values()


@lru_cache(maxsize=1 << 14)
def is_grammar(folded: str, lang: str) -> bool:
    """True for a word that another language may well say without a word: articles, particles.

    Args:
        folded: as `fold` gives it.
        lang: BCP 47 tag.
    """
    tag = base(lang)
    return common_words(tag).get(folded, 0.0) >= FUNCTION.get(tag, GRAMMATICAL)


def roughly_covered(
    beside: Mapping[Segment, Sequence[Segment]], context: Context
) -> dict[Segment, list[Word]]:
    """The words of each sentence with what covers them, roughly.

    Args:
        beside: for each sentence what stands for it in one other version, in order.
        context: gives the neighbours and what words are near.
    """
    groups: list[tuple[list[Phrase], list[Phrase]]] = []
    for segment, there in beside.items():
        around = [_sentence(other.text, other.lang) for other in _around(there, context)]
        same = frozenset[str]().union(*(other.folded for other in around))
        others = {text: phrase for other in around for text, phrase in other.phrases.items()}
        own = _sentence(segment.text, segment.lang)
        asked = {w.text: own.phrases[w.text] for w in own.content if w.folded not in same}
        groups.append((list(asked.values()), list(others.values())))
    found: dict[Segment, list[Word]] = {}
    for segment, (asked_for, _), nearest in zip(
        beside, groups, context.roughly_nearest(groups), strict=True
    ):
        near = {phrase.text: one for phrase, one in zip(asked_for, nearest, strict=True)}
        own = _sentence(segment.text, segment.lang)
        found[segment] = [
            _covered(w, near.get(w.text, _SAID)) if w.text in own.phrases else w for w in own.words
        ]
    return found


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The words of a sentence.

    Attributes:
        words: all of them, in order.
        content: those that are no grammar.
        phrases: of these each distinct one by its text.
        folded: of these each distinct one as `fold` gives it.
    """

    words: tuple[Word, ...]
    content: tuple[Word, ...]
    phrases: Mapping[str, Phrase]
    folded: frozenset[str]


@lru_cache(maxsize=1 << 9)
def _sentence(text: str, lang: str) -> _Sentence:
    words = content_words(text, lang)
    content = tuple(w for w in words if not is_grammar(w.folded, lang))
    phrases = {w.text: Phrase(w.text, lang) for w in content}
    return _Sentence(words, content, phrases, frozenset(w.folded for w in content))


def _covered(word: Word, near: Near) -> Word:
    return Word(word.start, word.end, word.text, word.folded, near.similarity, near.phrases)


def exactly_covered(
    rough: Mapping[Segment, Sequence[tuple[Word, bool]]], context: Context
) -> dict[Segment, list[Word]]:
    """The same with the encoder's own vectors, for the words marked.

    Args:
        rough: the words of some sentences, True where a word is to be encoded.
        context: gives similarities; all are asked for at once.
    """
    pairs = [
        (Phrase(word.text, segment.lang), other)
        for segment, words in rough.items()
        for word, marked in words
        if marked
        for other in word.near
    ]
    cosines = iter(context.similarities(pairs))
    return {
        segment: [
            replace(word, cover=max(next(cosines) for _ in word.near))
            if marked and word.near
            else word
            for word, marked in words
        ]
        for segment, words in rough.items()
    }


def _around(there: Sequence[Segment], context: Context) -> Sequence[Segment]:
    """Some sentences with the ones before and behind them."""
    every = context.segments(there[0].document)
    return every[max(0, there[0].index - 1) : there[-1].index + 2]
