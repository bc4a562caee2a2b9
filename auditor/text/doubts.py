"""How doubtful each word of a text is: the odds that it was put in the place of another.

A synonym put in blindly is rarer than what it replaces, its neighbours do not expect it, and it
does not come again, where rare words of the subject do. No single word is told by that; many
together are. What each sign weighs is fitted, for each language, on words that a spinner
replaced (`tools/fit_doubts.py`), and lies in `lang/<tag>/doubts.toml`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from auditor.lang import base, load
from auditor.text import chinese_words
from auditor.text import english_lm as lm
from auditor.text.english_lm import Form, Token
from auditor.text.frequencies import all_words

LANGUAGES = ("en", "fr", "it", "zh")
"""Base tags of the languages with weights."""
SHARES = (0.05, 0.1, 0.2, 0.4)
"""Of the words doubted that may have been replaced: the likeliest of them counts."""
ANY_SHARES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8)
"""The same where single words are told."""
LEAST, MOST = -3.0, 5.0
"""Nats that one word may say: the fit has seen no more, and one odd word decides nothing."""
_COMMON = 1e-3
"""Frequency from which a word is grammar, and no rewriter replaces it."""
_RAREST = 1e-8
_USUAL = 11.0
"""Nats: the improbability of a usual content word, from which rarity is counted."""
_SHORTEST = 3
_LISTED = 1e-7
"""Frequency from which a word is so well known that an ending does not make it another one."""
_MOST_LEVEL = 0.5
"""Nats: lists of sentences chosen for their rare words come to that; where the level is higher
still, most words were replaced."""
_CONTENT = -8.0
"""Log probability below which the language model's words are no grammar."""
_FIT = (-3.0, 5.0)
_GRAMMAR_HAN = -6.9
_GRAMMAR_CHARACTER = -9.0
"""Log probabilities from which a Chinese word, and a lone character, is grammar."""
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    *(
        ("'s", ("",)),
        ("\N{RIGHT SINGLE QUOTATION MARK}s", ("",)),
        ("ies", ("y",)),
        ("es", ("", "e")),
    ),
    *(("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e"))),
    *(("ly", ("",)), ("er", ("", "e")), ("ness", ("",))),
)
"""English endings, with what the stem may have ended in."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word that could have been replaced.

    Attributes:
        start: first code point in the text.
        end: one past the last.
        form: by which the word is known again in the text.
        odds: nats by which the signs speak for a replacement, the base rate left out.
        beside: the same with what another version says of it; None where none was asked.
    """

    start: int
    end: int
    form: str
    odds: float
    beside: float | None = None

    @property
    def weighed(self) -> float:
        """The odds with all that is known."""
        return self.odds if self.beside is None else self.beside


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one word before it is weighed: the values of its language's features."""

    start: int
    end: int
    form: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Weights:
    """What `doubts.toml` of a language says.

    Attributes:
        weights: in the order of the features.
        rate: log odds of a word of the fitted texts having been put in.
        repeated: nats that a repetition adds; below 0.
        middle: odds of the middle word of sound news.
        level: of what the middle word of a text is odder than that, so much is taken off each
            word. A writer of rare words, or on a rare subject, has them everywhere; a rewriter's
            stand among ordinary ones. More would forgive a text with 40 % replaced.
    """

    weights: NDArray[np.float64]
    rate: float
    repeated: float
    middle: float
    level: float


ENGLISH = (
    *("constant", "rarity", "rarity2", "unlisted", "unknown", "no_left", "no_right"),
    *("left", "left_misfit", "right", "right_misfit", "both_misfit"),
    *("rare_left", "rare_right", "content_before", "misformed"),
)
CHINESE = (
    *("constant", "rarity", "rarity2", "character", "three", "four", "rare_character"),
    *("rarity_before", "rarity_behind", "character_before", "character_behind"),
    *("foreign", "foreign_before", "foreign_behind"),
)
LETTERS = ("constant", "rarity", "rarity2", "unlisted", "long", "rarity_before", "rarity_behind")
"""The names of the values, in order."""


def features(lang: str) -> tuple[str, ...]:
    """The names of the values that the signs of a language have."""
    return {"en": ENGLISH, "zh": CHINESE}.get(base(lang), LETTERS)


