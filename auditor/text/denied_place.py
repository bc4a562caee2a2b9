"""Where in a sentence a denial is missing that another version has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.core import Context, Phrase, Segment
from auditor.lang import base
from auditor.text.negation import bears_denial, denials, word_places

_STOP = re.compile(r"[,;:.!?—–，；：。！？、()（）\"“”「」«»]+")
"""Between clauses; the comma of a number does no harm."""
_REACH = {"zh": 14, "ja": 14, "ko": 20}
_REACH_OTHERS = 45
"""Code points of a clause before a denial; half as many more are kept after it."""
_MOST_CLAUSES = 12
_NEAR, _FAR = 2.0, 0.8
"""What a rise of the words around counts beside one of the sentence, and what the place counts:
two languages keep the order of their clauses more often than not."""
_BEARS, _NAME = 0.4, 0.5
"""For an auxiliary, which bears a denial more often; against a name, which bears none. All four
tried on NTREX-128 with denials taken out: the place is right in two cases of three."""


_MARKED = 11
"""Code points that are marked at most: the word that has lost a denial with its neighbours, since
the neighbour may be the one ("a trouvé", "ha raggiunto"): six cases in a hundred more."""


def replaced(text: str, place: tuple[int, int, str]) -> str:
    """A text with one stretch replaced."""
    start, end, kept = place
    return text[:start] + kept + text[end:]


def clauses(text: str) -> list[str]:
    """What stands between the stops of a sentence, and the sentence itself."""
    parts = [part.strip() for part in _STOP.split(text[:2000])]
    return list(dict.fromkeys([*(p for p in parts if p), text]))[-_MOST_CLAUSES:]


def window(text: str, lang: str, start: int, end: int) -> tuple[int, int]:
    """The part of the clause that stands around a stretch."""
    reach = _REACH.get(base(lang), _REACH_OTHERS)
    left, right = max(0, start - reach), min(len(text), end + reach * 3 // 2)
    first = max((m.end() for m in _STOP.finditer(text, left, start)), default=left)
    stop = _STOP.search(text, end, right)
    last = stop.start() if stop else right
    if base(lang) not in _REACH:
        if first == left and left:
            first = min(start, text.find(" ", left) + 1 or start)
        if last == right and right < len(text):
            last = max(end, text.rfind(" ", end, right))
    return first, last


Place = tuple[Segment, Segment, tuple[int, int]]
"""The sentence without a denial, the one with it, and start and end of the denial there."""


def located(places: Sequence[Place], context: Context) -> list[tuple[int, int] | None]:
    """The words of which one lost its denial: with it, the sentence comes closest to the other.

    All places ask the encoder together; None where a sentence has no word to try.
    """
    tries = [list(denials(segment.text, segment.lang)) for segment, _, _ in places]
    asked = [_questions(place, tried) for place, tried in zip(places, tries, strict=True)]
    cosines = iter(context.similarities([pair for pairs in asked for pair in pairs]))
    return [
        _nearest(place, tried, [next(cosines) for _ in pairs]) if tried else None
        for place, tried, pairs in zip(places, tries, asked, strict=True)
    ]


def _nearest(
    place: Place, tries: Sequence[tuple[int, int, str]], cosines: Sequence[float]
) -> tuple[int, int]:
    """The try that the answers to its questions speak for, with its neighbours."""
    segment, other, denied = place
    expected = denied[0] / max(len(other.text), 1)
    far = max(1 - cosines[0], 0.01)
    marks = []
    for i, (start, end, _) in enumerate(tries):
        sentence, before, after = cosines[1 + 3 * i : 4 + 3 * i]
        order = abs(start / len(segment.text) - expected)
        mark = (sentence - cosines[0]) / far + _NEAR * (after - before) + (after + before) / 2
        word = segment.text[start:end]
        mark += _BEARS * bears_denial(word, segment.lang) - _NAME * (
            word[0].isupper() and start > 0
        )
        marks.append((round(mark - _FAR * order, 3), -i))
    start, end, _ = tries[-max(marks)[1]]
    return _with_neighbours(segment, start, end)


def _with_neighbours(segment: Segment, start: int, end: int) -> tuple[int, int]:
    """The word with the one after it and the one before, as far as little is marked."""
    places = list(word_places(segment.text[: end + _MARKED], segment.lang))
    after = [last for first, last in places if 0 <= first - end <= 1]
    if after and after[0] - start <= _MARKED:
        end = after[0]
    before = [first for first, last in places if 0 <= start - last <= 1]
    if before and end - before[-1] <= _MARKED:
        start = before[-1]
    return start, end


def _questions(place: Place, tries: Sequence[tuple[int, int, str]]) -> list[tuple[Phrase, Phrase]]:
    """The sentence; then for each try the sentence denied there, the words around it, and both."""
    segment, other, denied = place
    text, lang = segment.text, segment.lang
    whole = Phrase(other.text, other.lang)
    first, last = window(other.text, other.lang, *denied)
    there = Phrase(other.text[first:last], other.lang)
    pairs = [(Phrase(text, lang), whole)] if tries else []
    for start, end, denied_word in tries:
        first, last = window(text, lang, start, end)
        pairs += (
            (Phrase(replaced(text, (start, end, denied_word)), lang), whole),
            (Phrase(text[first:last], lang), there),
            (Phrase(text[first:start] + denied_word + text[end:last], lang), there),
        )
    return pairs
