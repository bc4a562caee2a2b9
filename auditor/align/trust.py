"""How sure each step of an alignment is, against all other alignments of the same pair.

Every path through the lattice gets a weight, the exponential of its score; the trust in a
step is the share of the weight that goes through it. Two forward sums, from both ends,
give it for all steps at once.

Source: forward-backward algorithm, Baum et al. 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.align.search import HALO, Scores, Shape, Step, carry
from auditor.align.tiles import Tile

SHARPNESS = 20.0
"""Log weight of a path for one unit of its score."""
_NEVER = -1e30
Floats = NDArray[np.float64]


def trusts(
    tiles: Sequence[Tile],
    shapes: Sequence[Shape],
    score: Callable[[Tile], Scores],
    skip: float,
    steps: Sequence[Step],
) -> Floats:
    """The share of all alignments, by weight, that take each step of one of them.

    Args:
        tiles: see `best_path`.
        shapes: likewise.
        score: likewise.
        skip: likewise.
        steps: a path within the tiles, the source first where both sides skip at one place.

    Returns:
        One number for each step, 0 to 1; 0 for a step from or to a point outside the tiles.
    """
    ends = np.cumsum(np.array(steps, np.int64), axis=0)
    starts = ends - np.array(steps, np.int64)
    kinds = {shape: kind for kind, shape in enumerate(shapes)}
    kind = np.array([kinds.get(step, -1 if step == (1, 0) else -2) for step in steps])
    lost = skip * SHARPNESS
    before, own, total = _forward(tiles, shapes, score, lost, (starts, ends, kind))
    after = _backward(tiles, shapes, score, lost, (ends, kind))
    return np.asarray(np.exp(np.minimum(before + own + after - total, 0)))


def _forward(
    tiles: Sequence[Tile],
    shapes: Sequence[Shape],
    score: Callable[[Tile], Scores],
    lost: float,
    steps: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> tuple[Floats, Floats, float]:
    """Log weight of all ways to the start of each step, of the step, and of all paths."""
    starts, ends, kind = steps
    reach, own = np.zeros(len(kind)), np.full(len(kind), lost)
    rows = np.full((HALO, HALO + tiles[0].columns), _NEVER)
    rows[-1, HALO:] = lost * np.arange(tiles[0].columns)
    column = 0
    head = starts[:, 0] == 0
    reach[head] = lost * starts[head, 1]
    # A source segment is never left out right after a target segment: the same alignment
    # would count once for each order.
    direct = np.full(tiles[0].columns, _NEVER)
    direct[0] = 0.0
    for tile in tiles:
        scores = SHARPNESS * score(tile)
        last, rows = rows[-HALO:], np.full((HALO + tile.rows, HALO + tile.columns), _NEVER)
        carry(last, column, rows, tile.first_column)
        direct = _shifted(direct, column, tile)
        column = tile.first_column
        directs = _sum_rows(rows, direct, shapes, scores, lost)
        direct = directs[-1]
        here = (starts[:, 0] >= tile.first_row) & (starts[:, 0] <= tile.last_row)
        # Putting the source first may lead a run of nulls out of the band: nothing is known there.
        outside = (starts[:, 1] < column) | (starts[:, 1] > tile.last_column)
        reach[here & outside] = _NEVER
        here &= ~outside
        i, j = starts[here, 0] - tile.first_row, starts[here, 1] - column
        reach[here] = np.where(kind[here] == -1, directs[i + 1, j], rows[i + HALO, j + HALO])
        bead = (ends[:, 0] >= tile.first_row) & (ends[:, 0] <= tile.last_row) & (kind >= 0)
        i, j = ends[bead, 0] - tile.first_row, ends[bead, 1] - column
        own[bead] = scores[i, kind[bead], j]
    reach[head & (kind == -1) & (starts[:, 1] > 0)] = _NEVER
    return reach, own, float(rows[-1, -1])


def _sum_rows(
    rows: Floats, direct: Floats, shapes: Sequence[Shape], scores: Scores, lost: float
) -> Floats:
    """Fills the rows of a tile in place with log weights of all ways to each point.

    Returns:
        (rows + 1, columns): the ways that do not end by leaving a target segment out; first
        those of the row before the tile.
    """
    width = scores.shape[2]
    directs = np.empty((len(scores) + 1, width))
    directs[0] = direct
    ways = np.empty((len(shapes) + 1, width))
    slope = lost * np.arange(width)
    for at, row in enumerate(scores):
        here = at + HALO
        for kind, (a, b) in enumerate(shapes):
            np.add(rows[here - a, HALO - b : HALO - b + width], row[kind], ways[kind])
        np.add(directs[at], lost, ways[-1])
        directs[at + 1] = _log_sum(ways)
        rows[here, HALO:] = np.logaddexp.accumulate(directs[at + 1] - slope) + slope
    return directs


def _backward(
    tiles: Sequence[Tile],
    shapes: Sequence[Shape],
    score: Callable[[Tile], Scores],
    lost: float,
    steps: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> Floats:
    """Log weight of all ways from the end of each step to the last corner."""
    ends, kind = steps
    rest = np.zeros(len(kind))
    final = tiles[-1]
    below = np.full((HALO, HALO + final.columns), _NEVER)
    below[-1, -1] = 0.0
    direct = np.full(final.columns, _NEVER)
    column = final.first_column
    cuts = np.searchsorted(ends[:, 0], np.arange(final.last_row + 2)).tolist()
    for tile in reversed(tiles):
        rows = np.full((HALO + tile.rows, HALO + tile.columns), _NEVER)
        # Its own head is turned to the foot of the next tile.
        carry(below, column, rows[-HALO:], tile.first_column)
        direct = _shifted(direct, column, tile)
        column = tile.first_column
        scores = SHARPNESS * score(tile)
        ways = np.full((HALO + tile.rows, len(shapes) + 1, HALO + tile.columns), _NEVER)
        ways[:, -1] = rows
        first = tile.first_row if tile.first_row > 1 else 0
        for i in range(tile.last_row, first - 1, -1):
            here = i - tile.first_row + HALO
            onward, direct = _back_row(_log_sum(ways[here, :, HALO:]), direct, lost)
            at = slice(cuts[i], cuts[i + 1])
            j = ends[at, 1] - column
            known = (j >= 0) & (j < tile.columns)
            j = np.where(known, j, 0)
            ways_on = np.where(kind[at] == -2, onward[j], direct[j])
            rest[at] = np.where(known, ways_on, _NEVER)
            if i:
                _spread(ways, here, shapes, scores[here - HALO], direct)
        below = _log_sum(ways[:HALO].swapaxes(0, 1))
    return rest


def _back_row(beads: Floats, under: Floats, lost: float) -> tuple[Floats, Floats]:
    """Ways on from each point of a row: after a target segment was left out, and else.

    Args:
        beads: those that go on with a bead.
        under: those from the points of the next row, arrived at by anything else.
        lost: log weight of a segment left out.
    """
    slope = lost * np.arange(len(beads))
    onward = np.logaddexp.accumulate((beads + slope)[::-1])[::-1] - slope
    direct = np.logaddexp(beads, under + lost)
    np.logaddexp(direct[:-1], onward[1:] + lost, direct[:-1])
    return onward, direct


def _spread(
    ways: Floats, here: int, shapes: Sequence[Shape], scores: Scores, direct: Floats
) -> None:
    """Notes the beads that end in a row at the points where they start, kind by kind."""
    width = len(direct)
    for kind, (a, b) in enumerate(shapes):
        start = ways[here - a, kind, HALO - b : HALO - b + width]
        np.add(scores[kind], direct, start)


def _shifted(row: Floats, column: int, tile: Tile) -> Floats:
    """A row of another tile in the columns of this one."""
    moved = np.full(tile.columns, _NEVER)
    low = max(column, tile.first_column)
    high = min(column + len(row) - 1, tile.last_column)
    if high >= low:
        moved[low - tile.first_column : high - tile.first_column + 1] = row[
            low - column : high - column + 1
        ]
    return moved


def _log_sum(ways: Floats) -> Floats:
    """Logarithm of the sum of exponentials over the first axis."""
    most = ways.max(axis=0)
    shares = ways - most
    np.exp(shares, shares)
    most += np.log(shares.sum(axis=0))
    return np.asarray(most)
