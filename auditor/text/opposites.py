"""Words that have an opposite, found in text: north, inside, allow, 增加.

The table of each language names its pairs by concepts that all languages share. Endings are
tried by a rule of the language, not listed word by word; Chinese is compared in simplified form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice
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
    every = _unspaced(text, known, table) if known in _UNSPACED else _spaced(text, known)
    return tuple(islice(every, MAX_FOUND))


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
    phrases: frozenset[str]
    """All entries and set phrases of several words, in all forms."""
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
        frozenset(),
        {},
        None,
    )
    if lang not in _UNSPACED:
        several = _phrases(table)
        return replace(table, phrases=several, first=MappingProxyType(_first_words(several)))
    every = {form for entry in entries for form, _ in table.forms(entry)} | phrases
    longest = "|".join(map(re.escape, sorted(every, key=lambda f: (-len(f), f))))
    return replace(table, pattern=re.compile(longest) if longest else None)


def _phrases(table: _Table) -> frozenset[str]:
    """All entries and set phrases of several words, in all forms."""
    several = (e for e in table.entries if not e.word.replace("*", "").isalpha())
    entries = (form for entry in several for form, _ in table.forms(entry))
    return frozenset(p for p in (*entries, *table.set_phrases) if len(_WORD.findall(p)) > 1)


def _first_words(phrases: Iterable[str]) -> dict[str, int]:
    """For the first word of each phrase, how many words the longest that begins so has."""
    first: dict[str, int] = {}
    for phrase in phrases:
        words = _WORD.findall(phrase)
        first[words[0]] = min(_LONGEST_PHRASE, max(len(words), first.get(words[0], 0)))
    return first


@lru_cache(1 << 14)
def _senses(lang: str, form: str) -> tuple[Sense, ...]:
    """What a form means; nothing for a set phrase and for words that the table lacks."""
    table = _table(lang)
    if form in table.set_phrases or not any(form[:n] in table.filed for n in _HEADS):
        return ()
    # Of the hundreds of forms with one beginning few are met: only those become senses.
    meant = (
        Sense(entry.concept, entry.side, opposite, entry.soft)
        for number, opposite in _beginning(lang, form[:_FILED]).get(form, ())
        for entry in (table.entries[number],)
    )
    return tuple(dict.fromkeys(meant))


@lru_cache(1 << 14)
def _beginning(lang: str, head: str) -> Mapping[str, Sequence[tuple[int, str]]]:
    """The forms that begin with some letters: for each its entries, by number, and its opposite."""
    table = _table(lang)
    forms: dict[str, list[tuple[int, str]]] = {}
    # A word shorter than the head is filed by all it has.
    numbers = {number for n in _HEADS for number in table.filed.get(head[:n], ())}
    for number in sorted(numbers):
        for form, opposite in table.forms(table.entries[number]):
            forms.setdefault(form, []).append((number, opposite))
    return MappingProxyType(forms)


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


def _spaced(text: str, lang: str) -> Iterator[Found]:
    lowered, table = folded(text), _table(lang)
    matches = list(_WORD.finditer(lowered))
    passed = 0
    for at, match in enumerate(matches):
        if at < passed:
            continue
        word = _word(lang, match.group())
        start = match.start()
        for count in range(min(word.phrase, len(matches) - at), 1, -1):
            end = matches[at + count - 1].end()
            phrase = lowered[start:end]
            if phrase in table.phrases:
                passed = at + count
                senses = _senses(lang, phrase)
                if senses:
                    yield Found(start, end, senses)
                break
        else:
            if word.senses:
                yield Found(start, start + word.length, word.senses)


@dataclass(frozen=True, slots=True)
class _Word:
    """What is known of a word by itself.

    Attributes:
        phrase: how many words the longest phrase has that begins with it.
        length: of the part that means something: in "pro-independence" what the hyphen ends.
        senses: its meanings.
    """

    phrase: int
    length: int
    senses: tuple[Sense, ...]


@lru_cache(1 << 14)
def _word(lang: str, word: str) -> _Word:
    table = _table(lang)
    phrase, senses = table.first.get(word, 1), _senses(lang, word)
    if senses or "-" not in word or word in table.set_phrases:
        return _Word(phrase, len(word), senses)
    head = word[: word.index("-")]
    return _Word(phrase, len(head), _senses(lang, head))


def folded(text: str, lang: str = "") -> str:
    """The text as the tables have it, of the same length: lower case, ’, simplified Chinese."""
    plain = text.translate(_APOSTROPHES)
    if base(lang) == "zh":
        return simplified(plain)
    lowered = plain.lower()
    return lowered if len(lowered) == len(text) else plain  # İ becomes two code points


def _unspaced(text: str, lang: str, table: _Table) -> Iterator[Found]:
    if table.pattern is None:
        return
    for m in table.pattern.finditer(simplified(text)):
        senses = _senses(lang, m.group())
        if senses:
            yield Found(m.start(), m.end(), senses)


def simplified(text: str) -> str:
    """Chinese character by character in simplified form, of the same length."""
    return text.translate(_simplifying())


@cache
def _simplifying() -> dict[int, str]:
    return {ord(left): right for left, right in traditional_only().items() if len(right) == 1}
