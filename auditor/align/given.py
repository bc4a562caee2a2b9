"""Alignments as a person gave them, in place of computed ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from auditor.align.notation import PassageTable
from auditor.core import Alignment, Bead, Segment, Span


def given_alignment(
    table: PassageTable, source: Sequence[Segment], target: Sequence[Segment]
) -> Alignment:
    """The beads of two versions that a table of passages gives.

    A segment belongs to the passage that holds most of its characters; one that none holds has
    no counterpart.

    Args:
        table: names the documents of both sides.
        source: content segments of one version, at least one, in order.
        target: of the other, at least one.

    Returns:
        A monotone alignment in which every segment is in exactly one bead; given beads score 1.
    """
    names = source[0].document, target[0].document
    sides = [_rows_of(table, segments) for segments in (source, target)]
    beads: list[Bead] = []
    for row in range(len(table.rows)):
        left, right = (side.get(row, ()) for side in sides)
        beads += _beads(left, right)
    # What no passage holds has the row -1.
    beads += [Bead((s,), (), 0.0) for s in sides[0].get(-1, ())]
    beads += [Bead((), (s,), 0.0) for s in sides[1].get(-1, ())]
    beads.sort(key=lambda b: (b.source[0].index if b.source else len(source), b.target == ()))
    return Alignment(*names, tuple(beads), monotone=True)


def _beads(left: tuple[Segment, ...], right: tuple[Segment, ...]) -> list[Bead]:
    if left and right:
        return [Bead(left, right, 1.0)]
    return [Bead((s,), (), 0.0) for s in left] + [Bead((), (s,), 0.0) for s in right]


def _rows_of(table: PassageTable, segments: Sequence[Segment]) -> dict[int, tuple[Segment, ...]]:
    """The segments of each row of the table, by its number; -1 for those of none."""
    column = table.documents.index(segments[0].document)
    ranges = sorted(
        (span.start, span.end, number)
        for number, row in enumerate(table.rows)
        for span in row.spans[column]
    )
    starts = [start for start, _, _ in ranges]
    found: dict[int, list[Segment]] = {}
    for segment in segments:
        found.setdefault(_row(segment.span(), ranges, starts), []).append(segment)
    return {row: tuple(own) for row, own in found.items()}


def _row(span: Span, ranges: Sequence[tuple[int, int, int]], starts: Sequence[int]) -> int:
    best, row = 0, -1
    at = max(0, bisect_right(starts, span.start) - 1)
    while at < len(ranges) and ranges[at][0] < span.end:
        start, end, number = ranges[at]
        shared = min(end, span.end) - max(start, span.start)
        if shared > best:
            best, row = shared, number
        at += 1
    return row
