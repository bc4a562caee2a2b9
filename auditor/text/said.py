"""The words of a text, so that what is not among them need not be looked for: for speed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)  # as many as `find_dates` remembers
def words_of(text: str) -> frozenset[str]:
    """The words of a text, in lower case."""
    return frozenset(_WORD.findall(text.casefold()))


def telling_words(phrases: Iterable[str]) -> frozenset[str]:
    """The longest word of each phrase: a text without any of them has none of the phrases."""
    return frozenset(max(_WORD.findall(phrase.casefold()), key=len) for phrase in phrases)