def doubts(signs: Sequence[Signs], lang: str) -> tuple[Doubt, ...]:
    """Each word with its odds."""
    if not signs:
        return ()
    fitted = _weights(base(lang))
    odds = np.array([sign.values for sign in signs]) @ fitted.weights - fitted.rate
    return tuple(
        Doubt(s.start, s.end, s.form, round(float(o), 4)) for s, o in zip(signs, odds, strict=True)
    )


def are_compared(found: Sequence[Doubt]) -> bool:
    """True when another version was asked of most words."""
    return 2 * sum(doubt.beside is not None for doubt in found) > len(found)


def strength(found: Sequence[Doubt], lang: str, *, beside: bool = False) -> float:
    """How strongly the words of a text together speak for replacement.

    Args:
        found: of all of its sentences.
        lang: BCP 47 tag.
        beside: weigh what another version says of them too.

    Returns:
        The log likelihood ratio of the likeliest share of replaced words against none, by the
        root of the number of words, so that its scatter in clean text does not grow with length.
    """
    if not found:
        return 0.0
    ratio = np.exp(_levelled(found, lang, beside=beside))
    best = max(float(np.log1p(share * (ratio - 1)).sum()) for share in SHARES)
    return best / math.sqrt(len(found))


def replaced(found: Sequence[Doubt], lang: str) -> list[float]:
    """The probability of each word of a text of having been put in.

    Args:
        found: of a text, or a part of it, in which words were replaced.
        lang: BCP 47 tag.
    """
    if not found:
        return []
    ratio = np.exp(_levelled(found, lang, beside=True))
    share = max(ANY_SHARES, key=lambda s: float(np.log1p(s * (ratio - 1)).sum()))
    return [round(float(p), 3) for p in share * ratio / (1 + share * (ratio - 1))]


def _levelled(found: Sequence[Doubt], lang: str, *, beside: bool) -> NDArray[np.float64]:
    """The odds, less for words that come again, and where the whole text is odd."""
    fitted = _weights(base(lang))
    times = Counter(doubt.form for doubt in found)
    odds = np.array([d.weighed if beside else d.odds for d in found])
    odds += fitted.repeated * np.array([times[d.form] > 1 for d in found])
    above = max(float(np.median(odds)) - fitted.middle, 0.0)
    odds -= min(fitted.level * above, _MOST_LEVEL)
    clipped: NDArray[np.float64] = np.clip(odds, LEAST, MOST)
    return clipped


def level(found: Sequence[Doubt], lang: str) -> float:
    """By how many nats the middle word of a text is odder than that of sound news."""
    if not found:
        return 0.0
    return float(np.median([doubt.odds for doubt in found])) - _weights(base(lang)).middle


def ratio(found: Sequence[Doubt], share: float = 0.2) -> float:
    """The log likelihood ratio of so many words replaced against none, for a part of a text."""
    odds = (min(max(doubt.weighed, LEAST), MOST) for doubt in found)
    return sum(math.log1p(share * (math.exp(o) - 1)) for o in odds)


@cache
def _weights(lang: str) -> _Weights:
    fitted = load(lang, "doubts")
    weights = np.array([fitted["weights"][name] for name in features(lang)])
    middle, level = fitted.get("middle", 0.0), fitted.get("level", 0.0)
    return _Weights(weights, fitted["rate"], fitted["repeated"], middle, level)


