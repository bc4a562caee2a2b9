"""Words that have an opposite, found in text: north, inside, allow, 增加.

The table of each language names its pairs by concepts that all languages share. Endings are
tried by a rule of the language, not listed word by word; Chinese is compared in simplified form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from auditor.lang import base, load
from auditor.text.chinese import traditional_only

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,3}")
"""Joined by hyphens too: nord-est, pre-war."""
_APOSTROPHES = str.maketrans({"'": "’", "\N{LEFT SINGLE QUOTATION MARK}": "’"})
_UNSPACED = frozenset(("zh", "ja", "ko", "th"))
"""Words are not set apart there, or carry their particles: a word is where its letters are."""
_SHORTEST = 2
"""Letters of an inflected form that are too few to mean it: `di` for the stem of `dire`."""
_VOWELS = frozenset("aeiou")
_LONGEST_PHRASE = 4
"""Words of the longest entry: à l’intérieur is three."""
_FILED = 3
"""First letters by which entries are filed: a few entries a file in each language."""
_HEADS = (3, 2, 1)
MAX_FOUND = 200
"""Of one segment; a dictionary is no sentence."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word: the concept, its side, and the word for the other side.

    Attributes:
        concept: shared by all languages, such as `north`.
        side: 0 for the first of the pair, 1 for the other.
        opposite: the word of the other side in the same form; empty where there is none.
        soft: True for words that often mean something else.
    """

    concept: str
    side: int
    opposite: str
    soft: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A word that has an opposite, at its place.

    Attributes:
        start: first code point in the searched text.
        end: one past the last.
        senses: its meanings, each once.
    """

    start: int
    end: int
    senses: tuple[Sense, ...]


def find_opposites(text: str, lang: str) -> tuple[Found, ...]:
    """The words of a text that the table of its language knows, longest first at each place.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag; empty for a language without a table.
    """
    known = base(lang)
    table = _table(known)
    if not table.entries:
        return ()
    matches = _unspaced(text, table) if known in _UNSPACED else _spaced(text, known, table)
    found = []
    for start, end, form in matches:
        senses = _senses(known, form)
        if senses:
            found.append(Found(start, end, senses))
        if len(found) == MAX_FOUND:
            break
    return tuple(found)


def has_opposites(lang: str) -> bool:
    """True when the language has a table."""
    return bool(_table(base(lang)).entries)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A word of a pair as the table has it, `*` where endings go."""

    word: str
    opposite: str
    concept: str
    side: int
    soft: bool

    @property
    def head(self) -> str:
        """What all its forms begin with, as far as entries are filed by it."""
        return self.word.split("*", maxsplit=1)[0][:_FILED].lower()


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of one language, with what they mean; set phrases mean nothing.

    With all their endings they are a hundred thousand forms, of which a text has a few dozen:
    entries are filed by their first letters, and only what a text may have is inflected.
    """

    entries: Sequence[_Entry]
    filed: Mapping[str, Sequence[int]]
    """Numbers of the entries by the head that they share."""
    endings: Sequence[str]
    doubled: str
    set_phrases: frozenset[str]
    first: Mapping[str, int]
    """For the first word of each phrase, how many words its longest phrase has."""
    pattern: re.Pattern[str] | None

    def forms(self, entry: _Entry) -> Iterator[tuple[str, str]]:
        """Each form of a word with the opposite in the same form."""
        return _inflected(entry.word, entry.opposite, self.endings, self.doubled)


@cache
def _table(lang: str) -> _Table:
    known = load(lang, "opposites")
    entries: list[_Entry] = []
    for concept, pairs in known.get("pairs", {}).items():
        for pair in pairs:
            left, right = pair.removeprefix("?").split("/")
            for side, (word, other) in enumerate(((left, right), (right, left))):
                if word:
                    entries.append(_Entry(word, other, concept, side, pair.startswith("?")))
    filed: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        filed.setdefault(entry.head, []).append(number)
    phrases = frozenset(p.translate(_APOSTROPHES).lower() for p in known.get("set_phrases", ()))
    table = _Table(
        entries,
        MappingProxyType(filed),
        ("", *known.get("endings", ())),
        known.get("doubled", "-"),
        phrases,
        {},
        None,
    )
    if lang not in _UNSPACED:
        return replace(table, first=MappingProxyType(_first_words(table)))
    every = {form for entry in entries for form, _ in table.forms(entry)} | phrases
    longest = "|".join(map(re.escape, sorted(every, key=lambda f: (-len(f), f))))
    return replace(table, pattern=re.compile(longest) if longest else None)


