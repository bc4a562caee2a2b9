"""Words that have an opposite, found in text: north, inside, allow, 增加.

The table of each language names its pairs by concepts that all languages share. Endings are
tried by a rule of the language, not listed word by word; Chinese is compared in simplified form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, islice
from types import MappingProxyType

from auditor.lang import base, load
from auditor.text.chinese import traditional_only

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+){0,3}")
"""Joined by hyphens too: nord-est, pre-war."""
_WORDS = re.compile(f"({_WORD.pattern})")
_UNSPACED = frozenset(("zh", "ja", "ko", "th"))
"""Words are not set apart there, or carry their particles: a word is where its letters are."""
_SHORTEST = 2
"""Letters of an inflected form that are too few to mean it: `di` for the stem of `dire`."""
_VOWELS = frozenset("aeiou")
_LONGEST_PHRASE = 4
"""Words of the longest entry: à l’intérieur is three."""
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
    def parts(self) -> tuple[str, str, str]:
        """What stands before the ending, the star, and what stands behind it (`switch* on`)."""
        return self.word.partition("*")


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of one language, with what they mean; set phrases mean nothing.

    With all their endings they are a hundred thousand forms, of which a text has a few dozen:
    a word of the text is taken apart, and its stem looked up.
    """

    entries: Sequence[_Entry]
    plain: Mapping[str, Sequence[int]]
    """Numbers of the entries without endings, by word."""
    stems: Mapping[str, Sequence[int]]
    """Numbers of the entries with endings, by what stands before the ending."""
    endings: Sequence[str]
    numbered: Mapping[str, Sequence[int]]
    """Numbers of the endings, by ending."""
    doubled: str
    set_phrases: frozenset[str]
    phrases: frozenset[str]
    """All entries and set phrases of several words, in all forms."""
    first: Mapping[str, tuple[int, frozenset[str]]]
    """For the first word of each phrase: words of its longest phrase; all second words."""
    begins: Mapping[str, Sequence[str]]
    """Of a language without spaces: all forms by their first character, longest first."""

    def forms(self, entry: _Entry) -> Iterator[str]:
        """Each form of a word."""
        stem, star, tail = entry.parts
        if not star:
            yield stem.lower()
            return
        for ending in self.endings:
            for whole in {stem, _lengthened(stem, ending, self.doubled)}:
                form = (whole + ending + tail).lower()
                if len(form) > _SHORTEST:
                    yield form


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
    plain: dict[str, list[int]] = {}
    stems: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        stem, star, _ = entry.parts
        (stems if star else plain).setdefault(stem.lower(), []).append(number)
    endings = ("", *known.get("endings", ()))
    numbered: dict[str, list[int]] = {}
    for number, ending in enumerate(endings):
        numbered.setdefault(ending.lower(), []).append(number)
    phrases = frozenset(_curled(p).lower() for p in known.get("set_phrases", ()))
    table = _Table(
        entries,
        MappingProxyType(plain),
        MappingProxyType(stems),
        endings,
        MappingProxyType(numbered),
        known.get("doubled", "-"),
        phrases,
        frozenset(),
        MappingProxyType({}),
        MappingProxyType({}),
    )
    if lang in _UNSPACED:
        return replace(table, begins=MappingProxyType(_by_first_character(table)))
    several = _phrases(table)
    return replace(table, phrases=several, first=MappingProxyType(_first_words(several)))


def _by_first_character(table: _Table) -> dict[str, Sequence[str]]:
    """All forms and set phrases by their first character, longest first."""
    filed: dict[str, list[str]] = {}
    every = {form for entry in table.entries for form in table.forms(entry)} | table.set_phrases
    for form in sorted(every, key=lambda f: (-len(f), f)):
        filed.setdefault(form[0], []).append(form)
    return dict(filed)


def _phrases(table: _Table) -> frozenset[str]:
    """All entries and set phrases of several words, in all forms."""
    several = (e for e in table.entries if not e.word.replace("*", "").isalpha())
    entries = (form for entry in several for form in table.forms(entry))
    return frozenset(p for p in (*entries, *table.set_phrases) if len(_WORD.findall(p)) > 1)


def _first_words(phrases: Iterable[str]) -> dict[str, tuple[int, frozenset[str]]]:
    """For the first word of each phrase: words of the longest that begins so; all second words."""
    first: dict[str, tuple[int, frozenset[str]]] = {}
    for phrase in phrases:
        words = _WORD.findall(phrase)
        most, seconds = first.get(words[0], (0, frozenset()))
        first[words[0]] = min(_LONGEST_PHRASE, max(len(words), most)), seconds | {words[1]}
    return first


@lru_cache(1 << 14)
def _senses(lang: str, form: str) -> tuple[Sense, ...]:
    """What a form means; nothing for a set phrase and for words that the table lacks."""
    table = _table(lang)
    if form in table.set_phrases:
        return ()
    met = [(number, -1) for number in table.plain.get(form, ())]
    if len(form) > _SHORTEST:
        for stem in accumulate(form):
            if stem in table.stems:
                rest = form[len(stem) :]
                for number in table.stems[stem]:
                    met += ((number, at) for at in _endings(number, stem, rest, table))
    if not met:
        return ()
    meant: dict[Sense, None] = {}
    for number, at in sorted(set(met)):
        entry = table.entries[number]
        opposite = entry.opposite.removesuffix("*")
        if at >= 0:
            opposite = _inflected(entry.opposite, table.endings[at], table.doubled)
        meant[Sense(entry.concept, entry.side, opposite, entry.soft)] = None
    return tuple(meant)


