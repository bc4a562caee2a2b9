"""Tells whether a text reads on when a piece is taken out of it.

A piece spliced into a word leaves two halves that are no words and become one when it is
gone: 議 and 題 around a spam phrase are 議題. What is measured is the logarithm of how much
more likely the joined text is than its halves, with the frequencies of single words.

Source: word frequencies from `wordfreq` (Speer 2022), simplified characters for Chinese.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache

from auditor.lang import base
from auditor.text.chinese import traditional_only
from auditor.text.frequencies import all_words, common_words

WINDOW = 6
"""Characters on each side that can be part of a word across the junction."""
LONGEST = 4
"""Characters of a Chinese word; longer ones are compounds of these."""
RAREST = 1e-8
"""Frequency given to a character that no list has: wordfreq ends at 1e-8."""
KEPT = tuple(zip("於後徵菸甦夥彷暱揹睪痺", "于后征烟苏伙仿昵背睾痹", strict=True))
"""Characters that GB 2312 keeps, for a family name or in one word, where the frequencies have the
simplified form: so they are in no table of characters that only one script has."""
_LATIN_WINDOW = 20
_STRANGE = -math.log(RAREST)


def fold(text: str, lang: str) -> str:
    """The text in lower case and, for Chinese, simplified: character for character."""
    low = text.lower()
    if len(low) != len(text):
        # `İ`.lower() is two characters: positions must stay what they are.
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    return low.translate(_simplified()) if base(lang) == "zh" else low


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans({**traditional_only(), **dict(KEPT)})


def gain(folded: str, start: int, end: int, lang: str) -> float:
    """How much better the text reads where `[start, end)` is taken out.

    Args:
        folded: text as `fold` gives it.
        start: first code point of the piece.
        end: one past its last code point.
        lang: BCP 47 tag of the text.

    Returns:
        Nats, 0 or more; 0 when no word crosses the junction.
    """
    if base(lang) == "zh":
        left = _han_before(folded, start)
        right = _han_after(folded, end)
        if not (left and right):
            return 0.0
        return max(0.0, cost(left) + cost(right) - cost(left + right))
    return _gain_of_letters(folded, start, end, base(lang))


def word_at(folded: str, at: int) -> tuple[int, int]:
    """The word around a Chinese character, as the cheapest cut of its surroundings has it.

    Args:
        folded: text as `fold` gives it.
        at: position of the character.
    """
    start = at - len(_han_before(folded, at))
    end = at + len(_han_after(folded, at))
    for left, right in _cut(folded[start:end]):
        if left <= at - start < right:
            return start + left, start + right
    return at, at + 1


def is_han(char: str) -> bool:
    """True for a Chinese character."""
    return "\u3400" <= char <= "\u9fff"


def _gain_of_letters(folded: str, start: int, end: int, lang: str) -> float:
    """The same for scripts with letters: two halves of a word against the word."""
    left, right = start, end
    while left > max(0, start - _LATIN_WINDOW) and folded[left - 1].isalpha():
        left -= 1
    while right < min(len(folded), end + _LATIN_WINDOW) and folded[right].isalpha():
        right += 1
    if left == start or right == end:
        return 0.0
    word = folded[left:right]
    # `cialis` in `commercialise`: a word as it stands, though `commere` is one too. Most such
    # words are common, and the long list is not loaded for them.
    if word in common_words(lang) or word in all_words(lang):
        return 0.0
    words = all_words(lang)
    whole = words.get(folded[left:start] + folded[end:right], 0.0)
    if not whole:
        return 0.0
    halves = words.get(folded[left:start], RAREST) * words.get(folded[end:right], RAREST)
    return max(0.0, math.log(whole) - math.log(halves))


def _han_before(text: str, at: int) -> str:
    start = at
    while start > max(0, at - WINDOW) and is_han(text[start - 1]):
        start -= 1
    return text[start:at]


def _han_after(text: str, at: int) -> str:
    end = at
    while end < min(len(text), at + WINDOW) and is_han(text[end]):
        end += 1
    return text[at:end]


def cost(text: str) -> float:
    """What the cheapest cut of Chinese text into words costs, in nats.

    Args:
        text: Chinese characters, simplified.
    """
    costs = _costs()
    return sum(costs.get(text[a:b], _STRANGE) for a, b in _cut(text))


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[tuple[int, int], ...]:
    return cut(text)


def cut(text: str) -> tuple[tuple[int, int], ...]:
    """The cheapest cut of Chinese text into words, as ranges.

    Args:
        text: Chinese characters, simplified.
    """
    costs = _costs()
    best = [0.0]
    back = [0]
    for end in range(1, len(text) + 1):
        least = best[end - 1] + costs.get(text[end - 1], _STRANGE)
        first = end - 1
        for start in range(max(0, end - LONGEST), end - 1):
            own = costs.get(text[start:end])
            # Of cuts that cost the same the one with the longer word.
            if own is not None and (best[start] + own, start) < (least, first):
                least, first = best[start] + own, start
        best.append(least)
        back.append(first)
    ranges = []
    end = len(text)
    while end:
        ranges.append((back[end], end))
        end = back[end]
    return tuple(reversed(ranges))


@cache
def _costs() -> Mapping[str, float]:
    """What each Chinese word costs, in nats."""
    return {
        word: -math.log(frequency)
        for word, frequency in common_words("zh").items()
        if len(word) <= LONGEST
    }
