"""Finds words that another Chinese-speaking region uses: 軟件 in Taiwan, 滑鼠 on the mainland.

The tag of traditional text does not say for whom it is. What neither Taiwan nor Hong Kong writes is
found in any; what only one of them writes decides for whom the text is, and is then told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from auditor.lang import load
from auditor.text.chinese import is_traditional
from auditor.text.junction import fold, word_at

REGIONS = ("CN", "TW", "HK")
CLEAR = 2
"""Words that one region alone uses, more than those of the other, that decide for it."""
_QUOTED = re.compile(r"《[^《》\n]{1,60}》|「[^「」\n]{1,30}」|“[^“”\n]{1,30}”")


@dataclass(frozen=True, slots=True)
class Regional:
    """A word of another region.

    Attributes:
        start: first code point in the searched text.
        end: one past its last.
        repair: the word of the text's own region.
        region: where the word found is at home, such as `CN`.
        everywhere: no region that writes this script uses it.
    """

    start: int
    end: int
    repair: str
    region: str
    everywhere: bool


def regional_words(text: str, lang: str) -> list[Regional]:
    """The words of a text that another region uses, in order.

    Args:
        text: a whole document: its other words say for which region it is.
        lang: `zh-Hant` or `zh-Hans`, or a tag with a region.
    """
    folded = fold(text, "zh")
    found = [(m.start(), m[0]) for m in _pattern().finditer(folded)]
    if not found:
        return []
    cited = [q.span() for q in _QUOTED.finditer(text)]
    rows = [
        (at, word, regions)
        for at, word in found
        if (regions := _rows()[word]) and not any(a <= at < b for a, b in cited)
    ]
    own = _own_region(lang, Counter(r for _, _, rs in rows if len(rs) == 1 for r in rs))
    return list(_foreign(folded, rows, own, lang))


def _foreign(
    folded: str, rows: list[tuple[int, str, frozenset[str]]], own: str, lang: str
) -> Iterator[Regional]:
    writing = {"TW", "HK"} if is_traditional(lang) else {"CN"}
    for at, word, regions in rows:
        home = (own or "TW") if is_traditional(lang) else "CN"
        everywhere = not regions & writing
        if not everywhere and (not own or own in regions):
            continue
        if own == "CN" and word in _mainland_too():
            continue
        # 視頻 in 電視頻道 is no word.
        if word_at(folded, at)[0] < at or word_at(folded, at + len(word) - 1)[1] > at + len(word):
            continue
        repair = _forms()[word][REGIONS.index(home)]
        yield Regional(at, at + len(word), repair, min(regions), everywhere)


def _own_region(lang: str, votes: Mapping[str, int]) -> str:
    """The region of a text, by its tag or by the words of one region alone; else empty."""
    parts = lang.upper().split("-")
    if not is_traditional(lang):
        return "CN"
    if tagged := next((r for r in ("TW", "HK") if r in parts), ""):
        return tagged
    taiwan, hong_kong = votes.get("TW", 0), votes.get("HK", 0)
    if abs(taiwan - hong_kong) < CLEAR:
        return ""
    return "TW" if taiwan > hong_kong else "HK"


@cache
def _forms() -> Mapping[str, tuple[str, str, str]]:
    """Every word, folded, with its row."""
    return {
        fold(word, "zh"): (row[0], row[1], row[2])
        for row in load("zh", "regions")["words"]
        for word in row
    }


@cache
def _rows() -> Mapping[str, frozenset[str]]:
    """The regions that use each word, folded."""
    found: dict[str, set[str]] = {}
    for row in load("zh", "regions")["words"]:
        for region, word in zip(REGIONS, row, strict=True):
            found.setdefault(fold(word, "zh"), set()).add(region)
    return {word: frozenset(regions) for word, regions in found.items()}


@cache
def _mainland_too() -> frozenset[str]:
    """Words of other regions that mainland readers take for their own, folded."""
    return frozenset(fold(word, "zh") for word in load("zh", "regions")["mainland_too"])


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_rows(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))