def _endings(number: int, stem: str, rest: str, table: _Table) -> Iterator[int]:
    """The numbers of the endings with which an entry has this rest behind its stem."""
    whole, _, tail = table.entries[number].parts
    tail = tail.lower()
    if not rest.endswith(tail):
        return
    ending = rest[: len(rest) - len(tail)]
    yield from table.numbered.get(ending, ())
    # banned is `ban` and `ed`, with the consonant twice.
    if ending[:1] == stem[-1:]:
        for at in table.numbered.get(ending[1:], ()):
            if _lengthened(whole, table.endings[at], table.doubled) != whole:
                yield at


def _inflected(word: str, ending: str, doubled: str) -> str:
    """The word with an ending; ban + ed is banned, but bann + ing + s is nothing."""
    # In "switch* on" the ending is inside.
    stem, star, tail = word.partition("*")
    return _lengthened(stem, ending, doubled) + ending + tail if star else word


def _lengthened(stem: str, ending: str, doubled: str) -> str:
    """The stem as it stands before an ending: with its last consonant twice, or as it is."""
    return stem + stem[-1:] if ending[:1] in _VOWELS and _doubles(stem, doubled) else stem


@cache
def _doubles(stem: str, doubled: str) -> bool:
    """True for a stem whose last consonant is doubled: ban, bann-ed."""
    return re.search(rf"[^aeiou][aeiou][{doubled}]$", stem or " ") is not None


def _spaced(text: str, lang: str) -> Iterator[Found]:
    lowered = folded(text)
    # What stands between the words and the words, in turn.
    pieces = _WORDS.split(lowered)
    told = [(at, word) for at in range(1, len(pieces), 2) if (word := _word(lang, pieces[at]))]
    if not told:
        return
    ends = tuple(accumulate(map(len, pieces)))
    passed = 0
    for at, word in told:
        if at < passed:
            continue
        start = ends[at - 1]
        if word.seconds and at + 2 < len(pieces) and pieces[at + 2] in word.seconds:
            last = _phrase_end(lang, pieces[at : at + 2 * word.longest - 1])
            if last:
                passed = at + last
                senses = _senses(lang, "".join(pieces[at:passed]))
                if senses:
                    yield Found(start, ends[passed - 1], senses)
                continue
        if word.senses:
            yield Found(start, start + word.length, word.senses)


def _phrase_end(lang: str, pieces: Sequence[str]) -> int:
    """How many pieces the longest phrase has that they begin with; 0 without one."""
    phrases = _table(lang).phrases
    whole = len(pieces) - (len(pieces) + 1) % 2
    return next((n for n in range(whole, 1, -2) if "".join(pieces[:n]) in phrases), 0)


@dataclass(frozen=True, slots=True)
class _Word:
    """What is known of a word by itself.

    Attributes:
        longest: how many words the longest phrase has that begins with it.
        seconds: the second words of the phrases that begin with it.
        length: of the part that means something: in "pro-independence" what the hyphen ends.
        senses: its meanings.
    """

    longest: int
    seconds: frozenset[str]
    length: int
    senses: tuple[Sense, ...]


@lru_cache(1 << 14)
def _word(lang: str, word: str) -> _Word | None:
    """What is known of a word; None for one that means nothing and begins no phrase."""
    table = _table(lang)
    length, senses = len(word), _senses(lang, word)
    if not senses and "-" in word and word not in table.set_phrases:
        length = word.index("-")
        senses = _senses(lang, word[:length])
    longest, seconds = table.first.get(word, (1, frozenset()))
    return _Word(longest, seconds, length, senses) if senses or seconds else None


def folded(text: str, lang: str = "") -> str:
    """The text as the tables have it, of the same length: lower case, ’, simplified Chinese."""
    return simplified(_curled(text)) if base(lang) == "zh" else _lowered(text)


@lru_cache(1 << 13)  # as many sentences as `find_dates` remembers; denials are looked up in it too
def _lowered(text: str) -> str:
    plain = _curled(text)
    lowered = plain.lower()
    return lowered if len(lowered) == len(text) else plain  # İ becomes two code points


def _curled(text: str) -> str:
    """The text with one form of the apostrophe."""
    return text.replace("'", "’").replace("\N{LEFT SINGLE QUOTATION MARK}", "’")


def _unspaced(text: str, lang: str, table: _Table) -> Iterator[Found]:
    plain = simplified(text)
    passed = 0
    for at, first in enumerate(plain):
        if first not in table.begins or at < passed:
            continue
        for form in table.begins[first]:
            if plain.startswith(form, at):
                passed = at + len(form)
                senses = _senses(lang, form)
                if senses:
                    yield Found(at, passed, senses)
                break


def simplified(text: str) -> str:
    """Chinese character by character in simplified form, of the same length."""
    return text.translate(_simplifying())


@cache
def _simplifying() -> dict[int, str]:
    return {ord(left): right for left, right in traditional_only().items() if len(right) == 1}
