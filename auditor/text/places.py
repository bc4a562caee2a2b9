"""Finds countries and cities in a text, whatever the language calls them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import islice, pairwise
from operator import add

from auditor.core import Fact
from auditor.lang import base, load
from auditor.text.chinese import simplified_characters
from auditor.text.chinese_words import is_word, log_probability
from auditor.text.cities import WORD
from auditor.text.matching import PLAIN, Comparison, Conflict, Stated, conflicts
from auditor.text.place_names import (
    CITY,
    COUNTRY,
    PlaceName,
    beginnings,
    forms_beginning,
    is_spaced,
    meanings,
    origin_words,
    words_beginning,
)
from auditor.text.said import words_of

# The capital comes first, so that the search may skip to it; then no letter stands before it.
_CAPITALISED = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-ɎΆ-ΫЀ-ЯḀ-Ỿ](?<![^\W\d_].)"
    r"(?:(?<=[A-Z])\.(?:[A-Z]\.)+|[^\W\d_]*)"
)
_BETWEEN = frozenset({" ", "-", "'", "’", "\N{NO-BREAK SPACE}", ". ", "\N{HYPHEN}", ".", ", "})
_BRACKETS = re.compile(r"[(（][^()（）]{0,60}[)）]")
_LETTERS = re.compile(r"[^\W\d_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_SHOUTED = 4
"""Letters of a word in capitals that may be a name: LIMA is, US is written so anyway."""
_SYLLABLES = 2
"""Signs for sounds before a name that show it to be a part of a longer one."""
_COMMON_WORD = math.log(2.5e-5)
"""多次 and 西部 are written with such signs too, but are words of their own."""
_HAN_NAME_DOT = "·‧•・．"


@lru_cache(maxsize=1024)  # a passage and its neighbours ask again and again
def find_places(text: str, lang: str) -> tuple[Fact, ...]:
    """The places that a text names, in order.

    Args:
        text: one segment.
        lang: BCP 47 tag.

    Returns:
        Facts of kind `country` (ISO 3166 codes, parts as `GB-SCT`) and `city` (English names).
        Adjectives of origin ("French", "chinoise") are soft: the country they come from may
        confirm one that is named elsewhere.
    """
    return tuple(_spaced(text, lang) if is_spaced(lang) else _unspaced(text, lang))


def knows_origins(lang: str) -> bool:
    """True when adjectives of origin are known, or are the names themselves: 中国, 日本の."""
    return not is_spaced(lang) or bool(load(lang, "places").get("adjectives"))


def place_conflicts(
    left: Stated, right: Stated, kinds: Iterable[str], how: Comparison = PLAIN
) -> tuple[Conflict, ...]:
    """Places in each other's place. A name in brackets is no excuse: 羅馬憲報 (London Gazette).

    Nor is a city in conflict with a text that has its name within a longer one: San Pedro is in
    San Pedro Garza García.
    """
    found = conflicts(
        replace(left, text=_BRACKETS.sub("", left.text)),
        replace(right, text=_BRACKETS.sub("", right.text)),
        kinds,
        how,
    )
    return tuple(
        c
        for c in found
        # San-Pédro and San Pedro are two rows of the table, and one name.
        if _name(c.left) != _name(c.right)
        and not (_in_longer(c.left, right) or _in_longer(c.right, left))
    )


def _in_longer(place: Fact, other: Stated) -> bool:
    """True when a city's name is a part of the name of another one in a text."""
    if place.kind != CITY:
        return False
    name = _name(place)
    others = {_words(other.text[f.start : f.end]) for f in other.facts if f.kind == CITY}
    return any(name in whole for whole in others - {name})


def _name(place: Fact) -> str:
    """The words of a canonical value without the number of the mention."""
    return _words(place.value.rstrip(" 0123456789"))


def _words(text: str) -> str:
    """The words of a text or name without signs and accents, each between blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return f" {' '.join(_LETTERS.findall(_ACCENTS.sub('', plain)))} "


def numbered(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with the number of the mention in their values: `GB`, `GB 2`, `GB 3`.

    Two mentions here and one there leave the second without counterpart.
    """
    seen: dict[tuple[str, str], int] = {}
    listed = []
    for fact in facts:
        count = seen[fact.kind, fact.value] = seen.get((fact.kind, fact.value), 0) + 1
        mark = f" {count}" if count > 1 else ""
        listed.append(
            replace(
                fact,
                value=fact.value + mark,
                alternatives=tuple(value + mark for value in fact.alternatives),
            )
        )
    return listed


def is_adjective(fact: Fact, text: str, lang: str) -> bool:
    """True when a country is only meant by an adjective of origin."""
    words = tuple(w.casefold() for w in WORD.findall(text[fact.start : fact.end]))
    return words in origin_words(lang)


def _facts(names: Sequence[PlaceName], start: int, end: int, *, weak: bool = False) -> list[Fact]:
    return [
        Fact(
            name.kind,
            name.values[0],
            start,
            end,
            hard=name.hard and not name.adjective and not weak,
            alternatives=name.values[1:],
        )
        for name in names
    ]


def _spaced(text: str, lang: str) -> Iterator[Fact]:
    free = 0
    for start in _starts(text, lang):
        found = _longest(text, start, lang) if start >= free else None
        if found is not None:
            name, free = found
            yield from _facts(meanings(name, lang), start, free)


def _starts(text: str, lang: str) -> list[int]:
    """Where a name may begin: to read every word of every sentence was most of the cost."""
    any_case, small = beginnings(lang), _small(lang)
    called = set[str]()
    if not small.keys().isdisjoint(said := words_of(text)):
        called = {word for word in said if word in small and _is_followed(small[word], said)}
    return [
        m.start()
        for m in (WORD if called else _CAPITALISED).finditer(text)
        if (word := m[0]) in any_case
        or (called and word.casefold() in called)
        or (len(word) >= _SHOUTED and word.isupper())
    ]


