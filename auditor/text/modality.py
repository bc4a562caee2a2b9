"""Words that say that something is not proven: alleged, présumé, 涉嫌; and what may answer them."""

from __future__ import annotations

import re
from functools import cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.chinese import simplified_characters
from auditor.text.said import telling_words, words_of

HEDGE = "hedge"


def find_hedges(text: str, lang: str) -> tuple[Fact, ...]:
    """The words of a text that by themselves say that something is not proven, in order.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag; empty for a language without data.
    """
    telling = _telling(lang)
    if telling is not None and words_of(text).isdisjoint(telling):
        return ()
    pattern = _pattern(lang, "hard")
    if pattern is None:
        return ()
    return tuple(
        Fact(HEDGE, m[0].casefold(), *m.span()) for m in pattern.finditer(_plain(text, lang))
    )


def is_guarded(text: str, lang: str) -> bool:
    """True when anything in a text may say that it is not proven: could, police say, 可能."""
    pattern = _pattern(lang, "soft")
    return (
        pattern is None or bool(find_hedges(text, lang)) or bool(pattern.search(_plain(text, lang)))
    )


def knows_modality(lang: str) -> bool:
    """True when the words of the language are known."""
    return bool(load(lang, "modality"))


def _plain(text: str, lang: str) -> str:
    return simplified_characters(text) if load(lang, "modality").get("unspaced") else text


@cache
def _telling(lang: str) -> frozenset[str] | None:
    """The words without which there is none; None where words do not stand apart."""
    known = load(lang, "modality")
    return None if known.get("unspaced") else telling_words(known.get("hard", ()))


@cache
def _pattern(lang: str, key: str) -> re.Pattern[str] | None:
    known = load(lang, "modality")
    words = sorted(known.get(key, ()), key=lambda word: (-len(word), word))
    if not words:
        return None
    body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in words)
    apart = not known.get("unspaced")
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)" if apart else body, re.IGNORECASE)
