"""What a text quotes, the marks it quotes with, and the words that say that somebody says it."""

from __future__ import annotations

import re
from functools import cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.chinese import simplified_characters

QUOTATION = "quotation"
WORDS = 3
"""Fewer words in quotation marks are a term, a nickname or irony."""
CHARACTERS = 6
"""As many Chinese or Japanese characters say something."""
LONG = 14
"""More than any name of an institution in Chinese marks (联合国难民事务高级专员公署 has twelve)."""

# Each branch ends at its own closing mark and cannot pass its opening mark: linear in the text.
_QUOTATION = re.compile(
    r"“([^“”]*)”"
    r"|„([^„“”]*)[“”]"  # German: „Wir gehen“
    r"|«([^«»]*)»"
    r"|「([^「」]*)」"
    r"|『([^『』]*)』"
    r"|(?<!\w)\"([^\"]*)\"(?!\w)"  # not the inches of 5" and 6"
    r"|(?<!\w)\N{LEFT SINGLE QUOTATION MARK}([^\N{LEFT SINGLE QUOTATION MARK}]*?)"
    r"\N{RIGHT SINGLE QUOTATION MARK}(?!\w)"  # not the apostrophe of ‘I don’t know’
)
# Titles and thought in 《》 and ‹› too, and any mark that is not an apostrophe within a word.
_MARK = re.compile(
    r"[“”„‟«»‹›「」『』《》〈〉\"＂]"
    r"|(?<!\w)['\N{LEFT SINGLE QUOTATION MARK}]"
    r"|['\N{RIGHT SINGLE QUOTATION MARK}](?!\w)"
)
# 「部長：我們不走」; – Nous partons. Not the colon of 10:30.
_DIRECT = re.compile(r"[:：](?!\d)|(?:^|\n)\s*[-\N{EN DASH}—―]")
_HAN_OR_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PAUSE = re.compile(r"[，。！？；,.!?;…](?:\s|\Z)|[，。！？；]")


def find_claims(text: str, lang: str) -> tuple[Fact, ...]:
    """The quotations of a text that say something: no terms, names or titles, in order.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag.

    Returns:
        One fact for each, with its marks; the value is what stands between them.
    """
    return tuple(
        Fact(QUOTATION, said, *m.span())
        for m in _QUOTATION.finditer(text)
        if (said := str(m[m.lastindex or 0]).strip()) and _says_something(said, text, lang)
    )


def is_marked(text: str) -> bool:
    """True when a text has any mark of a quotation, title or direct speech."""
    return bool(_MARK.search(text) or _DIRECT.search(text))


def is_told(text: str, lang: str) -> bool:
    """True when a word says that somebody says it; also in a language without such words."""
    pattern, first = _pattern(lang, "told"), _pattern(lang, "first")
    if pattern is None:
        return True
    plain = _plain(text, lang)
    # “I thought it was a joke” says who thinks, not that somebody else says it.
    return bool(pattern.search(first.sub(" ", plain) if first else plain))


def knows_telling(lang: str) -> bool:
    """True when the words by which a language reports what somebody says are known."""
    return bool(load(lang, "quotation"))


def _says_something(said: str, text: str, lang: str) -> bool:
    """True for “knew of it for years” and “We go.”, not for “The Old Man and the Sea”."""
    dense = len(_HAN_OR_KANA.findall(said))
    if dense:
        return dense >= LONG or (dense >= CHARACTERS and bool(_PAUSE.search(said)))
    words = _WORD.findall(said)
    if len(words) < WORDS:
        return False
    capitals = sum(word[0].isupper() for word in words)
    # « À la recherche du temps perdu » has one capital, as a sentence has: only what is told or
    # goes on like a sentence is one.
    if 2 * capitals >= len(words):
        return False
    if said[0].islower() or _PAUSE.search(said):
        return True
    return knows_telling(lang) and is_told(text, lang)


def _plain(text: str, lang: str) -> str:
    return simplified_characters(text) if load(lang, "quotation").get("unspaced") else text


@cache
def _pattern(lang: str, key: str) -> re.Pattern[str] | None:
    known = load(lang, "quotation")
    words = sorted(known.get(key, ()), key=lambda word: (-len(word), word))
    if not words:
        return None
    body = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s") for word in words)
    apart = not known.get("unspaced")
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)" if apart else body, re.IGNORECASE)
