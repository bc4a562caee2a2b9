"""Spins clean text: puts synonyms in the place of words, blindly, as article rewriters do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from auditor.bench.thesaurus import Thesaurus
from auditor.lang import base
from auditor.text import chinese_words
from auditor.text.chinese import is_traditional
from auditor.text.frequencies import common_words

TOO_COMMON = 1e-3
"""Frequency from which a word is grammar: thesauri have entries for `be` (beryllium) and `in`."""
WRONG_FORM = 0.15
"""Share of replacements left in the form that the thesaurus has: `he go yesterday`."""
_LONGEST = 4
"""Characters of a Chinese word."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Swap:
    """One replacement.

    Attributes:
        start: first code point in the spun text.
        end: one past the last.
        original: what stood there.
    """

    start: int
    end: int
    original: str


@dataclass(frozen=True, slots=True)
class Spun:
    """Text after spinning.

    Attributes:
        text: what became of it.
        swaps: the replacements, in order.
        words: of the text before.
    """

    text: str
    swaps: tuple[Swap, ...]
    words: int


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    synonyms: tuple[str, ...]


def spin(text: str, lang: str, share: float, thesaurus: Thesaurus, seed: int) -> Spun:
    """Replaces a share of the words of a text.

    Args:
        text: clean text.
        lang: BCP 47 tag.
        share: of all its words, 0 to 1; fewer where the thesaurus has not enough of them.
        thesaurus: of the language; Chinese in simplified characters.
        seed: of the choices.
    """
    # Reproducible draws are the point: nothing here is secret.
    random = Random(seed)  # noqa: S311
    chinese = base(lang) == "zh"
    places = list(_chinese_places(text, thesaurus) if chinese else _places(text, lang, thesaurus))
    words = _count(text, lang)
    wanted = min(round(share * words), len(places))
    chosen = sorted(random.sample(places, wanted), key=lambda place: place.start)
    pieces: list[str] = []
    swaps: list[Swap] = []
    at = length = 0
    for place in chosen:
        original = text[place.start : place.end]
        synonym = random.choice(place.synonyms)
        if chinese:
            new = chinese_words.traditional(synonym) if is_traditional(lang) else synonym
        else:
            new = _as_written(_inflected(synonym, original, lang, random), original)
        kept = text[at : place.start]
        pieces += [kept, new]
        length += len(kept)
        swaps.append(Swap(length, length + len(new), original))
        length += len(new)
        at = place.end
    return Spun("".join([*pieces, text[at:]]), tuple(swaps), words)


def _count(text: str, lang: str) -> int:
    if base(lang) != "zh":
        return len(_WORD.findall(text))
    plain = chinese_words.simplified(text)
    runs = (plain[a:b] for a, b in chinese_words.stretches(plain))
    return sum(len(chinese_words.segment(run)[1]) for run in runs)


def _places(text: str, lang: str, thesaurus: Thesaurus) -> Iterator[_Place]:
    """Content words that the thesaurus has, in whatever form; names are words like any other."""
    frequencies = common_words(lang)
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if len(word) < 4 or frequencies.get(word, 0.0) >= TOO_COMMON:
            continue
        for stem in _stems(word, lang):
            if stem in thesaurus:
                yield _Place(match.start(), match.end(), thesaurus[stem])
                break


def _chinese_places(text: str, thesaurus: Thesaurus) -> Iterator[_Place]:
    """From left to right the longest entry, without a look at where words end."""
    plain = chinese_words.simplified(text)
    for run in _HAN.finditer(plain):
        at = run.start()
        while at < run.end():
            for length in range(_LONGEST, 1, -1):
                piece = plain[at : min(at + length, run.end())]
                if len(piece) == length and piece in thesaurus:
                    yield _Place(at, at + length, thesaurus[piece])
                    at += length
                    break
            else:
                at += 1


def _stems(word: str, lang: str) -> Iterator[str]:
    yield word
    if base(lang) != "en":
        return
    for ending, stems in (
        ("ies", ("y",)),
        ("es", ("e", "")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("e", "")),
        ("ing", ("e", "")),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            yield from (stem + new for new in stems)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _inflected(synonym: str, original: str, lang: str, random: Random) -> str:
    """The synonym with the ending of what it replaces, by rule: `goed`, `buyed` stay so."""
    if base(lang) != "en" or random.random() < WRONG_FORM:
        return synonym
    head, *rest = synonym.split(" ")
    low = original.lower()
    if low.endswith("ing") and not head.endswith("ing"):
        head = head.removesuffix("e") + "ing"
    elif low.endswith("ed") and not head.endswith("ed"):
        head = head + "d" if head.endswith("e") else head + "ed"
    elif low.endswith("s") and not low.endswith("ss") and not head.endswith("s"):
        if rest:
            rest[-1] += "s"
        else:
            head = (
                head[:-1] + "ies"
                if head.endswith("y") and head[-2:-1] not in "aeiou"
                else head + "s"
            )
    return " ".join([head, *rest])


def _as_written(synonym: str, original: str) -> str:
    if len(original) > 1 and original.isupper():
        return synonym.upper()
    return synonym[:1].upper() + synonym[1:] if original[:1].isupper() else synonym
