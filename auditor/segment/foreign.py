"""Which segments are clearly not in their document's language: a quotation, or left untranslated."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from auditor.lang import base
from auditor.text.language import identify, script_counts, script_of

# Shorter ones are names, titles and loan words: "Wall Street Journal".
_MIN_LETTERS = 60
# A Chinese character says about as much as three letters.
_MIN_WIDE_LETTERS = 20
_WIDE = frozenset({"Hani", "Kana", "Hang"})
_MIN_SHARE = 0.8
# Of the words of a sentence, 25 to 60 % are on its language's list; the lists of two related
# languages share up to 15 %.
_MAX_FAMILIAR = 0.08
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
    if own is None or len(text) < _MIN_WIDE_LETTERS:
        return lang
    counts = script_counts(text)
    if not counts:
        return lang
    script, letters = counts.most_common(1)[0]
    long = letters >= (_MIN_WIDE_LETTERS if script in _WIDE else _MIN_LETTERS)
    if not long or letters < _MIN_SHARE * counts.total():
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
