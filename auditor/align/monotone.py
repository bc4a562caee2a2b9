"""Aligns two versions of one text: order kept, segments merged or left out where they must be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from auditor.align.coarse import band, probable_pairs
from auditor.align.scores import (
    SHAPES,
    Fit,
    characters,
    fit,
    point_fitness,
    table_fitness,
    tile_scores,
)
from auditor.align.search import Scores, Step, best_path
from auditor.align.skip import START, Fitness, learned_skip
from auditor.align.tiles import Tile, is_small, narrowed
from auditor.align.trust import trusts
from auditor.align.unfinished import unfinished
from auditor.align.vectors import Vectors, unit_pair
from auditor.core import Alignment, Bead, Segment

ROUNDS = 3
"""How often the skip is learned anew: it no longer moves after that."""
NEAR = 16
"""Width of the band around a first alignment that its corrections are searched in."""
KEPT_CELLS = 6_000_000
"""Scores of up to so many lattice points are kept between rounds: 240 MB."""


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
        beads = [Bead((s,), (), 1.0) for s in source] + [Bead((), (t,), 1.0) for t in target]
        return Alignment(*names, tuple(beads), monotone=True)
    tiles = band(left, right)
    pair = fit(
        (left, right),
        (characters(source), characters(target)),
        probable_pairs(left, right, tiles),
        (unfinished(source), unfinished(target)),
    )
    steps, shares = _aligned(pair, tiles)
    return Alignment(*names, _beads(steps, shares, source, target), monotone=True)


def _aligned(pair: Fit, tiles: Sequence[Tile]) -> tuple[list[Step], NDArray[np.float64]]:
    """The best steps with the skip that they themselves suggest, and the trust in each."""
    score, fitness = _scorer(pair, tiles)
    exact = is_small(pair.source.size, pair.target.size)
    skip = START
    steps = best_path(tiles, SHAPES, score, skip)
    for _ in range(ROUNDS):
        learned = learned_skip(fitness, steps)
        if learned is None or abs(learned - skip) < 1e-3:
            break
        skip, before = learned, steps
        near = tiles if exact else narrowed(tiles, _points(steps), NEAR)
        steps = best_path(near, SHAPES, score, skip)
        if steps == before:
            # The same alignment would teach the same skip.
            break
    steps = _settled(steps)
    near = narrowed(tiles, _points(steps), NEAR)
    return steps, trusts(near, SHAPES, score, skip, steps)


def _points(steps: Sequence[Step]) -> NDArray[np.int64]:
    """The lattice points of a path, (steps + 1, 2)."""
    return np.vstack([np.zeros((1, 2), np.int64), np.cumsum(np.array(steps), axis=0)])


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


def _scorer(pair: Fit, tiles: Sequence[Tile]) -> tuple[Callable[[Tile], Scores], Fitness]:
    """Scores of a tile or a part of it, once where all fit into memory; fitness of single beads."""
    at_hand = partial(point_fitness, pair)
    if sum(tile.rows * tile.columns for tile in tiles) > KEPT_CELLS:
        return lambda tile: tile_scores(pair, tile), at_hand
    kept = {tile.first_row: (tile.first_column, tile_scores(pair, tile)) for tile in tiles}

    def part(tile: Tile) -> Scores:
        column, scores = kept[tile.first_row]
        return scores[:, :, tile.first_column - column : tile.last_column - column + 1]

    if all(tile.columns == pair.target.size + 1 for tile in tiles):
        table = np.concatenate([scores for _, scores in kept.values()])
        at_hand = partial(table_fitness, pair, table)
    return part, at_hand


def _beads(
    steps: Sequence[Step],
    shares: NDArray[np.float64],
    source: Sequence[Segment],
    target: Sequence[Segment],
) -> tuple[Bead, ...]:
    ends = np.cumsum(np.array(steps), axis=0)
    scores = np.round(shares, 4)
    return tuple(
        Bead(tuple(source[i - a : i]), tuple(target[j - b : j]), c)
        for (a, b), (i, j), c in zip(steps, ends.tolist(), scores.tolist(), strict=True)
    )
