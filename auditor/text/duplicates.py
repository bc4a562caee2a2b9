"""Finds passages that a document says twice, word for word or nearly so.

Every few words in a row are remembered with the sentence that had them first; a sentence most of
whose rows come from one earlier sentence repeats it. One pass, whatever the length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.core import BlockKind, Segment
from auditor.lang import base

WORDS, CHARACTERS = 4, 6
"""Words, or Chinese characters, in a row: fewer are the phrases of any text."""
LEAST = 8
"""Rows of a sentence that is long enough: eleven words, thirteen characters."""
SAME = 0.8
"""Share of the rows that one earlier sentence must have had."""
MOST_ROWS = 2000
"""Rows of a sentence that are looked up: a line without a full stop can be a megabyte."""
HEAD = 3
"""Sentences at the top that may return: headline, teaser, summary."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """Neighbouring sentences that earlier ones said already.

    Attributes:
        segments: the later ones, in order.
        earlier: the earlier ones, in order.
        exact: they are the same word for word.
    """

    segments: tuple[Segment, ...]
    earlier: tuple[Segment, ...]
    exact: bool


def find_repeats(segments: Sequence[Segment]) -> Iterator[Repeat]:
    """Yields what a document repeats, neighbours joined.

    Args:
        segments: its sentences in order. Strings, headings and captions repeat by design, and
            so does what the first sentences announce.
    """
    first_with: dict[int, int] = {}
    held: Repeat | None = None
    for at, segment in enumerate(segments):
        if segment.kind is not BlockKind.PARAGRAPH:
            continue
        rows = _rows(segment)
        counts = Counter(first_with[row] for row in rows if row in first_with)
        for row in rows:
            first_with.setdefault(row, at)
        if len(rows) < LEAST or not counts:
            continue
        source, shared = counts.most_common(1)[0]
        if source < HEAD or shared < SAME * len(rows):
            continue
        earlier = segments[source]
        exact = _words(earlier) == _words(segment)
        if held and _follows(held, earlier, segment):
            held = Repeat((*held.segments, segment), (*held.earlier, earlier), held.exact and exact)
            continue
        if held:
            yield held
        held = Repeat((segment,), (earlier,), exact)
    if held:
        yield held


def _follows(held: Repeat, earlier: Segment, later: Segment) -> bool:
    return (
        held.segments[-1].index + 1 == later.index and held.earlier[-1].index + 1 == earlier.index
    )


def _rows(segment: Segment) -> list[int]:
    """Each row of words as a number, the same for the same words."""
    words = _words(segment)
    size = CHARACTERS if base(segment.lang) in ("zh", "ja") else WORDS
    return [
        hash(tuple(words[at : at + size])) for at in range(min(MOST_ROWS, len(words) - size + 1))
    ]


def _words(segment: Segment) -> Sequence[str]:
    text = segment.text.casefold()
    if base(segment.lang) in ("zh", "ja"):
        return [char for char in text if char.isalnum()]
    return _WORD.findall(text)
