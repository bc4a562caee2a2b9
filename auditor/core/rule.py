"""Rules: what a check promises, and the surroundings that a check may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from auditor.core.alignment import Alignment, Gap, Move, Passage
from auditor.core.document import Segment
from auditor.core.finding import Finding, Severity, Tier, Verdict
from auditor.core.story import Story


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of text with its language, to be compared by meaning."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Near:
    """What is nearest to a word among others, roughly.

    Attributes:
        similarity: cosine to the nearest, -1 to 1; -1 where there are none.
        phrases: the few nearest, the nearest first.
    """

    similarity: float
    phrases: tuple[Phrase, ...]


class Scope(StrEnum):
    """What a check is called with: its `subject`."""

    SEGMENT = "segment"
    """A `Segment`, once for each content segment."""
    BEAD = "bead"
    """A `Bead` of two versions of one text, once for each with two sides."""
    PASSAGE = "passage"
    """A `Passage` that two versions or more share."""
    DOCUMENT = "document"
    """A `Document`."""
    STORY = "story"
    """The `Story`."""


class Context(Protocol):
    """What a check may ask beyond its subject: never the network, never another check."""

    @property
    def story(self) -> Story:
        """The story with its relations."""

    def segments(self, document: str) -> Sequence[Segment]:
        """The content segments of a document, in order: no furniture, nothing hidden."""

    @property
    def alignments(self) -> Sequence[Alignment]:
        """The alignments of all related pairs."""

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages of versions of one text, in reading order."""

    @property
    def gaps(self) -> Sequence[Gap]:
        """What versions of one text lack, or have alone, in reading order."""

    @property
    def moves(self) -> Sequence[Move]:
        """What stands elsewhere in a version of one text than in the others."""

    def passage_of(self, segment: Segment) -> Passage | None:
        """The passage that holds a segment."""

    def counterparts(self, segment: Segment) -> Sequence[Segment]:
        """The segments of other versions of the same text that say the same, by passage."""

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        """Cosine similarity of each pair of texts, -1 to 1, by the run's encoder.

        Each distinct text is encoded once in a run, and kept in the cache. Ask for many
        pairs at a time. Raises `EncodeError` when `can_compare` is False for a language.
        """

    def nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[float]]:
        """For each group the highest similarity of each phrase of its first part to its second.

        For words by the hundred, where pairs would be too many to name. Cosines, -1 to 1; -1
        where the second part is empty. Ask for many groups at a time. Raises `EncodeError` when
        `can_compare` is False for a language.
        """

    def roughly_nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[Near]]:
        """For each group what in its second part is nearest to each word of its first.

        For all words of a text, of which encoding each would cost more than the text: their
        vectors are approximate (cosine .88 with the encoder's own) where the encoder tells what
        it knows of words. Ask for many groups at a time. Raises `EncodeError` when `can_compare`
        is False for a language.
        """

    def can_compare(self, lang: str) -> bool:
        """True when the encoder knows the language."""


Check = Callable[[Any, Context], Iterable[Finding | Verdict]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a check finds, and how much it may be believed.

    Attributes:
        id: `family/defect`, also its place: `checks/family/defect.py`.
        name: a few words for tables and headings.
        mqm: MQM core category, such as `Accuracy/Mistranslation`.
        severity: of a usual finding; a finding may carry its own.
        tier: of its best findings; weak evidence may come as preview.
        scope: what `check` is called with.
        check: the pure function that yields findings.
        yields_to: ids of rules that win when both mark the same characters.
        aliases: former ids, so that baselines survive a renaming.
        languages: base language tags that it can judge, or None for all.
        any_language: True when it also judges text whose language could not be told: garbled
            characters are what hides the language.
        needs_counterpart: True when it compares versions, so that a lone document is
            reported as not checked.
        version: raised whenever the same input may give another result.
    """

    id: str
    name: str
    mqm: str
    severity: Severity
    tier: Tier
    scope: Scope
    check: Check
    yields_to: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] | None = None
    any_language: bool = False
    needs_counterpart: bool = False
    version: int = 1
