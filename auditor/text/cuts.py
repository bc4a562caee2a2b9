"""Tells a version that was shortened from one that lost text here and there.

An editor who shortens drops the end, or whole stretches of it; what is lost by accident or by
carelessness is a paragraph here and a sentence there. Both are missing, but a reader wants to
hear of the first once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.core import Gap, Segment
from auditor.text.gaps import certainty, english_letters

SHARE = 0.2
"""Share of the other version's letters that is missing in long stretches, from which a version
is shortened."""

PARAGRAPHS = 3
"""Neighbouring paragraphs from which a stretch is long; at the end one less."""

SENTENCES = 6
"""The same for a text that is not cut into paragraphs."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What one version left out on purpose, as far as one can tell.

    Attributes:
        document: the version.
        against: the version that has it all.
        gaps: the long stretches that are missing, in reading order.
        places: for each the first and last of its paragraphs or sentences, counted from 1.
        total: paragraphs or sentences of the whole text.
        paragraphs: True where paragraphs are counted, False for sentences.
        share: of the letters that are missing in these stretches, 0 to 1.
    """

    document: str
    against: str
    gaps: tuple[Gap, ...]
    places: tuple[tuple[int, int], ...]
    total: int
    paragraphs: bool
    share: float


def cuts(gaps: Sequence[Gap], segments: Callable[[str], Sequence[Segment]]) -> tuple[Cut, ...]:
    """The versions that were shortened.

    Args:
        gaps: of all versions.
        segments: gives the content segments of a document.
    """
    lacking: dict[tuple[str, str], list[tuple[Gap, tuple[Segment, ...]]]] = {}
    for gap in gaps:
        if not gap.added and certainty(gap) > 0:
            stretch = next((s for s in gap.stretches if s[0].document in gap.against), ())
            if stretch:
                key = gap.document, stretch[0].document
                lacking.setdefault(key, []).append((gap, stretch))
    found = (_cut(document, segments(other), own) for (document, other), own in lacking.items())
    return tuple(cut for cut in found if cut is not None)


def _cut(
    document: str, text: Sequence[Segment], lacking: Sequence[tuple[Gap, tuple[Segment, ...]]]
) -> Cut | None:
    """The cut that a version's gaps make in the text of another version, or None."""
    sizes = Counter(s.block for s in text)
    number = {block: at for at, block in enumerate(sizes, 1)}
    long: list[tuple[Gap, tuple[Segment, ...], list[int]]] = []
    for gap, stretch in lacking:
        held = Counter(s.block for s in stretch)
        whole = [number[block] for block, count in held.items() if count == sizes[block]]
        at_end = stretch[-1].index == text[-1].index
        if len(whole) >= PARAGRAPHS - at_end or len(stretch) >= SENTENCES:
            long.append((gap, stretch, whole))
    share = sum(english_letters(stretch) for _, stretch, _ in long) / english_letters(text)
    if share < SHARE:
        return None
    paragraphs = all(whole for _, _, whole in long)
    return Cut(
        document,
        text[0].document,
        tuple(gap for gap, _, _ in long),
        tuple(
            (whole[0], whole[-1]) if paragraphs else (stretch[0].index + 1, stretch[-1].index + 1)
            for _, stretch, whole in long
        ),
        len(sizes) if paragraphs else len(text),
        paragraphs,
        round(share, 2),
    )
