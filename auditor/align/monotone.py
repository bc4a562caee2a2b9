"""Aligns two versions of one text: order kept, segments merged or left out where they must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from auditor.align.coarse import band, probable_pairs
from auditor.align.scores import SHAPES, Fit, characters, fit, point_fitness, tile_scores
from auditor.align.search import Scores, Step, best_path
from auditor.align.skip import START, learned_skip
from auditor.align.tiles import Tile
from auditor.align.vectors import Vectors, unit_pair
from auditor.core import Alignment, Bead, Segment

ROUNDS = 3
"""How often the skip is learned anew: it no longer moves after that."""
KEPT_CELLS = 6_000_000
"""Scores of up to so many lattice points are kept between rounds: 240 MB."""
CENTRE, SLOPE = 0.25, 20.0
"""The score of a bead is the logistic function of its fitness with these.

Fitted to beads of news documents and to beads forced between unrelated ones, for a pair in
which nine beads of ten are right.
"""


def align_monotone(
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_vectors: Vectors,
    target_vectors: Vectors,
) -> Alignment:
    """Finds which segments of two versions of one text say the same thing.

    Args:
        source: content segments of one document, in order.
        target: content segments of the other, in order.
        source_vectors: one unit row per source segment, float32 (n, d).
        target_vectors: one unit row per target segment, float32 (m, d).

    Returns:
        Beads of 1 to 4 segments a side, or of one segment without counterpart, in
        order; every segment is in exactly one. The result depends on nothing but
        the arguments.

    Raises:
        AlignError: vectors do not fit the segments or one another, or hold values
            that are not finite.
    """
    left, right = unit_pair(source, target, source_vectors, target_vectors)
    names = (source[0].document if source else "", target[0].document if target else "")
    if not source or not target:
        beads = [Bead((s,), (), 0.0) for s in source] + [Bead((), (t,), 0.0) for t in target]
        return Alignment(*names, tuple(beads), monotone=True)
    tiles = band(left, right)
    pair = fit(
        (left, right),
        (characters(source), characters(target)),
        probable_pairs(left, right, tiles),
    )
    steps = _aligned(pair, tiles)
    return Alignment(*names, _beads(pair, steps, source, target), monotone=True)


def _aligned(pair: Fit, tiles: Sequence[Tile]) -> list[Step]:
    """The best steps with the skip that they themselves suggest."""
    score = _scorer(pair, tiles)
    skip = START
    steps = best_path(tiles, SHAPES, score, skip)
    for _ in range(ROUNDS):
        learned = learned_skip(pair, steps)
        if learned is None or abs(learned - skip) < 1e-3:
            break
        skip, before = learned, steps
        steps = best_path(tiles, SHAPES, score, skip)
        if steps == before:
            # The same alignment would teach the same skip.
            break
    return _settled(steps)


def _settled(steps: Sequence[Step]) -> list[Step]:
    """The steps with the source first wherever both sides leave segments out at one place.

    Their order changes no score, so that rounding would decide it.
    """
    settled = list(steps)
    begin = 0
    for at, step in enumerate([*steps, (1, 1)]):
        if min(step):
            settled[begin:at] = sorted(settled[begin:at], reverse=True)
            begin = at + 1
    return settled


def _scorer(pair: Fit, tiles: Sequence[Tile]) -> Callable[[Tile], Scores]:
    """Scores of a tile, computed once where all of them fit into memory."""
    if sum(tile.rows * tile.columns for tile in tiles) > KEPT_CELLS:
        return lambda tile: tile_scores(pair, tile)
    kept = {tile: tile_scores(pair, tile) for tile in tiles}
    return kept.__getitem__


def _beads(
    pair: Fit, steps: Sequence[Step], source: Sequence[Segment], target: Sequence[Segment]
) -> tuple[Bead, ...]:
    ends = np.cumsum(np.array(steps), axis=0)
    confidence = np.zeros(len(steps))
    for shape in SHAPES:
        here = [k for k, step in enumerate(steps) if step == shape]
        if here:
            raw = point_fitness(pair, shape, ends[here, 0] - 1, ends[here, 1] - 1)
            confidence[here] = 1 / (1 + np.exp(-SLOPE * (raw - CENTRE)))
    return tuple(
        Bead(tuple(source[i - a : i]), tuple(target[j - b : j]), round(float(c), 4))
        for (a, b), (i, j), c in zip(steps, ends.tolist(), confidence, strict=True)
    )