def english(tokens: Sequence[Token]) -> Iterator[Signs]:
    """The signs of lower-case content words, as the trigram model has them."""
    listed = all_words("en")
    forms = [token.form for token in tokens]
    for at, token in enumerate(tokens):
        if len(token.text) < _SHORTEST or not (token.text.islower() and token.text[0].isalpha()):
            continue
        frequency = listed.get(token.text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"), 0.0)
        if frequency <= _COMMON:
            values = _english(tokens, forms, at, frequency)
            yield Signs(token.start, token.end, token.text, values)


def _english(
    tokens: Sequence[Token], forms: Sequence[Form], at: int, frequency: float
) -> tuple[float, ...]:
    word = forms[at]
    before = forms[at - 1] if at else None
    further = forms[at - 2] if at > 1 and before else None
    behind = forms[at + 1] if at + 1 < len(forms) else None
    left = right = 0.0
    own = (word and lm.unigram(word)) or 0.0
    if word and before:
        history = [further, before] if further else [before]
        left = _clipped(lm.conditional(word, history) - own)
    if word and behind:
        history = [before, word] if before else [word]
        right = _clipped(lm.conditional(behind, history) - (lm.unigram(behind) or 0.0))
    rarity = _rarity(frequency)
    content_before = bool(before) and (lm.unigram(before or "") or 0.0) < _CONTENT
    return (
        *(1.0, rarity, rarity * rarity / 5, float(frequency == 0), float(word is None)),
        *(float(not (word and before)), float(not (word and behind))),
        *(left, min(left, 0.0), right, min(right, 0.0), min(left, 0.0) * min(right, 0.0)),
        *(rarity * left / 5, rarity * right / 5, float(content_before)),
        float(frequency == 0 and _is_misformed(tokens[at].text)),
    )


def _is_misformed(word: str) -> bool:
    """True for a known word with an ending that makes it none: `achievementing`, `bespeaked`.

    What nobody has heard of is a name, a science or another language, and says little; a
    known word in a form that nobody writes was inflected by a rule.
    """
    listed = all_words("en")
    for ending, stems in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST:
            continue
        known = [stem + more for more in stems]
        if stem[-1] == stem[-2]:
            known.append(stem[:-1])
        if any(listed.get(form, 0.0) > _LISTED for form in known):
            return True
    return False


def _clipped(value: float) -> float:
    return max(_FIT[0], min(_FIT[1], value))


def _rarity(frequency: float) -> float:
    return -math.log(max(frequency, _RAREST)) - _USUAL


def chinese(start: int, words: Sequence[str]) -> Iterator[Signs]:
    """The signs of the content words of one stretch.

    Args:
        start: where the stretch begins in the text.
        words: as the likeliest segmentation has them, simplified.
    """
    costs = [-chinese_words.log_probability(word) for word in words]
    for at, word in enumerate(words):
        begin, start = start, start + len(word)
        alone = len(word) == 1
        if -costs[at] > (_GRAMMAR_CHARACTER if alone else _GRAMMAR_HAN):
            continue
        rarity = costs[at] - _USUAL
        before = costs[at - 1] + _CONTENT if at else 0.0
        behind = costs[at + 1] + _CONTENT if at + 1 < len(words) else 0.0
        lone_before = at > 0 and len(words[at - 1]) == 1 and before > 1
        lone_behind = at + 1 < len(words) and len(words[at + 1]) == 1 and behind > 1
        values = (
            *(1.0, rarity, rarity * rarity / 5, float(alone), float(len(word) == 3)),
            *(float(len(word) > 3), rarity * alone, before / 3, behind / 3),
            *(float(lone_before), float(lone_behind), float(_foreign(word))),
            float(at > 0 and _foreign(words[at - 1])),
            float(at + 1 < len(words) and _foreign(words[at + 1])),
        )
        yield Signs(begin, start, word, values)


def _foreign(word: str) -> bool:
    """True for what may be a part of a foreign name: 斯, 德雷克."""
    return _sounds().issuperset(word)


@cache
def _sounds() -> frozenset[str]:
    return frozenset(load("zh", "sounds")["characters"]) - {"\n"}


def letters(text: str, lang: str) -> Iterator[Signs]:
    """The signs of lower-case content words where only their frequencies are known."""
    listed = all_words(lang)
    found = list(_WORD.finditer(text))
    rarities = [_rarity(listed.get(m.group().lower(), 0.0)) for m in found]
    for at, match in enumerate(found):
        word = match.group()
        frequency = listed.get(word, 0.0)
        if len(word) < _SHORTEST or not word.islower() or frequency > _COMMON:
            continue
        rarity = rarities[at]
        values = (
            *(1.0, rarity, rarity * rarity / 5, float(frequency == 0), float(len(word) > 9)),
            rarities[at - 1] / 3 if at else 0.0,
            rarities[at + 1] / 3 if at + 1 < len(found) else 0.0,
        )
        yield Signs(match.start(), match.end(), word, values)
