"""The best path through the lattice, row by row over tiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.align.tiles import Tile

Shape = tuple[int, int]
Step = tuple[int, int]
Scores = NDArray[np.float32]

HALO = 4
"""Rows and columns that a bead may reach back: its longest side."""
_SOURCE_SKIP, _TARGET_SKIP = -1, -2


def best_path(
    tiles: Sequence[Tile],
    shapes: Sequence[Shape],
    score: Callable[[Tile], Scores],
    skip: float,
) -> list[Step]:
    """The path of the highest total score from (0, 0) to the last corner.

    Args:
        tiles: in order; the first begins at column 0, the last ends in the last corner.
        shapes: (source, target) segments of each kind of bead, each side 1 to 4.
        score: gives for a tile the scores (rows, shapes, columns) of beads that end there.
        skip: added for every segment left without counterpart.

    Returns:
        The steps of the path in order, each (source, target) segments; (1, 0) and (0, 1)
        leave a segment without counterpart. Ties go to the earlier shape, then to skips of
        the source.
    """
    before = np.full((HALO, HALO + tiles[0].columns), -np.inf)
    before[-1, HALO:] = 0.0
    column = 0
    choices: list[NDArray[np.int8]] = []
    for tile in tiles:
        rows = np.full((HALO + tile.rows, HALO + tile.columns), -np.inf)
        carry(before, column, rows, tile.first_column)
        choices.append(_fill(rows, shapes, score(tile), skip, tile))
        before, column = rows[-HALO:], tile.first_column
    return _traced(tiles, shapes, choices)


def carry(before: NDArray[np.float64], column: int, rows: NDArray[np.float64], first: int) -> None:
    """Copies the last rows of one tile into the head of the next, column by column.

    Args:
        before: (HALO, HALO + width) of the tile that is done.
        column: its first column.
        rows: (HALO or more, HALO + width) of the next, changed in its first rows.
        first: its first column.
    """
    shift = first - column
    length = min(before.shape[1] - max(shift, 0), rows.shape[1] - max(-shift, 0))
    if length > 0:
        old, new = max(shift, 0), max(-shift, 0)
        rows[:HALO, new : new + length] = before[:, old : old + length]


def _fill(
    rows: NDArray[np.float64],
    shapes: Sequence[Shape],
    scores: Scores,
    skip: float,
    tile: Tile,
) -> NDArray[np.int8]:
    """Fills the rows of one tile and says by which step each point is best reached.

    Every point holds its total less the skip of all segments up to it, so that leaving a
    segment out changes nothing and the best start of a run of them is a running maximum.
    """
    width = tile.columns
    spared = skip * np.array([a + b for a, b in shapes])[:, None]
    reached = scores - spared
    flat, stride = rows.reshape(-1), rows.shape[1]
    # One gather for all shapes: a row of ten additions costs more in calls than in numbers.
    starts = np.array([-a * stride - b for a, b in shapes])[:, None] + np.arange(width)
    starts += HALO * stride + HALO
    earlier = np.empty((len(shapes), width))
    for at in range(tile.rows):
        here = at + HALO
        # Clipping changes no index here; it spares numpy a copy of what it writes.
        flat.take(starts, out=earlier, mode="clip")
        starts += stride
        reached[at] += earlier
        row = rows[here, HALO:]
        reached[at].max(axis=0, out=row)
        np.maximum(row, rows[here - 1, HALO:], out=row)
        np.maximum.accumulate(row, out=row)
    best = rows[HALO:, HALO:]
    choice = np.full((tile.rows, width), _TARGET_SKIP, np.int8)
    np.copyto(choice, _SOURCE_SKIP, where=best == rows[HALO - 1 : -1, HALO:])
    for kind in reversed(range(len(shapes))):
        np.copyto(choice, kind, where=best == reached[:, kind])
    return choice


def _traced(
    tiles: Sequence[Tile], shapes: Sequence[Shape], choices: Sequence[NDArray[np.int8]]
) -> list[Step]:
    """The steps of the best path, followed back from the last corner."""
    steps: list[Step] = []
    number = len(tiles) - 1
    i, j = tiles[-1].last_row, tiles[-1].last_column
    while i > 0:
        while i < tiles[number].first_row:
            number -= 1
        tile = tiles[number]
        kind = int(choices[number][i - tile.first_row, j - tile.first_column])
        step = {_SOURCE_SKIP: (1, 0), _TARGET_SKIP: (0, 1)}.get(kind) or shapes[kind]
        steps.append(step)
        i, j = i - step[0], j - step[1]
    steps += [(0, 1)] * j
    return steps[::-1]
