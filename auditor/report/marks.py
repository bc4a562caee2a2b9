"""Findings and evidence laid over the text of one document, cut where they overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from auditor.core import Finding
from auditor.report.shown import Piece, Shown

# A thousand findings on one character help nobody: the highest ranked are marked.
LAYERS = 12


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A range of one document that a finding marks or quotes.

    Attributes:
        start: first code point in the file.
        end: one past the last; equal to `start` for a point.
        finding: the rank of the finding, from 0.
        evidence: the number of the piece of evidence, from 0; -1 for the finding itself.
        place: the number of the span among the finding's, from 0; 0 for evidence.
    """

    start: int
    end: int
    finding: int
    evidence: int = -1
    place: int = 0

    @property
    def anchor(self) -> str:
        """The id of the element where the mark begins in the page."""
        if self.evidence >= 0:
            return f"e{self.finding}-{self.evidence}"
        return f"m{self.finding}" if not self.place else f"m{self.finding}-{self.place}"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of shown text under the same marks, or a point between two characters.

    Attributes:
        text: what is shown; empty for a point.
        findings: ranks of the findings that mark it, the highest first.
        quotes: ranks of the findings that quote it as evidence.
        anchors: ids of the marks that begin here.
        first: True when a finding in `findings` begins here.
    """

    text: str
    findings: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    first: bool = False

    @property
    def is_point(self) -> bool:
        """True for a place between two characters, such as that of an omission."""
        return not self.text and bool(self.findings or self.quotes)


@dataclass(frozen=True, slots=True)
class _Layer:
    """A stretch of the file under the same marks."""

    start: int
    end: int
    marks: tuple[Mark, ...]


class Marks:
    """All marks of one document, ready to be laid over pieces of its text."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        ordered = sorted(marks)
        self.points = [m for m in ordered if m.start == m.end]
        self._point_starts = [m.start for m in self.points]
        self._layers = list(_layers([m for m in ordered if m.start < m.end]))
        self._ends = [layer.end for layer in self._layers]

    def points_in(self, start: int, end: int, *, last: bool) -> list[Mark]:
        """The points in `[start, end)`, and at `end` too when nothing follows."""
        left = bisect_left(self._point_starts, start)
        find = bisect_right if last else bisect_left
        return self.points[left : find(self._point_starts, end)]

    def lay(self, piece: Piece, begun: set[str]) -> Iterator[Fragment]:
        """The fragments of a piece.

        Args:
            piece: shown text with its place.
            begun: anchors given out so far; those of this piece are added.
        """
        if not piece.text:
            return
        position = piece.start
        for layer in self._layers[bisect_right(self._ends, piece.start) :]:
            if layer.start >= piece.end:
                break
            if not piece.linear:
                # Half an entity does not exist: the whole of it is marked.
                yield _marked(piece.text, layer.marks, begun)
                return
            left, right = max(layer.start, piece.start), min(layer.end, piece.end)
            if position < left:
                yield Fragment(piece.text[position - piece.start : left - piece.start])
            text = piece.text[left - piece.start : right - piece.start]
            yield _marked(text, layer.marks, begun)
            position = right
        if position == piece.start:
            yield Fragment(piece.text)
        elif position < piece.end:
            yield Fragment(piece.text[position - piece.start :])


def point(mark: Mark, begun: set[str]) -> Fragment:
    """The fragment of a place between two characters."""
    return _marked("", (mark,), begun)


def marks_of(findings: Iterable[Finding], shown: dict[str, Shown]) -> dict[str, list[Mark]]:
    """The marks of every document; spans that mean a whole document make none."""
    held: dict[str, list[Mark]] = {id: [] for id in shown}
    for rank, finding in enumerate(findings):
        for place, span in enumerate(finding.spans):
            if not shown[span.document].is_whole(span):
                held[span.document].append(Mark(span.start, span.end, rank, -1, place))
        for number, evidence in enumerate(finding.evidence):
            span = evidence.span
            if not shown[span.document].is_whole(span):
                held[span.document].append(Mark(span.start, span.end, rank, number))
    return held


def _marked(text: str, marks: tuple[Mark, ...], begun: set[str]) -> Fragment:
    new = [m for m in marks if m.anchor not in begun]
    begun.update(m.anchor for m in new)
    return Fragment(
        text,
        tuple(dict.fromkeys(m.finding for m in marks if m.evidence < 0)),
        tuple(dict.fromkeys(m.finding for m in marks if m.evidence >= 0)),
        tuple(m.anchor for m in new),
        first=any(m.evidence < 0 for m in new),
    )


def _layers(marks: list[Mark]) -> Iterator[_Layer]:
    """Sweeps over the marks: a new layer wherever one begins or ends."""
    events = sorted(
        [(m.start, 1, i) for i, m in enumerate(marks)]
        + [(m.end, 0, i) for i, m in enumerate(marks)]
    )
    active: list[tuple[int, int]] = []
    position = 0
    for at, begins, i in events:
        if active and position < at:
            yield _Layer(position, at, tuple(marks[k] for _, k in active[:LAYERS]))
        position = at
        entry = (marks[i].finding, i)
        if begins:
            insort(active, entry)
        else:
            active.pop(bisect_left(active, entry))
