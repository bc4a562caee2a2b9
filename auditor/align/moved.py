"""Finds text that stands elsewhere in the other version: neither left out nor added.

A monotone alignment can only leave a moved paragraph out on both sides. What it left out on one
side is matched with what it left out on the other, in any order; where sentences stand out as
each other's, the runs they lie in are aligned like two small versions of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from auditor.align.gaps import holds_block
from auditor.align.match import match
from auditor.align.monotone import align_monotone
from auditor.align.vectors import Vectors, unit_pair
from auditor.core import Alignment, Bead, Move, Passage, Segment, Story

HOLE = 1
"""Segments with a counterpart that a run may skip: inside a moved paragraph the aligner pairs a
short sentence with whatever stands opposite."""
SURE = 0.5
"""Trust, 0 to 1, from which a bead between two runs that share a sentence counts."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What one document has without counterpart.

    Attributes:
        segments: those without counterpart, in order.
        vectors: a row for each of them.
        runs: the numbers of the segments of each run of neighbours.
    """

    segments: Sequence[Segment]
    vectors: Vectors
    runs: Sequence[Sequence[int]]

    @classmethod
    def of(cls, lone: Sequence[int], segments: Sequence[Segment], vectors: Vectors) -> _Side:
        """The segments at some places, cut into runs."""
        cuts = np.flatnonzero(np.diff(lone) > HOLE + 1) + 1
        runs = [part.tolist() for part in np.split(np.arange(len(lone)), cuts)]
        return cls([segments[at] for at in lone], vectors[list(lone)], runs)


def align_versions(
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_vectors: Vectors,
    target_vectors: Vectors,
) -> Alignment:
    """Aligns two versions of one text, in order but for what moved.

    Args:
        source: content segments of one document, in order.
        target: content segments of the other, in order.
        source_vectors: unit rows, float32 (n, d).
        target_vectors: float32 (m, d).

    Returns:
        The beads of `align_monotone`; of its beads with an empty side, those that say the same
        elsewhere are joined and marked as moved. Every segment is in exactly one bead.

    Raises:
        AlignError: see `align_monotone`.
    """
    alignment = align_monotone(source, target, source_vectors, target_vectors)
    left, right = unit_pair(source, target, source_vectors, target_vectors)
    matched = {s for b in alignment.beads if b.source and b.target for s in b.source + b.target}
    one, other = (
        _Side.of([at for at, s in enumerate(own) if s not in matched], own, vectors)
        for own, vectors in ((source, left), (target, right))
    )
    found = _crossing(one, other) if one.segments and other.segments else []
    if not found:
        return alignment
    first = {bead.source[0]: bead for bead in found}
    taken = {s for bead in found for s in bead.source + bead.target}
    beads: list[Bead] = []
    for bead in alignment.beads:
        if not taken.intersection(bead.source + bead.target):
            beads.append(bead)
        elif bead.source and bead.source[0] in first:
            beads.append(first[bead.source[0]])
    return Alignment(alignment.source, alignment.target, tuple(beads), monotone=True)


def _crossing(one: _Side, other: _Side) -> list[Bead]:
    """Beads between segments without counterpart; none holds a segment twice."""
    seeds = match(one.segments, other.segments, one.vectors, other.vectors).beads
    run_of = {
        side.segments[at]: number
        for side in (one, other)
        for number, run in enumerate(side.runs)
        for at in run
    }
    pairs = Counter((run_of[b.source[0]], run_of[b.target[0]]) for b in seeds)
    beads: list[Bead] = []
    taken: set[Segment] = set()
    for left, right in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        beads += _free(_between(one, one.runs[left], other, other.runs[right]), taken)
    # A sentence that crosses the others of its run is right by itself.
    beads += _free(seeds, taken)
    return [Bead(bead.source, bead.target, bead.score, moved=True) for bead in beads]


def _free(beads: Sequence[Bead], taken: set[Segment]) -> Iterator[Bead]:
    """The beads that hold nothing taken, which they then take."""
    for bead in beads:
        if not taken.intersection(bead.source + bead.target):
            taken.update(bead.source + bead.target)
            yield bead


def _between(one: _Side, lefts: Sequence[int], other: _Side, rights: Sequence[int]) -> list[Bead]:
    """The sure beads of two runs, as versions of one text."""
    alignment = align_monotone(
        [one.segments[at] for at in lefts],
        [other.segments[at] for at in rights],
        one.vectors[list(lefts)],
        other.vectors[list(rights)],
    )
    return [
        bead
        for bead in alignment.beads
        if bead.source and bead.target and bead.score >= SURE and _is_together(bead)
    ]


def _is_together(bead: Bead) -> bool:
    """True when the segments of each side are neighbours."""
    return all(side[-1].index - side[0].index < len(side) for side in (bead.source, bead.target))


def find_moves(
    story: Story, segments: Mapping[str, Sequence[Segment]], passages: Sequence[Passage]
) -> tuple[Move, ...]:
    """Finds the stretches that stand elsewhere in one version than in another.

    A version is judged by the declared source of its text. Without one, what stands elsewhere in
    it than in most versions moved; of two versions the later one is named.

    Args:
        story: relations known.
        segments: the content segments of each document that was aligned.
        passages: across those documents.

    Returns:
        Moves in the order of the documents, then in reading order.
    """
    found: list[Move] = []
    for lineage in story.lineages():
        ids = tuple(id for id in lineage if segments.get(id))
        source = story.source if story.source in ids else None
        moved = [p for p in passages if p.moved and set(p.documents) & set(ids)]
        for id in ids:
            parts = [
                _Part(passage.of(id), passage.of(judge), passage.confidence)
                for passage in moved
                if (judge := _judge(passage, id, ids, source))
            ]
            judged = source is not None or len(ids) > 2
            found += [_move(run, segments, judged=judged) for run in _stretches(parts)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Part:
    """One passage that moved: its segments here and there, and how sure it is."""

    here: tuple[Segment, ...]
    there: tuple[Segment, ...]
    confidence: float

    def goes_on(self, before: _Part) -> bool:
        """True when it follows another part on both sides."""
        return (
            before.there[0].document == self.there[0].document
            and 0 < self.here[0].index - before.here[-1].index <= HOLE + 1
            and 0 < self.there[0].index - before.there[-1].index <= HOLE + 1
        )


def _judge(passage: Passage, id: str, ids: Sequence[str], source: str | None) -> str | None:
    """The version that shows that a passage stands elsewhere in another, or None."""
    having = [other for other in ids if other in passage.documents]
    if id not in having or id == source:
        return None
    if source is not None:
        crosses = source in having and (id in passage.moved) != (source in passage.moved)
        return source if crosses else None
    if len(ids) == 2:
        return ids[0] if having == list(ids) and id == ids[1] else None
    still = [other for other in having if other not in passage.moved]
    return still[0] if still and id in passage.moved else None


def _stretches(parts: Sequence[_Part]) -> list[list[_Part]]:
    """The parts in reading order, those together that follow one another on both sides."""
    runs: list[list[_Part]] = []
    for part in sorted(parts, key=lambda part: part.here[0].index):
        if runs and part.goes_on(runs[-1][-1]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _move(run: Sequence[_Part], segments: Mapping[str, Sequence[Segment]], *, judged: bool) -> Move:
    here = tuple(s for part in run for s in part.here)
    there = tuple(s for part in run for s in part.there)
    against = there[0].document
    before = there[0].index - 1
    sizes = [max(1, sum(len(s.text) for s in part.here)) for part in run]
    return Move(
        document=here[0].document,
        here=here,
        against=against,
        there=there,
        after=segments[against][before] if before >= 0 else None,
        confidence=round(float(np.average([p.confidence for p in run], weights=sizes)), 4),
        whole_block=holds_block(here, segments[here[0].document]),
        judged=judged,
    )
