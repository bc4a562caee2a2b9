"""Segments that are clearly not in their document's language: quoted, or left untranslated."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from auditor.lang import base
from auditor.text.language import identify, script_counts, script_of

# Shorter ones are names, titles and loan words: "Wall Street Journal".
_MIN_LETTERS = 60
# A Chinese character says about as much as three letters.
_WIDE_WEIGHT = 3
_WIDE = frozenset({"Hani", "Kana", "Hang"})
_MIN_SHARE = 0.75
# Of the words of a sentence, 25 to 60 % are on its language's list; where fewer are, letter
# statistics are worth their time (300 sentences a second).
_MAX_FAMILIAR = 0.2
_MIN_WORDS = 10
_MIN_CONFIDENCE = 0.65
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str, lang: str, familiar: AbstractSet[str]) -> str:
    """The language of a segment: its document's, unless it is clearly another.

    Args:
        text: the segment.
        lang: of its document.
        familiar: function words of that language, in lower case; none where it has no data.

    Returns:
        A BCP 47 tag.
    """
    own = script_of(lang)
    if own is None or len(text) * _WIDE_WEIGHT < _MIN_LETTERS:
        return lang
    counts = script_counts(text)
    for wide in _WIDE & counts.keys():
        counts[wide] *= _WIDE_WEIGHT
    if not counts:
        return lang
    script, letters = counts.most_common(1)[0]
    if letters < max(_MIN_LETTERS, _MIN_SHARE * counts.total()):
        return lang
    if script == own:
        return _same_script(text, lang, familiar)
    if {script, own} <= {"Hani", "Kana"}:
        # Japanese with few kana, Chinese that quotes Japanese: nothing is clear.
        return lang
    guess = identify(text)
    return guess.lang if guess.confidence >= _MIN_CONFIDENCE else lang


def _same_script(text: str, lang: str, familiar: AbstractSet[str]) -> str:
    """Asks letter statistics, which are slow, only where the usual words are missing."""
    if not familiar:
        return lang
    words = [word.casefold() for word in _WORD.findall(text)]
    known = sum(word in familiar for word in words)
    if len(words) < _MIN_WORDS or known > _MAX_FAMILIAR * len(words):
        return lang
    guess = identify(text)
    sure = guess.confidence >= _MIN_CONFIDENCE and base(guess.lang) != base(lang)
    return guess.lang if sure else lang
