"""Chinese words by frequency: the likeliest segmentation of a stretch, and what it costs.

Source: wordfreq's large Chinese list, simplified.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import repeat
from typing import Any

from auditor.text.frequencies import words_by_frequency

RAREST = 700
"""Centibels below certainty: 1 in 10 million, 117,000 words; rarer ones are mostly noise."""
UNKNOWN = -math.log(10) * 8.0
"""Log probability of a character that is no word by itself."""
LONGEST = 5
"""Characters; longer entries are phrases."""

_HAN = re.compile("[\u3400-\u9fff]{1,400}")
"""Cut at 400, so that a megabyte without a stop costs no more than its length."""


@cache
def frequencies() -> Mapping[str, float]:
    """The log probability of each word."""
    found: dict[str, float] = {}
    for frequency, words in words_by_frequency("large_zh", RAREST, LONGEST):
        found.update(zip(words, repeat(math.log(frequency))))
    return found


@lru_cache(maxsize=1 << 12)  # several checks cut the same sentences
def segment(text: str) -> tuple[float, tuple[str, ...]]:
    """The likeliest words of a stretch of simplified characters, and their log probability."""
    table = frequencies()
    length = len(text)
    best = [0.0] + [-math.inf] * length
    back = [0] * (length + 1)
    for start in range(length):
        here = best[start]
        for end in range(start + 1, min(start + LONGEST, length) + 1):
            weight = table.get(text[start:end])
            if weight is None:
                if end > start + 1:
                    continue
                weight = UNKNOWN
            if here + weight > best[end]:
                best[end] = here + weight
                back[end] = start
    words: list[str] = []
    end = length
    while end:
        words.append(text[back[end] : end])
        end = back[end]
    return best[length], tuple(reversed(words))


def log_probability(word: str) -> float:
    """The log probability of a word; `UNKNOWN` for what the list lacks."""
    return frequencies().get(word, UNKNOWN)


def is_word(text: str) -> bool:
    """True when the list has it."""
    return text in frequencies()


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """The runs of Chinese characters in a text."""
    return (match.span() for match in _HAN.finditer(text))


def simplified(text: str) -> str:
    """The text in simplified characters, character for character."""
    converted: str = _converter("t2s").convert(text)
    if len(converted) == len(text):
        return converted
    # Line ends keep neighbours from being converted as one word of another length.
    return "".join(c[0] for c in _converter("t2s").convert("\n".join(text)).split("\n")) or text


def traditional(text: str) -> str:
    """The text in traditional characters, as Taiwan and Hong Kong share them."""
    return str(_converter("s2tw").convert(text))


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)
