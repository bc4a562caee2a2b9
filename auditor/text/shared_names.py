"""Proper names in Latin letters, comparable across spellings: Tiananmen, Tienanmen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"(?<![\w'’])[^\W\d_]\w{3,}")
_OPENING = re.compile(r"[\s«“\"'‘—(-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SHORT = 3


def name_keys(text: str, *, skip: Iterable[tuple[int, int]] = ()) -> dict[str, tuple[int, int]]:
    """The capitalised Latin words of a text that may be names, by a key for their sound.

    The first word of the text has its capital from grammar and is left out.

    Args:
        text: one sentence.
        skip: ranges that are no names although capitalised, such as months.

    Returns:
        Key to the range of its first occurrence. Two spellings of one name share the
        key: accents, case, vowels and double letters do not count.
    """
    keys: dict[str, tuple[int, int]] = {}
    barred = tuple(skip)
    opening = _OPENING.match(text)
    first = opening.end() if opening else 0
    for m in _WORD.finditer(text):
        if m.start() == first or not m[0][0].isupper():
            continue
        if any(start < m.end() and m.start() < end for start, end in barred):
            continue
        key = sound_key(m[0])
        if key:
            keys.setdefault(key, m.span())
    return keys


def sound_key(word: str) -> str:
    """What is left of a Latin word without accents, vowels and doubled letters.

    Words of fewer than three consonants keep their vowels: Rome is not Rama. Empty
    for other scripts.
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )
    if not plain.isascii() or not plain.isalpha():
        return ""
    frame = re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", plain[1:]))
    return plain if len(frame) < _SHORT else plain[0] + frame
