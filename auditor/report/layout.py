"""The versions side by side: which text stands in which row and column of the page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.core import Audit, BlockKind, Passage, Segment
from auditor.report.marks import Fragment, Mark, Marks, marks_of, point
from auditor.report.shown import Shown


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block, or the part of it that belongs to one passage.

    Attributes:
        kind: the kind of the block.
        note: why it is furniture or hidden; else empty.
        fragments: its text under its marks.
        opens: True when it is the beginning of its block.
    """

    kind: BlockKind
    note: str
    fragments: tuple[Fragment, ...]
    opens: bool = True

    @property
    def findings(self) -> frozenset[int]:
        """Ranks of the findings marked in it."""
        return frozenset(i for f in self.fragments for i in f.findings)


@dataclass(slots=True)
class Cell:
    """What one version says in one row.

    Attributes:
        document: its id.
        paragraphs: in reading order; furniture stands where it stands in the file.
        missing: True when the version has nothing of this passage.
    """

    document: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    missing: bool = False


@dataclass(slots=True)
class Row:
    """One passage in all versions that share it.

    Attributes:
        passage: its index in the story, or None for text before the first passage.
        cells: one for each version of the table, in order.
    """

    passage: int | None
    cells: list[Cell]

    @property
    def opens(self) -> bool:
        """True when a paragraph of some version begins here."""
        return any(p.opens and p.kind.is_content for c in self.cells for p in c.paragraphs)

    @property
    def findings(self) -> frozenset[int]:
        """Ranks of the findings marked in it."""
        return frozenset(i for c in self.cells for p in c.paragraphs for i in p.findings)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Versions of one text as a table, or one article alone.

    Attributes:
        documents: ids of the columns, in story order.
        rows: in reading order.
    """

    documents: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of the page.

    Attributes:
        sheets: one for each independent text, in story order.
        anchors: ids of the marks that can be seen in it.
    """

    sheets: tuple[Sheet, ...]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A range of the file inside one block that stands in one row."""

    start: int
    end: int
    block: int
    passage: int | None


def lay_out(audit: Audit, shown: dict[str, Shown]) -> Layout:
    """Lays the text of every version out in rows, with its marks.

    Args:
        audit: the passages and findings.
        shown: the shown text of each document, by id.
    """
    lineages = audit.story.lineages()
    # An article alone is read as it stands: no rows, no paragraphs cut into sentences.
    compared = {id for documents in lineages if len(documents) > 1 for id in documents}
    held: dict[Segment, int] = {
        s: p.index for p in audit.passages for s in p.segments if s.document in compared
    }
    units = {id: _units(view, audit.segments.get(id, ()), held) for id, view in shown.items()}
    marks = marks_of(audit.findings, shown)
    moved: dict[Mark, int | None] = dict(_omitted(audit, units))
    begun: set[str] = set()
    sheets = []
    for documents in lineages:
        wanted = compared.intersection(documents)
        passages = [p for p in audit.passages if not wanted.isdisjoint(p.documents)]
        rows = _rows(documents, passages)
        index = {row.passage: row for row in rows}
        for column, id in enumerate(documents):
            away = {mark for mark in marks[id] if moved.get(mark, -1) in index}
            laid = Marks(m for m in marks[id] if m not in away)
            _fill(column, shown[id], units[id], laid, index, begun)
            for mark in sorted(away):
                cell = index[moved[mark]].cells[column]
                fragments = (point(mark, begun),)
                cell.paragraphs.append(Paragraph(BlockKind.PARAGRAPH, "", fragments))
        for row in rows:
            for cell in row.cells:
                cell.missing = row.passage is not None and not any(
                    p.kind.is_content and any(f.text for f in p.fragments) for p in cell.paragraphs
                )
        kept = (r for r in rows if r.passage is not None or any(c.paragraphs for c in r.cells))
        sheets.append(Sheet(documents, tuple(kept)))
    return Layout(tuple(sheets), frozenset(begun))


def _rows(documents: Sequence[str], passages: Iterable[Passage]) -> list[Row]:
    indexes = [None, *(p.index for p in passages)]
    return [Row(index, [Cell(id) for id in documents]) for index in indexes]


def _units(view: Shown, segments: Sequence[Segment], held: dict[Segment, int]) -> list[_Unit]:
    """Cuts a document where its text passes from one passage to another."""
    content = sorted(
        (s.span().start, held.get(s)) for s in segments if s.kind.is_content and s.text
    )
    starts = [start for start, _ in content]
    units: list[_Unit] = []
    for block in sorted(range(len(view.ranges)), key=lambda i: view.ranges[i]):
        left, right = view.ranges[block]
        if left == right:
            continue
        if not view.document.blocks[block].kind.is_content:
            units.append(_Unit(left, right, block, None))
            continue
        inside = content[bisect_left(starts, left) : bisect_left(starts, right)] or [(left, None)]
        cuts = [inside[0]]
        cuts += [b for a, b in pairwise(inside) if a[1] != b[1]]
        bounds = [left, *(start for start, _ in cuts[1:]), right]
        units += [
            _Unit(start, end, block, passage)
            for start, end, (_, passage) in zip(bounds, bounds[1:], cuts, strict=False)
        ]
    return units


def _fill(
    column: int,
    view: Shown,
    units: Sequence[_Unit],
    marks: Marks,
    index: dict[int | None, Row],
    begun: set[str],
) -> None:
    """Puts the units of one document into its column; what has no passage stays in place."""
    row = index[None]
    for number, unit in enumerate(units):
        row = index.get(unit.passage, row) if unit.passage is not None else row
        block = view.document.blocks[unit.block]
        # A point between two paragraphs belongs behind the first.
        stop = units[number + 1].start if number + 1 < len(units) else len(view.document.raw) + 1
        same = number + 1 < len(units) and units[number + 1].block == unit.block
        fragments = _fragments(view, unit, marks, begun, max(unit.end, stop), last=not same)
        opens = unit.start == view.ranges[unit.block][0]
        row.cells[column].paragraphs.append(
            Paragraph(block.kind, block.note, tuple(fragments), opens)
        )


def _fragments(
    view: Shown, unit: _Unit, marks: Marks, begun: set[str], stop: int, *, last: bool
) -> list[Fragment]:
    fragments: list[Fragment] = []
    position = unit.start
    for at in marks.points_in(
        unit.start if position else 0, stop if last else unit.end, last=False
    ):
        cut = min(at.start, unit.end)
        for piece in view.pieces(unit.block, position, cut):
            fragments += marks.lay(piece, begun)
        fragments.append(point(at, begun))
        position = max(position, cut)
    for piece in view.pieces(unit.block, position, unit.end):
        fragments += marks.lay(piece, begun)
    return fragments


def _omitted(audit: Audit, units: dict[str, list[_Unit]]) -> dict[Mark, int]:
    """The points that say "a passage is missing here", with that passage.

    The point of an omission lies in the file behind the paragraph before it; on the
    page there is an empty cell beside the text that is missing, and it belongs there.
    """
    starts = {id: [u.start for u in held] for id, held in units.items()}
    present = {p.index: set(p.documents) for p in audit.passages}
    moved: dict[Mark, int] = {}
    for rank, finding in enumerate(audit.findings):
        span = finding.spans[0]
        if len(span):
            continue
        for evidence in finding.evidence:
            id = evidence.span.document
            at = bisect_right(starts[id], evidence.span.start) - 1
            passage = units[id][at].passage if at >= 0 else None
            if passage is not None and span.document not in present[passage]:
                moved[Mark(span.start, span.end, rank)] = passage
                break
    return moved
