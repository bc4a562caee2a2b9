"""How likely a version of a story is spun, with all that its words and the other versions say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.core import Context, Document, Segment
from auditor.lang import base
from auditor.text import likeness, spun
from auditor.text.doubts_beside import beside
from auditor.text.spun import Judgment
from auditor.text.substitution import Reading

SUSPECT = 0.5
"""Probability, by its own words, from which a version is no witness of what another one says."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A version with the verdict on it.

    Attributes:
        segments: its sentences in its own language, in order.
        readings: of each, with what the other versions say of its words.
        judgment: of all of them.
    """

    segments: tuple[Segment, ...]
    readings: tuple[Reading, ...]
    judgment: Judgment

    def spun_parts(self, lang: str) -> list[tuple[int, int]]:
        """The readings `[first, last)` of each part called spun; one part where all of it is."""
        found = list(spun.parts(self.readings, [s.block for s in self.segments], lang))
        mixed = found and spun.is_mixed(self.readings, found, lang)
        if self.judgment.is_spun and not mixed:
            return [(0, len(self.readings))]
        return found


def judged(document: Document, context: Context) -> Judged:
    """What is known of a version, where its language is judged.

    Args:
        document: the version.
        context: gives its sentences, their counterparts and similarities.
    """
    segments = _own(document, context)
    readings = _read(segments)
    alone = spun.judge(readings, document.lang)
    fall = likeness.fall(document.id, context)
    if alone.strength >= spun.ordinary(document.lang):
        readings = beside(segments, readings, context, _witnesses(document, context))
    return Judged(segments, readings, spun.judge(readings, document.lang, fall))


def _witnesses(document: Document, context: Context) -> frozenset[str]:
    """The versions beside it whose own words read as sound, or that nobody can judge."""
    others = (other for other in context.story.documents if other.id != document.id)
    return frozenset(
        other.id
        for other in others
        if not spun.judges(other.lang)
        or spun.judge(_read(_own(other, context)), other.lang).probability < SUSPECT
    )


def _own(document: Document, context: Context) -> tuple[Segment, ...]:
    every = context.segments(document.id)
    return tuple(s for s in every if base(s.lang) == base(document.lang))


def _read(segments: Sequence[Segment]) -> tuple[Reading, ...]:
    return tuple(spun.read(segment.text, segment.lang) for segment in segments)