def _is_followed(seconds: frozenset[str] | None, said: frozenset[str]) -> bool:
    return seconds is None or not seconds.isdisjoint(said)


@cache
def _small(lang: str) -> Mapping[str, frozenset[str] | None]:
    """The first words of names that no capital begins, with the words that may stand behind them.

    None where the word may be the whole name. The s of "'s-Gravenhage" stands in many sentences.
    """
    found: dict[str, frozenset[str] | None] = {}
    for word in beginnings(lang):
        if not _CAPITALISED.match(word):
            names = words_beginning(word, lang)
            whole = any(len(name) == 1 or "." in name[1] for name in names)
            seconds = frozenset(name[1].casefold() for name in names if len(name) > 1)
            found[word.casefold()] = None if whole else seconds
    return found


def _longest(text: str, start: int, lang: str) -> tuple[str, int] | None:
    """The longest name that begins with the word at a place, and where it ends."""
    first = WORD.match(text, start)
    for key in _spellings(first[0]) if first else ():
        if key not in beginnings(lang):
            continue
        names = words_beginning(key, lang)
        words = list(islice(WORD.finditer(text, start), len(next(iter(names)))))
        second = _spellings(words[1][0]) if len(words) > 1 else ()
        for name, form in names.items():
            # Hundreds of names begin with San or New.
            if len(name) > 1 and name[1] not in second:
                continue
            here = words[: len(name)]
            if len(here) < len(name) or not all(
                part in _spellings(word[0]) for part, word in zip(name, here, strict=True)
            ):
                continue
            gaps = (text[a.end() : b.start()] for a, b in pairwise(here))
            if all(gap in _BETWEEN for gap in gaps):
                return form, here[-1].end()
    return None


def _spellings(word: str) -> tuple[str, ...]:
    """The forms under which a word may be listed: as it stands, adjectives in small letters."""
    if len(word) >= _SHOUTED and word.isupper():
        return word, word.capitalize(), word.casefold()
    return word, word.casefold()


def _unspaced(text: str, lang: str) -> Iterator[Fact]:
    begins = beginnings(lang)
    lang_zh = base(lang) == "zh"
    plain = simplified_characters(text) if lang_zh else text
    free, taken = 0, set[int]()
    pairs = map(add, plain, plain[1:])
    for at in [i for i, pair in enumerate(pairs) if pair in begins]:
        name = next(
            (n for n in forms_beginning(plain[at : at + 2], lang) if plain.startswith(n, at)), None
        )
        if name is None or at < free:
            continue
        end = at + len(name)
        if lang_zh and (_belongs_left(plain, at, end, lang) or _is_torn(plain, at, end)):
            continue
        # 阿曼達·賽佛瑞 is a woman; Oman is not in it.
        dotted = plain[at - 1 : at] in _DOTS or plain[end : end + 1] in _DOTS
        meant = meanings(name, lang)
        city = lang_zh and all(place.kind == CITY for place in meant)
        yield from _facts(meant, at, end, weak=dotted or (city and _is_part(plain, at)))
        taken.update(range(at, end))
        free = end
    if lang_zh:
        yield from (f for f in _letters(plain, lang) if f.start not in taken)


def _is_part(plain: str, at: int) -> bool:
    """True where signs that transcribe sounds go before: 珀斯 in 科尔珀斯 ends a longer name.

    Behind a name they say nothing: 伦敦斯坦福桥 is in London.
    """
    before = plain[max(0, at - _SYLLABLES) : at]
    return (
        len(before) == _SYLLABLES
        and _sounds().issuperset(before)
        and log_probability(before) < _COMMON_WORD
    )


@cache
def _sounds() -> frozenset[str]:
    return frozenset(load("zh", "names").get("sounds", ""))


def _belongs_left(plain: str, at: int, end: int, lang: str) -> bool:
    """True where 避开|罗马 was read as 避|开罗|马: the first character ends another word."""
    if at == 0 or not is_word(plain[at - 1 : at + 1]):
        return False
    return any(
        plain.startswith(name, start) and start + len(name) > end
        for start in range(at + 1, end)
        for name in forms_beginning(plain[start : start + 2], lang)
    )


def _is_torn(plain: str, at: int, end: int) -> bool:
    """True where 沿海|地区 was read as 沿|海地|区: either sign is a part of another word."""
    across = plain[at - 1 : at + 1], plain[end - 1 : end + 1]
    return at > 0 and end == at + 2 and all(len(word) == 2 and is_word(word) for word in across)


_DOTS = frozenset(_HAN_NAME_DOT)


@cache
def _letter_pattern(lang: str) -> re.Pattern[str] | None:
    data = load(lang, "places")
    if not data.get("letters"):
        return None
    letters = "".join(data["letters"])
    after = "|".join(map(re.escape, data["letter_before"]))
    # 中美, 美中: each shows that the other is a country. 美方, 英媒, 旅美: so does the neighbour.
    return re.compile(
        rf"[{letters}](?=[{letters}]|{after})|(?<=[{letters}旅访赴驻对反])[{letters}]"
    )


def _letters(plain: str, lang: str) -> Iterator[Fact]:
    pattern = _letter_pattern(lang)
    if pattern is None:
        return
    codes = load(lang, "places")["letters"]
    for m in pattern.finditer(plain):
        yield Fact(COUNTRY, codes[m[0]], *m.span(), hard=False)


__all__ = ["CITY", "COUNTRY", "find_places", "is_adjective"]
