"""The rough path of a long pair, found at a fraction of its length.

Both documents are halved again and again by averaging neighbours until their lattice is
small; the path found there is followed back up, at each level within a band.

Source: coarse to fine after Vecalign (Thompson and Koehn 2019), with the common topic taken
out of the averages, since long averages differ in little else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.align.search import Scores, best_path
from auditor.align.tiles import Tile, around, is_small, whole
from auditor.align.vectors import Vectors

RADIUS = 40
"""Half the width of the band, in segments of its level."""
FLOOR = 0.1
"""Similarity, with the topic taken out, below which two blocks are not worth a step."""
PROBABLE = 0.4
"""Similarity of mutual nearest neighbours above which they count as translations."""
_ONE: tuple[tuple[int, int], ...] = ((1, 1),)


def band(source: Vectors, target: Vectors) -> tuple[Tile, ...]:
    """The part of the lattice of two documents that is worth searching.

    Args:
        source: unit rows (n, d), n at least 1.
        target: unit rows (m, d).

    Returns:
        All of it where that is small, else a band of constant width.
    """
    n, m = len(source), len(target)
    if is_small(n, m):
        return whole(n, m)
    return around(_path(source, target), n, m, RADIUS)


def probable_pairs(
    source: Vectors, target: Vectors, tiles: Sequence[Tile]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Segments that are each other's nearest within the tiles, and near enough to trust.

    Returns:
        Indices of the source and of the target, in source order.
    """
    row_best = np.full(len(source), -1.0, np.float32)
    row_at = np.zeros(len(source), np.intp)
    column_best = np.full(len(target), -1.0, np.float32)
    column_at = np.zeros(len(target), np.intp)
    for tile in tiles:
        rows = slice(tile.first_row - 1, tile.last_row)
        columns = slice(max(tile.first_column - 1, 0), tile.last_column)
        near = source[rows] @ target[columns].T
        if not near.size:
            continue
        row_best[rows] = near.max(axis=1)
        row_at[rows] = near.argmax(axis=1) + columns.start
        better = near.max(axis=0) > column_best[columns]
        column_at[columns] = np.where(better, near.argmax(axis=0) + rows.start, column_at[columns])
        column_best[columns] = np.maximum(column_best[columns], near.max(axis=0))
    every = np.arange(len(source))
    mutual = (column_at[row_at] == every) & (row_best > PROBABLE)
    return every[mutual], row_at[mutual]


def _path(source: Vectors, target: Vectors) -> NDArray[np.int64]:
    """Lattice points (k, 2) of a rough path from corner to corner."""
    levels = [(source, target)]
    while not is_small(len(levels[-1][0]), len(levels[-1][1])):
        levels.append((_halved(levels[-1][0]), _halved(levels[-1][1])))
    tiles = whole(len(levels[-1][0]), len(levels[-1][1]))
    path = np.zeros((0, 2), np.int64)
    for number in range(len(levels) - 1, 0, -1):
        left, right = levels[number]
        if len(path):
            tiles = around(path, len(left), len(right), RADIUS)
        path = _followed(_centred(left), _centred(right), tiles)
        finer = np.array([len(part) for part in levels[number - 1]])
        # An odd last segment was averaged with nothing: the end must not lie beyond it.
        path = np.minimum(path * 2, finer)
        path[-1] = finer
    return path


def _followed(left: Vectors, right: Vectors, tiles: Sequence[Tile]) -> NDArray[np.int64]:
    def score(tile: Tile) -> Scores:
        values = np.full((tile.rows, 1, tile.columns), -FLOOR, np.float32)
        columns = slice(max(tile.first_column - 1, 0), tile.last_column)
        near = left[tile.first_row - 1 : tile.last_row] @ right[columns].T
        values[:, 0, tile.columns - near.shape[1] :] = near - FLOOR
        return values

    steps = best_path(tiles, _ONE, score, 0.0)
    return np.vstack([np.zeros((1, 2), np.int64), np.cumsum(np.array(steps), axis=0)])


def _halved(vectors: Vectors) -> Vectors:
    """Neighbours averaged two by two, as unit rows."""
    pairs = vectors[: len(vectors) // 2 * 2].reshape(-1, 2, vectors.shape[1]).sum(axis=1)
    if len(vectors) % 2:
        pairs = np.vstack([pairs, vectors[-1:]])
    return _unit(pairs)


def _centred(vectors: Vectors) -> Vectors:
    """The rows without what they have in common."""
    return _unit(vectors - vectors.mean(axis=0))


def _unit(rows: Vectors) -> Vectors:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-6), np.float32)
