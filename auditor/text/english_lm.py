"""How likely English words are beside each other: the trigram model in pocketsphinx's wheel.

Log probabilities are natural logarithms. Words that the model does not know, and
everything that is no word (digits, signs), stand as `None`: they break the context
on both sides, and cost the same whatever replaces what.

Source: CMU Sphinx en-us generic language model (BSD), read through `NGramModel`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

Form = str | None

_LOG_BASE = math.log(1.0001)
"""The model counts in powers of 1.0001."""
_UNKNOWN = -536870912
"""What the model answers for a word outside its vocabulary."""
UNKNOWN_COST = -14.0
"""A word that the model lacks: rarer than nearly all that it has (its rarest is -17)."""
_HISTORY = 2
"""A trigram model looks back two words."""

_TOKEN = re.compile(
    r"[A-Za-z]\.(?=[A-Za-z]\.)"  # the U. of U.S., as the model writes it
    r"|(?<=[A-Za-z]\.)[A-Za-z]\."  # and its S.
    r"|(?:[Ss]q|St|Mr|Mrs|Dr)\."  # abbreviations that rewriters make, or the model knows
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # don't, China's, O'Neill's, café
    r"|\d+(?:[.,:]\d+)*(?:[a-z]{1,2}\b)?"  # 31, 1,500, 12:30, 31st
    r"|[^\w\s]|_"  # any sign
)
_TRANSPARENT = frozenset("-‐‑\"“”'‘’«»()[]")
"""Signs that do not part words: U.S.-based, it "fell short" by, the party (CCP)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign.

    Attributes:
        start: first code point in the text.
        end: one past the last.
        text: as it stands.
        form: as the language model writes it, or None where it knows no such word.
    """

    start: int
    end: int
    text: str
    form: Form


def tokenise(text: str) -> list[Token]:
    """The words, numbers and signs of a text, in order; hyphens, quotes and brackets left out."""
    return [token for token in _tokens(text) if token.text not in _TRANSPARENT]


def words_and_signs(text: str) -> list[str]:
    """The texts of what `tokenise` gives, without asking the model."""
    return [piece for piece in _TOKEN.findall(text) if piece not in _TRANSPARENT]


def word_forms(text: str) -> list[Form]:
    """The words of a text as the model writes them, None for those that it does not know."""
    return [
        form(word) if word[0].isascii() else None
        for word in _TOKEN.findall(text)
        if word[0].isalpha()
    ]


@lru_cache(maxsize=1 << 16)
def form(word: str) -> Form:
    """A word as the model writes it, or None when it does not know it.

    An unknown possessive stands as its owner: the model has "china's", not "zoom's".
    """
    lowered = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for known in (lowered, lowered.removesuffix("'s")):
        if unigram(known) is not None:
            return known
    return None


@lru_cache(maxsize=1 << 16)
def unigram(word: str) -> float | None:
    """The log probability of a word by itself; None when it is unknown."""
    if not word[:1].isalpha():
        return None
    value = _model().prob([word])
    return None if value == _UNKNOWN else value * _LOG_BASE


def conditional(word: str, history: Sequence[str]) -> float:
    """The log probability of a known word after one or two known words, newest last."""
    return float(_model().prob([word, *reversed(history)])) * _LOG_BASE


def chain(forms: Sequence[Form], history: Sequence[Form] = ()) -> float:
    """The log probability of words in a row, after a context.

    Args:
        forms: the words; unknown ones cost `UNKNOWN_COST` and cut the context.
        history: what stands before, oldest first.
    """
    total = 0.0
    context = _known(history)
    for word in forms:
        if word is None:
            total += UNKNOWN_COST
            context = []
            continue
        total += conditional(word, context) if context else unigram(word) or 0.0
        context = [*context, word][-_HISTORY:]
    return total


def fit(before: Sequence[Form], phrase: Sequence[Form], after: Sequence[Form]) -> float:
    """How much a phrase and its context expect each other, whatever their own frequency.

    A rare word in its place scores higher than a frequent one out of place, and a
    long phrase is not punished for its length.

    Args:
        before: up to two words before the phrase.
        phrase: the words judged.
        after: up to two words behind it.

    Returns:
        `log p(phrase, after | before) - log p(phrase) - log p(after)`, in nats.
    """
    joint = chain([*phrase, *after], before)
    return joint - chain(phrase) - chain(after)


def _known(history: Sequence[Form]) -> list[str]:
    """The known words directly before, at most two, oldest first."""
    words: list[str] = []
    for word in reversed(history[-_HISTORY:]):
        if word is None:
            break
        words.insert(0, word)
    return words


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        word = match.group()
        known = form(word) if word[0].isascii() and word[0].isalpha() else None
        yield Token(match.start(), match.end(), word, known)


@cache
def _model() -> Any:
    import pocketsphinx

    return pocketsphinx.NGramModel.readfile(pocketsphinx.get_model_path("en-us/en-us.lm.bin"))
