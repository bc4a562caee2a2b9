"""Spun Chinese: pairs of words swapped, gated by how the text cuts into words with either.

No language model of Chinese is at hand. Word frequencies do what they can: a blind
replacement leaves pieces that are no words (任何在 -> 任安在: 任 | 安在), or forms that
nobody uses where a common word stood (首要 for 主要). So the gate is the gain of the
likeliest segmentation when the counterpart is put back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from auditor import lang as languages
from auditor.text import chinese_words as words
from auditor.text import doubts
from auditor.text.chinese import is_traditional
from auditor.text.substitution import Kind, Reading, Substitution, apart, chosen, joined

GATE = 3.5
"""Least gain in nats: a counterpart 33 times as likely. In clean news 1 in 1,000 characters."""
FAINT_GATE = 2.0
"""Least gain of a form that is believed in a spun text only."""
STRONG = 6.0
"""Nats; a tenth of that in clean news."""
WINDOW = 5
"""Characters on each side: no word is longer."""
CHARACTERS_PER_WORD = 1.6


@dataclass(frozen=True, slots=True)
class _Place:
    """A pair's first form at `[start, end)` with the counterparts it may have replaced."""

    start: int
    end: int
    repairs: tuple[str, ...]


def read(text: str, lang: str) -> Reading:
    """What one piece of Chinese shows: substitutions, and how doubtful its words are."""
    plain = words.simplified(text)
    traditional = is_traditional(lang) or plain != text
    candidates: list[tuple[float, int, int, Substitution]] = []
    signs: list[doubts.Signs] = []
    characters = 0
    for start, end in words.stretches(plain):
        stretch = plain[start:end]
        characters += len(stretch)
        signs += doubts.chinese(start, words.segment(stretch)[1])
        for place in _places(stretch):
            found = _judged(stretch, place, start, traditional=traditional)
            if found:
                candidates.append((found.gain, found.start, found.end, found))
    faint = [place for place in candidates if place[3].kind is Kind.FAINT]
    sure = [place for place in candidates if place[3].kind is not Kind.FAINT]
    told = joined(text, chosen(sure), across=0, gap="")
    everything = [*told, *joined(text, apart(chosen(faint), told), across=0, gap="")]
    everything.sort(key=lambda s: s.start)
    return Reading(
        round(characters / CHARACTERS_PER_WORD), tuple(everything), doubts.doubts(signs, "zh")
    )


def _places(stretch: str) -> Iterator[_Place]:
    """Forms of the lexicon, and pairs of forms side by side: 恐懼構造 is 恐怖組織 as a whole."""
    table = _lexicon(languages.left_out("zh", "spun"))
    found: list[_Place] = []
    for start in range(len(stretch)):
        for end in range(start + 2, min(start + WINDOW, len(stretch)) + 1):
            repairs = table.get(stretch[start:end])
            if repairs:
                found.append(_Place(start, end, repairs))
    yield from found
    by_start: dict[int, list[_Place]] = {}
    for place in found:
        by_start.setdefault(place.start, []).append(place)
    for left in found:
        for right in by_start.get(left.end, ()):
            whole = tuple(
                both for a in left.repairs for b in right.repairs if words.is_word(both := a + b)
            )
            if whole:
                yield _Place(left.start, right.end, whole)


def _judged(stretch: str, place: _Place, offset: int, *, traditional: bool) -> Substitution | None:
    """The substitution when its best counterpart passes the gate."""
    before = stretch[max(0, place.start - WINDOW) : place.start]
    after = stretch[place.end : place.end + WINDOW]
    base = _cost(before + stretch[place.start : place.end] + after)
    gain, repair = max((_cost(before + r + after) - base, r) for r in place.repairs)
    if gain < FAINT_GATE:
        return None
    left, right = _across(before, repair, after)
    start, end = place.start - left, place.end + right
    whole = stretch[start : place.start] + repair + stretch[place.end : end]
    return Substitution(
        offset + start,
        offset + end,
        words.traditional(whole) if traditional else whole,
        Kind.FAINT if gain < GATE else Kind.BOUNDARY if left or right else Kind.TELL,
        gain,
        strong=gain >= STRONG,
    )


def _across(before: str, repair: str, after: str) -> tuple[int, int]:
    """How far the words that the repair makes whole reach beyond it, left and right."""
    at = 0
    first, last = len(before), len(before) + len(repair)
    left = right = 0
    for word in words.segment(before + repair + after)[1]:
        end = at + len(word)
        if at < first < end:
            left = first - at
        if at < last < end:
            right = end - last
        at = end
    return left, right


@lru_cache(maxsize=1 << 14)
def _cost(text: str) -> float:
    return words.segment(text)[0]


@cache
def _lexicon(left_out: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Each form with what it may have replaced, without some."""
    lexicon = languages.load("zh", "spun")
    return {
        found: (repair,) if isinstance(repair, str) else tuple(repair)
        for section in ("single", "pairs")
        for found, repair in lexicon[section].items()
        if found not in left_out
    }
