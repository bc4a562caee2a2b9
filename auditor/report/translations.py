"""The versions of a story as pairs of texts, unit by unit: what translation tools exchange."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.core import Audit, Segment, Span
from auditor.report.entries import Entry, Report, Version
from auditor.report.shown import Shown


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding at a place of a unit's text; `start == end` for a point."""

    start: int
    end: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a unit.

    Attributes:
        text: the segments as one text; empty where this version has nothing.
        issues: findings in it, the outer before the inner.
    """

    text: str = ""
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Texts that translate each other; `target` is None where there is no second language.

    Attributes:
        score: how sure the alignment is, 0 to 1; None for a text on its own.
    """

    source: Side
    target: Side | None
    score: float | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two versions, or one on its own.

    Attributes:
        source: the version that the other is compared with.
        target: the other; None for a version that has no counterpart.
        units: in reading order of the source.
        notes: findings that no unit can show: about the whole text, or outside its sentences.
    """

    source: Version
    target: Version | None
    units: tuple[Unit, ...]
    notes: tuple[Entry, ...]


_Row = tuple[tuple[Segment, ...], tuple[Segment, ...] | None, float | None]


def exchanges(report: Report) -> Iterator[Exchange]:
    """Each version with the source of its text; with the first one where none is declared."""
    for number, audit in enumerate(report.audits):
        entries = [e for e in report.entries if e.audit == number]
        for lineage in audit.story.lineages():
            declared = audit.story.source
            pivot = declared if declared in lineage else lineage[0]
            others = [id for id in lineage if id != pivot]
            source = report.version(number, pivot)
            for other in others:
                rows = _rows(audit, pivot, other)
                yield _exchange(source, report.version(number, other), rows, entries)
            if not others:
                alone: list[_Row] = [((s,), None, None) for s in audit.segments.get(pivot, ())]
                yield _exchange(source, None, alone, entries)


def _rows(audit: Audit, source: str, target: str) -> list[_Row]:
    for alignment in audit.alignments:
        if {alignment.source, alignment.target} == {source, target} and alignment.monotone:
            if alignment.source == source:
                return [(b.source, b.target, b.score) for b in alignment.beads]
            return [(b.target, b.source, b.score) for b in alignment.beads]
    # Passages made by hand come without beads.
    return [
        (p.of(source), p.of(target), p.confidence)
        for p in audit.passages
        if p.of(source) or p.of(target)
    ]


def _exchange(
    source: Version, target: Version | None, rows: Sequence[_Row], entries: Iterable[Entry]
) -> Exchange:
    sides = [_Text(source, [row[0] for row in rows])]
    if target is not None:
        sides.append(_Text(target, [row[1] or () for row in rows]))
    notes = [entry for entry in entries if not _place(entry, sides)]
    ids = {side.version.document.id for side in sides}
    made = [side.sides() for side in sides]
    units = tuple(
        Unit(made[0][i], made[1][i] if target is not None else None, row[2])
        for i, row in enumerate(rows)
    )
    told = (entry for entry in notes if entry.version.document.id in ids)
    return Exchange(source, target, units, tuple(told))


def _place(entry: Entry, sides: Sequence[_Text]) -> bool:
    """Marks a finding in the units where it lies; False where it lies in none."""
    finding = entry.finding
    if not any(side.version.document.id == finding.spans[0].document for side in sides):
        return False
    spans = finding.spans
    if not len(spans[0]):
        # An omission is best seen at the text that has no counterpart.
        lonely = [
            e.span
            for e in finding.evidence
            for side, other in zip(sides, reversed(sides), strict=True)
            if side.version.document.id == e.span.document and side.alone(e.span, other)
        ]
        spans = tuple(lonely) or spans
    placed = [side.mark(span, entry) for span in spans for side in sides]
    return any(placed)


@dataclass(slots=True)
class _Text:
    """One side of all units, on which findings are laid."""

    version: Version
    rows: list[tuple[Segment, ...]]
    _issues: dict[int, list[Issue]] = field(default_factory=dict)
    _texts: list[str] = field(default_factory=list)
    _held: list[tuple[int, int, int, int, Cut]] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            text = ""
            before = 0
            for segment in row:
                span = segment.span()
                made = cut(self.version.shown, segment)
                if text:
                    between = self.version.document.raw[before : span.start]
                    spaced = any(c.isspace() for c in between)
                    text += _space(text[-1:], made.text[:1]) if spaced else ""
                self._held.append((span.start, span.end, number, len(text), made))
                text += made.text
                before = span.end
            self._texts.append(text)
        self._held.sort(key=lambda held: held[:4])
        self._ends = [end for _, end, *_ in self._held]

    def _at(self, span: Span) -> Iterator[tuple[int, int, Cut]]:
        find = bisect_right if len(span) else bisect_left
        for start, _, number, at, made in self._held[find(self._ends, span.start) :]:
            if start >= span.end and not (len(span) == 0 and start == span.start):
                return
            yield number, at, made
            if not len(span):
                return

    def alone(self, span: Span, other: _Text) -> bool:
        """True when the units of a span have no text on the other side."""
        return any(not other._texts[number] for number, *_ in self._at(span))

    def mark(self, span: Span, entry: Entry) -> bool:
        """Lays a finding on the units that its span touches; False where it touches none."""
        document = self.version.document
        if span.document != document.id or document.is_whole(span):
            return False
        marked = False
        for number, at, made in self._at(span):
            inside = made.within(span)
            if inside is None:
                continue
            issue = Issue(at + inside[0], at + inside[1], entry)
            self._issues.setdefault(number, []).append(issue)
            marked = True
        return marked

    def sides(self) -> list[Side]:
        """The texts with their findings, the outer before the inner."""
        return [
            Side(text, tuple(sorted(self._issues.get(i, ()), key=lambda x: (x.start, -x.end))))
            for i, text in enumerate(self._texts)
        ]


@dataclass(frozen=True, slots=True)
class Cut:
    """The text of a segment as its file has it, each piece with its place in the file.

    The segment's own text is normalised for comparing: there every apostrophe is straight.

    Attributes:
        text: what a reader sees; a line end within a paragraph is a space.
        pieces: `(start, end, origin, origin_end)`: ranges of `text` and of the file, in order.
            Those of equal length map letter by letter, others as a whole: half an entity does
            not exist.
    """

    text: str
    pieces: tuple[tuple[int, int, int, int], ...]

    def within(self, span: Span) -> tuple[int, int] | None:
        """Where a span of the file lies in the text; None where it does not touch it."""
        touched: list[tuple[int, int]] = []
        for start, end, origin, origin_end in self.pieces:
            if origin >= span.end if len(span) else origin > span.start:
                break
            if origin_end < span.start or (len(span) and origin_end == span.start):
                continue
            if end - start != origin_end - origin:
                touched.append((start, end) if len(span) else (end, end))
                continue
            left = max(span.start, origin) - origin
            right = min(span.end, origin_end) - origin
            touched.append((start + left, start + right))
        return (touched[0][0], touched[-1][1]) if touched else None


def cut(shown: Shown, segment: Segment) -> Cut:
    """The text of a segment, cut from its file."""
    span = segment.span()
    text = ""
    pieces: list[tuple[int, int, int, int]] = []
    for piece in shown.pieces(segment.block, span.start, span.end):
        if not piece.linear:
            pieces.append((len(text), len(text) + len(piece.text), piece.start, piece.end))
            text += piece.text
            continue
        position = 0
        for found in _BREAK.finditer(piece.text):
            plain = piece.text[position : found.start()]
            at = piece.start + position
            pieces.append((len(text), len(text) + len(plain), at, at + len(plain)))
            text += plain
            space = _space(text[-1:], piece.text[found.end() : found.end() + 1])
            pieces.append(
                (len(text), len(text) + len(space), at + len(plain), piece.start + found.end())
            )
            text += space
            position = found.end()
        rest = piece.text[position:]
        pieces.append((len(text), len(text) + len(rest), piece.start + position, piece.end))
        text += rest
    return Cut(text, tuple(piece for piece in pieces if piece[2] < piece[3]))


_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
"""A line end within a paragraph, with the indentation of a web page around it."""


def _space(before: str, behind: str) -> str:
    """What stands for a line end between two characters: nothing in Chinese."""
    return "" if before and behind and _is_wide(before) and _is_wide(behind) else " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
