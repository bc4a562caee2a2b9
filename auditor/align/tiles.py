"""The part of the lattice that is searched: tiles along a coarse path.

A point (i, j) of the lattice says that the first i source segments and the first j target
segments are aligned; a path from (0, 0) to (n, m) is an alignment. Short documents are
searched whole. Of long ones only a band of constant width around a coarse path is, so that
time and memory grow with n + m. The band is made of tiles, each a few rows and one range of
columns, since a rectangle is what numpy is fast at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TILE_ROWS = 32
"""Rows of a tile: with fewer the overlap of tiles costs more than the search."""
EXACT_CELLS = 400_000
"""Lattices up to this size are searched whole: about 630 x 630 segments."""
THIN = 16
"""A document this short is searched whole against any other: that is linear already."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Lattice points in rows `first_row..last_row` and columns `first_column..last_column`.

    All four are inclusive; rows count from 1, since row 0 holds no bead's end.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.last_column - self.first_column + 1


def is_small(n: int, m: int) -> bool:
    """True when the whole lattice of two documents can be searched."""
    return (n + 1) * (m + 1) <= EXACT_CELLS or min(n, m) <= THIN


def whole(n: int, m: int) -> tuple[Tile, ...]:
    """Tiles that cover the lattice of `n` source and `m` target segments.

    Returns:
        At least one tile; for no source segments a tile without rows.
    """
    if n == 0:
        return (Tile(1, 0, 0, m),)
    starts = range(1, n + 1, TILE_ROWS)
    return tuple(Tile(at, min(at + TILE_ROWS - 1, n), 0, m) for at in starts)


def around(path: NDArray[np.int64], n: int, m: int, radius: int) -> tuple[Tile, ...]:
    """Tiles that hold every point within `radius` of a path.

    Args:
        path: lattice points (k, 2), both columns never falling, from (0, 0) to (n, m).
        n: source segments, at least 1.
        m: target segments.
        radius: in segments, in rows as in columns.

    Returns:
        Tiles in order of their rows; neighbours share columns, so that a path can pass.
    """
    tiles: list[Tile] = []
    for at in range(1, n + 1, TILE_ROWS):
        last = min(at + TILE_ROWS - 1, n)
        begin = int(np.searchsorted(path[:, 0], at - radius - 1, side="left"))
        end = int(np.searchsorted(path[:, 0], last + radius, side="right")) - 1
        # A jump over many rows may leave none of the path's points in this window.
        low = int(path[min(begin, max(end, 0)), 1]) - radius
        high = int(path[max(begin, end), 1]) + radius
        tiles.append(Tile(at, last, max(0, low), min(m, high)))
    return tuple(_joined(tiles, m))


def narrowed(tiles: Sequence[Tile], path: NDArray[np.int64], radius: int) -> tuple[Tile, ...]:
    """The parts of tiles that lie within `radius` of a path through them.

    Args:
        tiles: from `whole` or `around`.
        path: lattice points (k, 2) from corner to corner, each step inside a tile.
        radius: in segments.

    Returns:
        Tiles of the same rows.
    """
    near = around(path, tiles[-1].last_row, tiles[-1].last_column, radius)
    return tuple(
        Tile(
            tile.first_row,
            tile.last_row,
            max(tile.first_column, close.first_column),
            min(tile.last_column, close.last_column),
        )
        for tile, close in zip(tiles, near, strict=True)
    )


def _joined(tiles: Sequence[Tile], m: int) -> list[Tile]:
    """The same tiles, begun at column 0, ended at column `m`, and without gaps between."""
    joined: list[Tile] = []
    reached = 0
    for number, tile in enumerate(tiles):
        low = min(tile.first_column, reached)
        high = m if number == len(tiles) - 1 else max(tile.last_column, low)
        joined.append(Tile(tile.first_row, tile.last_row, low, high))
        reached = high
    return joined
