"""Finds single characters of the other Chinese script in a text of one script.

Characters that only one script has are told by `text.chinese`. Here are also those that
traditional text does have, in other words: 后 in 皇后 is right and in 隨后 it is not.

Source: OpenCC's phrase dictionaries; word frequencies from wordfreq.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from auditor.lang import load
from auditor.text.chinese import (
    exclusive_simplified,
    exclusive_traditional,
    is_traditional,
    simplified_only,
    traditional_only,
)
from auditor.text.frequencies import common_words
from auditor.text.junction import fold, word_at

COMMON = 1e-6
"""Use of a word from which on it is taken for one: once in a million."""
HABIT = 2
"""Words with a character in simplified use that show how the text uses it."""
KANA_NEARBY = 12
"""Characters around a place in which kana makes it Japanese: 广瀬すず."""
FOREIGN_TITLE = 3
"""Characters of the other script, with none of its own, that make a quotation a citation."""
_KANA = re.compile(r"[\u3041-\u30ff]")
_QUOTED = re.compile(
    # 《学习强国》, 「后会无期」, “后会无期”: as published
    r"《[^《》\n]{1,60}》|「[^「」\n]{1,60}」|『[^『』\n]{1,60}』|“[^“”\n]{1,60}”"
)


@dataclass(frozen=True, slots=True)
class Stray:
    """Characters of the other script.

    Attributes:
        start: first code point in the searched text.
        end: one past the last.
        repair: the same in the script of the text.
    """

    start: int
    end: int
    repair: str


def strays(text: str, lang: str) -> tuple[Stray, ...]:
    """The characters of a text that belong to the other script, neighbours joined.

    Args:
        text: Chinese text, a paragraph or a whole document (its habits count).
        lang: `zh-Hant` or `zh-Hans`, or a tag with a region that says which.

    Returns:
        In order; none in citations of the other script or beside Japanese kana.
    """
    if is_traditional(lang):
        marks = {at: form for at, _, form in exclusive_simplified(text)}
        marks.update(_in_words(text))
    else:
        marks = {at: form for at, _, form in exclusive_traditional(text)}
        kept = load("zh", "variants")["traditional"]
        marks.update((at, kept[char]) for at, char in enumerate(text) if char in kept)
    cited = [q.span() for q in _QUOTED.finditer(text) if _is_foreign(q.group(), lang)]
    own = [at for at in sorted(marks) if not _is_cited(text, at, cited)]
    return tuple(_joined(own, marks))


def counts(text: str, lang: str) -> tuple[int, int]:
    """How many characters only the script of `lang` has, and only the other one.

    Args:
        text: Chinese text.
        lang: tag that names the script.
    """
    hant = sum(char in traditional_only() for char in text)
    hans = sum(char in simplified_only() for char in text)
    return (hant, hans) if is_traditional(lang) else (hans, hant)


def _in_words(text: str) -> dict[int, str]:
    """Places of characters that traditional writing has, but not in this word."""
    data = load("zh", "variants")
    if not any(char in text for char in data["by_word"]):
        return {}
    # Simplified first: OpenCC knows 压制 as a word, not 壓制, and would write 壓製.
    simplified = fold(text, "zh")
    traditional = _converter().convert(simplified)
    if len(traditional) != len(text):
        return {}
    changed = [
        at
        for at, char in enumerate(text)
        if char in data["by_word"] and traditional[at] != char == simplified[at]
    ]
    in_word = {at for at in changed if _word_changes(simplified, at)}
    habits = Counter(text[at] for at in in_word)
    return {
        at: traditional[at]
        for at in changed
        if at in in_word
        or text[at] in data["alone"]
        or _stands_apart(text, at, data["apart"])
        or (text[at] in data["by_habit"] and text[at + 1 : at + 2].isdigit())
        or (text[at] in data["by_habit"] and habits[text[at]] >= HABIT)
    }


def _stands_apart(text: str, at: int, apart: Mapping[str, Mapping[str, str]]) -> bool:
    """True for a character without the neighbours with which it is right: 業務后 is no empress."""
    own = apart.get(text[at])
    if own is None:
        return False
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return not ((before and before in own["before"]) or (after and after in own["after"]))


def _word_changes(simplified: str, at: int) -> bool:
    """True when the word around a character is a common one that traditional writing changes."""
    start, end = word_at(simplified, at)
    word = simplified[start:end]
    common = len(word) > 1 and common_words("zh").get(word, 0.0) >= COMMON
    return common and _in_traditional(word)[at - start] != simplified[at]


@cache
def _in_traditional(word: str) -> str:
    converted: str = _converter().convert(word)
    return converted if len(converted) == len(word) else word


@cache
def _converter() -> Any:
    """Simplified to the characters of Taiwan; loading costs .2 s."""
    import opencc

    return opencc.OpenCC("s2tw")


def _is_foreign(quoted: str, lang: str) -> bool:
    own, other = counts(quoted, lang)
    return bool(_KANA.search(quoted)) or (own == 0 and other >= FOREIGN_TITLE)


def _is_cited(text: str, at: int, cited: Sequence[tuple[int, int]]) -> bool:
    near = text[max(0, at - KANA_NEARBY) : at + KANA_NEARBY]
    return bool(_KANA.search(near)) or any(start <= at < end for start, end in cited)


def _joined(places: Sequence[int], marks: dict[int, str]) -> Iterator[Stray]:
    """Neighbours as one: 规复 is one word and one defect."""
    start = 0
    for i, at in enumerate(places):
        if i + 1 == len(places) or places[i + 1] != at + 1:
            run = places[start : i + 1]
            yield Stray(run[0], at + 1, "".join(marks[p] for p in run))
            start = i + 1
