"""Which segments say the same thing: beads between two versions, passages across all."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.core.document import Segment
from auditor.core.span import Span


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments of a source and of a target that translate each other.

    One side may be empty: an omission (no target) or an addition (no source).

    Attributes:
        source: neighbouring segments of the source document.
        target: neighbouring segments of the target document.
        score: how sure it is, 0 to 1, also where a side is empty; 1 for a bead made by hand.
        moved: True when it crosses the other beads: the text stands elsewhere in the target.
    """

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    score: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of two documents.

    Attributes:
        source: id of the source document.
        target: id of the target document.
        beads: in source order. In a monotone alignment every content segment of both
            documents is in exactly one bead, and beads cross only where they say that the
            text moved; in an order-free one only matched segments appear.
        monotone: True when both documents are versions of one text.
    """

    source: str
    target: str
    beads: tuple[Bead, ...]
    monotone: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """The segments of every version that say the same thing, one group per document.

    Attributes:
        index: its number in the story, from 0, in reading order.
        segments: sorted by document (story order), then by index.
        confidence: 0 to 1, the weakest link that holds it together; 1 for a single version.
        moved: the documents, sorted, in which it stands elsewhere than in the others.
    """

    index: int
    segments: tuple[Segment, ...]
    confidence: float
    moved: tuple[str, ...] = ()

    def of(self, document: str) -> tuple[Segment, ...]:
        """The segments of one document, in order; empty when it has none here."""
        return tuple([s for s in self.segments if s.document == document])

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that have this passage, in story order."""
        return tuple(dict.fromkeys(s.document for s in self.segments))


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of text that one version lacks, or that one version alone has.

    Attributes:
        document: the version that lacks it, or that has it alone.
        added: True when the version has it alone, False when it lacks it.
        place: where to look in that version: an empty span where something is missing.
        stretches: the missing or added segments, neighbours in reading order, one tuple for each
            document that has them.
        against: the versions it was judged by; one when nobody can say which of two is wrong.
        whole_block: True when a whole paragraph is concerned, False for sentences of one.
        nearest: the highest similarity of the stretch to anything in the versions without
            it, 0 to 1: high when it only moved or was merged.
        usual: the median similarity of segments that do correspond in these versions.
        opposed: True when at the same place the other side has unmatched text too: then the two
            may well be each other's translation, too free for the aligner to see.
        judged: True when a declared source or a majority says who is wrong.
    """

    document: str
    added: bool
    place: Span
    stretches: tuple[tuple[Segment, ...], ...]
    against: tuple[str, ...]
    whole_block: bool
    nearest: float
    usual: float
    opposed: bool
    judged: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A stretch of text that stands elsewhere in one version than in another.

    Attributes:
        document: the version that is judged.
        here: its segments there, in order.
        against: the version it is judged by.
        there: the segments of that version that say the same, in order.
        after: what stands right before them there; None at the beginning.
        confidence: 0 to 1, how sure it is that both say the same.
        whole_block: True when a whole paragraph moved, False for sentences of one.
        judged: True when a declared source or a majority says where it belongs.
    """

    document: str
    here: tuple[Segment, ...]
    against: str
    there: tuple[Segment, ...]
    after: Segment | None
    confidence: float
    whole_block: bool
    judged: bool
