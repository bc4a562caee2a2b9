"""The versions of a story as pairs of texts, unit by unit: what translation tools exchange."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from auditor.core import Audit, Segment, Span
from auditor.report.entries import Entry, Report, Version


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
    _held: list[tuple[int, int, int, int, Segment]] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows):
            text = ""
            before = 0
            for segment in row:
                span = segment.span()
                if text:
                    text += self._joint(before, span.start)
                self._held.append((span.start, span.end, number, len(text), segment))
                text += segment.text
                before = span.end
            self._texts.append(text)
        self._held.sort(key=lambda held: held[:4])
        self._ends = [end for _, end, *_ in self._held]

    def _joint(self, start: int, end: int) -> str:
        """White space between two segments: none in Chinese."""
        between = self.version.document.raw[start:end]
        return " " if any(c.isspace() for c in between) else ""

    def _at(self, span: Span) -> Iterator[tuple[int, int, Segment]]:
        find = bisect_right if len(span) else bisect_left
        for start, _, number, at, segment in self._held[find(self._ends, span.start) :]:
            if start >= span.end and not (len(span) == 0 and start == span.start):
                return
            yield number, at, segment
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
        for number, at, segment in self._at(span):
            inside = within(segment, span)
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


def within(segment: Segment, span: Span) -> tuple[int, int] | None:
    """Where a span of the file lies in a segment's text; None where it does not touch it.

    What does not map character by character belongs to it as a whole: half a ligature does
    not exist.
    """
    touched: list[tuple[int, int]] = []
    for run in segment.offsets.runs:
        if run.origin >= span.end if len(span) else run.origin > span.start:
            break
        if run.origin_end < span.start or (len(span) and run.origin_end == span.start):
            continue
        if not run.linear:
            touched.append((run.start, run.end) if len(span) else (run.end, run.end))
            continue
        left = max(span.start, run.origin) - run.origin
        right = min(span.end, run.origin_end) - run.origin
        touched.append((run.start + left, run.start + right))
    if not touched:
        return None
    return touched[0][0], touched[-1][1]