def _first_words(table: _Table) -> dict[str, int]:
    """For the first word of each phrase, how many words the longest that begins so has."""
    several = (e for e in table.entries if not e.word.replace("*", "").isalpha())
    phrases = (form for entry in several for form, _ in table.forms(entry))
    first: dict[str, int] = {}
    for phrase in (*phrases, *table.set_phrases):
        words = _WORD.findall(phrase)
        if len(words) > 1:
            first[words[0]] = min(_LONGEST_PHRASE, max(len(words), first.get(words[0], 0)))
    return first


def _senses(lang: str, form: str) -> tuple[Sense, ...]:
    """What a form means; nothing for a set phrase and for words that the table lacks."""
    table = _table(lang)
    if form in table.set_phrases or not any(form[:n] in table.filed for n in _HEADS):
        return ()
    return _beginning(lang, form[:_FILED]).get(form, ())


@lru_cache(1 << 14)
def _beginning(lang: str, head: str) -> Mapping[str, tuple[Sense, ...]]:
    """The forms that begin with some letters, and what they mean."""
    table = _table(lang)
    forms: dict[str, dict[Sense, None]] = {}
    # A word shorter than the head is filed by all it has.
    numbers = {number for n in _HEADS for number in table.filed.get(head[:n], ())}
    for number in sorted(numbers):
        entry = table.entries[number]
        for form, opposite in table.forms(entry):
            sense = Sense(entry.concept, entry.side, opposite, entry.soft)
            forms.setdefault(form, {})[sense] = None
    return MappingProxyType({form: tuple(senses) for form, senses in forms.items()})


def _inflected(
    word: str, other: str, endings: Sequence[str], doubled: str
) -> Iterator[tuple[str, str]]:
    if "*" not in word:
        yield word.lower(), other.removesuffix("*")
        return
    stem, _, tail = word.partition("*")
    joined, opposites = (_with_endings(w, endings, doubled) for w in (word, other))
    for ending, form, opposite in zip(endings, joined, opposites, strict=True):
        plain = stem + ending + tail
        for found in (plain,) if form == plain else (plain, form):
            if len(found) > _SHORTEST:
                yield found.lower(), opposite


def _with_endings(word: str, endings: Sequence[str], doubled: str) -> list[str]:
    """The word with each ending; ban + ed is banned, but bann + ing + s is nothing."""
    # In "switch* on" the ending is inside.
    stem, star, tail = word.partition("*")
    if not star:
        return [word] * len(endings)
    last = stem[-1:] if _doubles(stem, doubled) else ""
    return [stem + (last if e[:1] in _VOWELS else "") + e + tail for e in endings]


@cache
def _doubles(stem: str, doubled: str) -> bool:
    """True for a stem whose last consonant is doubled: ban, bann-ed."""
    return re.search(rf"[^aeiou][aeiou][{doubled}]$", stem or " ") is not None


def _spaced(text: str, lang: str, table: _Table) -> Iterator[tuple[int, int, str]]:
    lowered = folded(text)
    words = [m.span() for m in _WORD.finditer(lowered)]
    at = 0
    while at < len(words):
        start, end = words[at]
        word = lowered[start:end]
        step = 1
        for count in range(table.first.get(word, 1), 0, -1):
            if at + count > len(words):
                continue
            last = words[at + count - 1][1]
            phrase = lowered[start:last]
            known = phrase in table.set_phrases or bool(_senses(lang, phrase))
            if count == 1 or known:
                if not known and "-" in phrase:
                    # pro-independence, post-war: what stands before the hyphen tells.
                    yield start, start + phrase.index("-"), phrase[: phrase.index("-")]
                else:
                    yield start, last, phrase
                step = count
                break
        at += step


def folded(text: str, lang: str = "") -> str:
    """The text as the tables have it, of the same length: lower case, ’, simplified Chinese."""
    plain = text.translate(_APOSTROPHES)
    if base(lang) == "zh":
        return simplified(plain)
    lowered = plain.lower()
    return lowered if len(lowered) == len(text) else plain  # İ becomes two code points


def _unspaced(text: str, table: _Table) -> Iterator[tuple[int, int, str]]:
    if table.pattern is None:
        return
    for m in table.pattern.finditer(simplified(text)):
        yield m.start(), m.end(), m.group()


def simplified(text: str) -> str:
    """Chinese character by character in simplified form, of the same length."""
    return text.translate(_simplifying())


@cache
def _simplifying() -> dict[int, str]:
    return {ord(left): right for left, right in traditional_only().items() if len(right) == 1}
