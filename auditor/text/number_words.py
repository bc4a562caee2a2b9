"""Reads numbers written in words, by the words of a language and the text2num library."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from auditor.lang import base, load

LONGEST = 120
"""Characters of the longest run of number words that is read."""
_SUPPORTED = frozenset({"en", "fr", "it", "es", "de", "pt", "nl"})
"""Languages of text2num for which we have words; Danish has none here."""


@cache
def word_pattern(lang: str) -> re.Pattern[str] | None:
    """Finds runs of number words: "twenty-two", "cent vingt", "ventitré"."""
    topic = load(lang, "quantities")
    if base(lang) not in _SUPPORTED or not topic.get("words"):
        return None
    atoms = _alternation(topic["words"])
    # Italian, German and Dutch write the parts together: quarantaquattro.
    word = rf"{atoms}{{1,12}}" if topic.get("glued") else atoms
    joins = [re.escape(word) for word in topic.get("join", ())]
    joined = rf"(?:[\s-](?:{'|'.join(joins)}))?" if joins else ""
    return re.compile(
        rf"(?<![\w'’-]){word}(?:{joined}[\s-]{word}){{0,12}}(?![\w’'])", re.IGNORECASE
    )


@cache
def ordinal_pattern(lang: str) -> re.Pattern[str] | None:
    """Finds ordinal words."""
    words = load(lang, "quantities").get("ordinals", ())
    if not words:
        return None
    return re.compile(rf"(?<!\w){_alternation(words)}(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_words(text: str, lang: str) -> Decimal | None:
    """The value of a run of number words, or None when it is no single number."""
    from text_to_num import text2num

    if len(text) > LONGEST:
        return None
    if text.casefold() in load(lang, "quantities").get("ones", ()):
        return Decimal(1)
    try:
        return Decimal(str(text2num(re.sub(r"\s+", " ", text.lower()), base(lang))))
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1024)
def read_ordinal(text: str, lang: str) -> int | None:
    """The value of an ordinal word."""
    from text_to_num import alpha2digit

    m = re.match(r"\d+", alpha2digit(text.lower(), base(lang), threshold=0))
    return int(m[0]) if m else None


def says_number(said: frozenset[str], lang: str) -> bool:
    """True when one of the words of a text is a number that counts, or an ordinal."""
    if not said.isdisjoint(number_triggers(lang)):
        return True
    glued = load(lang, "quantities").get("glued")
    return bool(glued) and any(_is_glued(word, lang) for word in said)


@lru_cache(maxsize=1 << 15)
def _is_glued(word: str, lang: str) -> bool:
    pattern = word_pattern(lang)
    return pattern is not None and len(word) > 4 and pattern.fullmatch(word) is not None


@cache
def number_triggers(lang: str) -> frozenset[str]:
    """The words without which a language that writes blanks says no number that counts."""
    topic = load(lang, "quantities")
    ones = {word for word in topic.get("words", ()) if (read_words(word, lang) or 2) <= 1}
    # "first" and "second" only satisfy others: alone they need not be read.
    later = {word for word in topic.get("ordinals", ()) if (read_ordinal(word, lang) or 0) > 2}
    # "eine Million": where it stands apart from the words.
    return frozenset(topic.get("words", ())) - ones | later | frozenset(topic.get("magnitudes", ()))


@cache
def _atoms(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "quantities").get("words", ()))


def word_runs(text: str, lang: str, said: frozenset[str]) -> list[tuple[int, int, Decimal]]:
    """The numbers in words: start, end and value of each.

    A run that is no number as a whole ("one and two", "two hundred three hundred") is read piece by
    piece.

    Args:
        text: the text.
        lang: BCP 47 tag.
        said: its words, from `auditor.text.said`.
    """
    pattern = word_pattern(lang)
    if said.isdisjoint(_atoms(lang)) and not says_number(said, lang):
        return []
    found: list[tuple[int, int, Decimal]] = []
    for m in pattern.finditer(text) if pattern else ():
        value = read_words(m[0], lang)
        if value is not None:
            found.append((*m.span(), value))
            continue
        for piece in re.finditer(r"[^\s-]+", m[0]):
            part = read_words(piece[0], lang)
            if part is not None:
                found.append((m.start() + piece.start(), m.start() + piece.end(), part))
    return found


def _alternation(words: list[str]) -> str:
    return f"(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})"
