"""Puts advertising into clean text: terms that the lexicon does not hold, at places of its choice.

The terms are made from pieces: what is sold, what is said of it, what to do. None of them is
written for a rule: what the lexicon knows in spite of that is left out before anything is drawn.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.junction import cut, fold, is_han
from auditor.text.spam import find_hits
from auditor.text.spam_lexicon import trades


class Mode(StrEnum):
    """Where a term is put."""

    WORD = "inside a word"
    BETWEEN = "between words"
    SENTENCE = "as a sentence"


@dataclass(frozen=True, slots=True)
class Injected:
    """A text with something put in.

    Attributes:
        text: the whole.
        start: first code point of what was put in.
        end: one past its last.
        term: what was put in.
    """

    text: str
    start: int
    end: int
    term: str


_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{6,30}(?![^\W_])")
_GAP = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
# At the end of a paragraph: inside one, half of the full stops are abbreviations.
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？\"”」』»])(?=\n|\Z)")


@cache
def _pieces(tag: str) -> Mapping[str, Sequence[str]]:
    """What is sold, what is said of it, what to do, in a base language."""
    path = files("auditor.bench") / "injector.toml"
    found: Mapping[str, Sequence[str]] = tomllib.loads(path.read_text(encoding="utf-8"))[tag]
    return found


def unseen_terms(lang: str) -> tuple[str, ...]:
    """What may be put in: two or three pieces together, nothing that the lexicon knows.

    Args:
        lang: BCP 47 tag; Chinese comes in its script.
    """
    tag = base(lang)
    glue = "" if tag == "zh" else " "
    made = []
    pieces = _pieces(tag)
    for at, sold in enumerate(pieces["sold"]):
        said = pieces["said"][at % len(pieces["said"])]
        before = tag in ("en", "zh")
        made += [sold, glue.join((said, sold) if before else (sold, said))]
    return tuple(_written(term, lang) for term in made if not find_hits(term, lang))


def known_terms(lang: str) -> tuple[str, ...]:
    """Terms and phrases of the lexicon, those that news uses left out."""
    found = {
        term
        for trade in trades(base(lang))
        for term in trade.terms | trade.phrases
        if len(term) >= (2 if base(lang) == "zh" else 5)
    }
    return tuple(_written(term, lang) for term in sorted(found))


def inject(text: str, lang: str, terms: Sequence[str], mode: Mode, seed: int) -> Injected | None:
    """The text with one term put in, or None where it has no such place.

    Args:
        text: paragraphs separated by empty lines.
        lang: its BCP 47 tag.
        terms: to draw from.
        mode: where to put it.
        seed: of the draw.
    """
    draw = random.Random(seed)  # noqa: S311 (a benchmark wants draws that repeat)
    places = _places(text, lang, mode)
    if not places:
        return None
    at = draw.choice(places)
    term = draw.choice(terms)
    space = "" if base(lang) == "zh" else " "
    if mode is Mode.SENTENCE:
        term = _sentence(term, lang, draw)
        made = text[:at] + space + term + text[at:]
        return Injected(made, at + len(space), at + len(space) + len(term), term)
    if mode is Mode.BETWEEN and space:
        at += 1
        return Injected(f"{text[:at]}{term} {text[at:]}", at, at + len(term), term)
    return Injected(text[:at] + term + text[at:], at, at + len(term), term)


def _sentence(term: str, lang: str, draw: random.Random) -> str:
    call = _written(draw.choice(_pieces(base(lang))["done"]), lang)
    if base(lang) == "zh":
        return f"{term}，{call}"
    return f"{term[:1].upper()}{term[1:]}. {call}"


def _places(text: str, lang: str, mode: Mode) -> list[int]:
    if mode is Mode.SENTENCE:
        return [match.start() for match in _SENTENCE_END.finditer(text)]
    if base(lang) == "zh":
        return _chinese_places(text, inside=mode is Mode.WORD)
    if mode is Mode.BETWEEN:
        return [match.start() for match in _GAP.finditer(text)]
    words = common_words(lang)
    return [
        at
        for match in _WORD.finditer(text)
        if match[0].lower() in words
        for at in range(match.start() + 2, match.end() - 1)
    ]


def _chinese_places(text: str, *, inside: bool) -> list[int]:
    """Between two characters of one word, or of two words, as the cheapest cut has them."""
    folded = fold(text, "zh")
    found: list[int] = []
    for run in re.finditer(r"[\u4e00-\u9fff]{2,200}", folded):
        for start, end in cut(run[0]):
            if inside:
                found += range(run.start() + start + 1, run.start() + end)
            elif start:
                found.append(run.start() + start)
    return [at for at in found if is_han(folded[at])]


@cache
def _converter(config: str) -> object:
    import opencc

    return opencc.OpenCC(config)


def _written(term: str, lang: str) -> str:
    """Chinese pieces in the script of the text."""
    if not lang.startswith("zh-Hant"):
        return term
    return str(_converter("s2tw").convert(term))  # type: ignore[attr-defined]
