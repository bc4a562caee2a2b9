"""How sure each step of an alignment is, against all other alignments of the same pair.

Every path through the lattice gets a weight, the exponential of its score; the trust in a
step is the share of the weight that goes through it. A segment without counterpart may be left
out at several places, which come to the same: its trust is the share of the paths that
leave it out at any. Two sums, forward and backward, give it for all steps at once.

A long document is cut into windows that are summed side by side, since numpy is slow at many
short rows. A window begins and ends on the alignment itself, a tile before and behind the
steps that it judges: after that many segments all good paths have met again.

Source: forward-backward algorithm, Baum et al. 1970.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from auditor.align.search import HALO, Scores, Shape, Step, carry
from auditor.align.tiles import Tile

SHARPNESS = 20.0
"""Log weight of a path for one unit of its score."""
CORE = 12
"""Tiles of a window whose steps are judged there."""
MARGIN = 1
"""Tiles of a window before those, and behind."""
ABREAST = 16
"""Most windows summed side by side: more of them no longer fit into the processor's cache."""
_NEVER = -1e30
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
_Ways = tuple[Floats, Floats]
"""Ways to the points of tiles: all, and those that do not end by leaving a target segment out."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A run of tiles and the steps judged in it.

    Attributes:
        tiles: in order.
        enter: column of the alignment in the row before the first tile.
        leave: column of the alignment in the last row.
        steps: numbers of the steps that it judges.
        opens: True when it begins where the documents begin.
    """

    tiles: tuple[Tile, ...]
    enter: int
    leave: int
    steps: Numbers
    opens: bool


@dataclass(frozen=True, slots=True)
class _Sums:
    """What all sums have in common.

    Attributes:
        shapes: see `best_path`.
        score: likewise.
        lost: log weight of a segment left out.
        starts: lattice point before each step, (k, 2).
        ends: lattice point behind each step, (k, 2).
        kind: number of the shape of each step; -1 leaves a source segment out, -2 a target one.
    """

    shapes: Sequence[Shape]
    score: Callable[[Tile], Scores]
    lost: float
    starts: Numbers
    ends: Numbers
    kind: Numbers


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
        One number for each step, 0 to 1; 0 for a bead from or to a point outside the tiles.
    """
    ends = np.cumsum(np.array(steps, np.int64), axis=0)
    kinds = {shape: kind for kind, shape in enumerate(shapes)}
    kind = np.array([kinds.get(step, -1 if step == (1, 0) else -2) for step in steps])
    sums = _Sums(shapes, score, skip * SHARPNESS, ends - np.array(steps, np.int64), ends, kind)
    shares = np.zeros(len(kind))
    for windows in _abreast(_windows(tiles, ends)):
        before, total, sides = _forward(sums, windows)
        after = _backward(sums, windows, sides)
        for window, whole in zip(windows, total.tolist(), strict=True):
            at = window.steps
            shares[at] = np.exp(np.minimum(before[at] + after[at] - whole, 0))
    return shares


def _windows(tiles: Sequence[Tile], ends: Numbers) -> Iterator[_Window]:
    """Cuts a document into windows; the last takes what would be too short for one of its own."""
    cuts = [*range(0, max(len(tiles) - CORE // 2, 1), CORE), len(tiles)]
    for first, last in pairwise(cuts):
        own = tuple(tiles[max(first - MARGIN, 0) : last + MARGIN])
        low = np.searchsorted(ends[:, 0], tiles[first].first_row if first else 0)
        high = np.searchsorted(ends[:, 0], tiles[last - 1].last_row, side="right")
        enter = _column(ends, own[0].first_row - 1) if first > MARGIN else 0
        final = last + MARGIN >= len(tiles)
        leave = own[-1].last_column if final else _column(ends, own[-1].last_row)
        yield _Window(own, enter, leave, np.arange(low, high), first <= MARGIN)


def _column(ends: Numbers, row: int) -> int:
    """The column where the alignment has used so many rows, or the next fewer."""
    at = int(np.searchsorted(ends[:, 0], row, side="right")) - 1
    return int(ends[at, 1]) if at >= 0 else 0


def _abreast(windows: Iterator[_Window]) -> Iterator[list[_Window]]:
    """Windows of the same rows and about the same width, a few dozen at a time."""
    alike: dict[tuple[int, ...], list[_Window]] = {}
    for window in windows:
        # Padded to the widest of its group, a narrow window costs no more than twice its own.
        width = max(tile.columns for tile in window.tiles).bit_length()
        group = alike.setdefault((width, *(tile.rows for tile in window.tiles)), [])
        group.append(window)
    for group in alike.values():
        for at in range(0, len(group), ABREAST):
            yield group[at : at + ABREAST]


def _forward(sums: _Sums, windows: Sequence[_Window]) -> tuple[Floats, Floats, list[_Ways]]:
    """Log weight of all ways to the end of each bead by way of it, of all paths, and of points."""
    width = max(tile.columns for window in windows for tile in window.tiles)
    slope = sums.lost * np.arange(width)
    reach = np.where(sums.kind < 0, 0, _NEVER)
    sides: list[_Ways] = []
    rows = np.full((len(windows), HALO, HALO + width), _NEVER)
    direct = np.full((len(windows), width), _NEVER)
    columns = [window.tiles[0].first_column for window in windows]
    for number, window in enumerate(windows):
        open_ = window.tiles[0].columns
        at = min(max(window.enter - columns[number], 0), open_ - 1)
        rows[number, -1, HALO + at : HALO + open_] = slope[: open_ - at]
        direct[number, at] = 0.0
    for tiles in zip(*(window.tiles for window in windows), strict=True):
        last, rows = rows[:, -HALO:], np.full_like(rows, _NEVER, shape=_room(tiles, width))
        scores, closed = _scores(sums, tiles, width)
        for number, tile in enumerate(tiles):
            carry(last[number], columns[number], rows[number], tile.first_column)
            direct[number] = _shifted(direct[number], columns[number], tile, width)
        columns = [tile.first_column for tile in tiles]
        directs = _sum_rows(rows, direct, sums, scores, closed)
        direct = directs[-1]
        for number, (window, tile) in enumerate(zip(windows, tiles, strict=True)):
            begun = _inside(window.steps[sums.kind[window.steps] >= 0], sums.starts, window, tile)
            i, j = (sums.starts[begun] - (tile.first_row, tile.first_column)).T
            reach[begun] = rows[number, i + HALO, j + HALO]
            ended = _inside(window.steps[sums.kind[window.steps] >= 0], sums.ends, window, tile)
            i, j = (sums.ends[ended] - (tile.first_row, tile.first_column)).T
            reach[ended] += scores[i, sums.kind[ended], number, j]
        sides.append((rows, directs))
    stops = [
        min(max(w.leave - c, 0), w.tiles[-1].columns - 1)
        for w, c in zip(windows, columns, strict=True)
    ]
    return reach, rows[np.arange(len(windows)), -1, HALO + np.array(stops)], sides


def _sum_rows(rows: Floats, direct: Floats, sums: _Sums, scores: Floats, closed: Floats) -> Floats:
    """Fills the rows of tiles in place with log weights of all ways to each point.

    Returns:
        (rows + 1, windows, columns): the ways that do not end by leaving a target segment
        out; first those of the row before the tile.
    """
    count, width = direct.shape
    directs = np.empty((scores.shape[0] + 1, count, width))
    directs[0] = direct
    ways = np.empty((len(sums.shapes) + 1, count, width))
    slope = sums.lost * np.arange(width)
    for at, row in enumerate(scores):
        here = at + HALO
        for kind, (a, b) in enumerate(sums.shapes):
            np.add(rows[:, here - a, HALO - b : HALO - b + width], row[kind], ways[kind])
        np.add(directs[at], sums.lost, ways[-1])
        directs[at + 1] = _log_sum(ways) + closed
        rows[:, here, HALO:] = np.logaddexp.accumulate(directs[at + 1] - slope, axis=1)
        rows[:, here, HALO:] += slope + closed
    return directs


def _backward(sums: _Sums, windows: Sequence[_Window], sides: Sequence[_Ways]) -> Floats:
    """Log weight of all ways on from the end of each bead.

    For a segment left out, of all paths that leave it out.
    """
    width = max(tile.columns for window in windows for tile in window.tiles)
    rest = np.full(len(sums.kind), _NEVER)
    below = np.full((len(windows), HALO, HALO + width), _NEVER)
    direct = np.full((len(windows), width), _NEVER)
    columns = [window.tiles[-1].first_column for window in windows]
    for number, window in enumerate(windows):
        at = min(max(window.leave - columns[number], 0), window.tiles[-1].columns - 1)
        below[number, -1, HALO + at] = 0.0
    left_out = [_Columns(window) for window in windows]
    turned = zip(*(window.tiles[::-1] for window in windows), strict=True)
    for tiles, (reached, straight) in zip(turned, reversed(sides), strict=True):
        rows = np.full(_room(tiles, width), _NEVER)
        for number, tile in enumerate(tiles):
            # Its own head is turned to the foot of the next tile.
            foot = rows[number, -HALO:, : HALO + tile.columns]
            carry(below[number], columns[number], foot, tile.first_column)
            direct[number] = _shifted(direct[number], columns[number], tile, width)
        columns = [tile.first_column for tile in tiles]
        scores, _ = _scores(sums, tiles, width)
        onward, directs, below = _back_rows(sums, rows, direct, scores)
        direct = directs[1]
        lone = _log_sum(np.moveaxis(straight[:-1] + directs[1:], 2, 0)) + sums.lost
        for number, (window, tile) in enumerate(zip(windows, tiles, strict=True)):
            ended = _inside(window.steps, sums.ends, window, tile)
            i, j = (sums.ends[ended] - (tile.first_row - 1, tile.first_column)).T
            rest[ended] = np.where(
                sums.kind[ended] == -1, lone[i - 1, number], directs[i, number, j]
            )
            first = HALO - 1 if window.opens and tile.first_row == 1 else HALO
            passed = reached[number, first:, HALO:-1] + onward[first - HALO + 1 :, number, 1:]
            left_out[number].add(tile, _log_sum(passed) + sums.lost)
    for window, own in zip(windows, left_out, strict=True):
        at = window.steps[sums.kind[window.steps] == -2]
        rest[at] = own.of(sums.ends[at, 1])
    return rest


class _Columns:
    """Log weight of all paths through a window that leave each target segment out."""

    def __init__(self, window: _Window) -> None:
        self._first = min(tile.first_column for tile in window.tiles)
        last = max(tile.last_column for tile in window.tiles)
        self._weights = np.full(last - self._first + 1, _NEVER)

    def add(self, tile: Tile, weights: Floats) -> None:
        """Counts the paths that do so in a tile; one weight for each column but its first."""
        own = slice(tile.first_column - self._first + 1, tile.last_column - self._first + 1)
        held = self._weights[own]
        np.logaddexp(held, weights[: tile.columns - 1], held)

    def of(self, columns: Numbers) -> Floats:
        """The weights of some columns."""
        return np.asarray(self._weights[columns - self._first])


def _back_rows(
    sums: _Sums, rows: Floats, direct: Floats, scores: Floats
) -> tuple[Floats, Floats, Floats]:
    """Ways on from each point of tiles: after a target segment was left out, and else.

    Args:
        sums: what is summed.
        rows: ways on by beads that end in later tiles, (windows, HALO + rows, HALO + columns).
        direct: ways on from the row behind, arrived at by anything else.
        scores: of beads, log weights.

    Returns:
        Both for the row before the tile and each of its rows, (rows + 1, windows, columns);
        and the ways on by beads from the points before the tile.
    """
    count, width = direct.shape
    slope = sums.lost * np.arange(width)
    ways = np.full((len(sums.shapes) + 1, *rows.shape), _NEVER)
    ways[-1] = rows
    onward = np.empty((len(scores) + 1, count, width))
    directs = np.empty_like(onward)
    for at in range(len(scores), -1, -1):
        here = at - 1 + HALO
        beads = _log_sum(ways[:, :, here, HALO:])
        ahead = np.logaddexp.accumulate((beads + slope)[:, ::-1], axis=1)[:, ::-1] - slope
        going = np.logaddexp(beads, (directs[at + 1] if at < len(scores) else direct) + sums.lost)
        np.logaddexp(going[:, :-1], ahead[:, 1:] + sums.lost, going[:, :-1])
        onward[at], directs[at] = ahead, going
        if at:
            for kind, (a, b) in enumerate(sums.shapes):
                start = ways[kind, :, here - a, HALO - b : HALO - b + width]
                np.add(scores[at - 1, kind], going, start)
    return onward, directs, _log_sum(ways[:, :, :HALO])


def _room(tiles: Sequence[Tile], width: int) -> tuple[int, int, int]:
    return (len(tiles), HALO + tiles[0].rows, HALO + width)


def _scores(sums: _Sums, tiles: Sequence[Tile], width: int) -> tuple[Floats, Floats]:
    """Log weights (rows, shapes, windows, columns), and what closes the columns of no tile."""
    scores = np.full((tiles[0].rows, len(sums.shapes), len(tiles), width), _NEVER)
    closed = np.zeros((len(tiles), width))
    for number, tile in enumerate(tiles):
        scores[:, :, number, : tile.columns] = SHARPNESS * sums.score(tile)
        closed[number, tile.columns :] = _NEVER
    return scores, closed


def _inside(steps: Numbers, points: Numbers, window: _Window, tile: Tile) -> Numbers:
    """The steps whose points lie in a tile of a window; row 0 goes with the first."""
    first = 0 if window.opens and tile.first_row == 1 else tile.first_row
    own = points[steps]
    # Putting the source first may lead a run of nulls out of the band: nothing is known there.
    known = (own[:, 1] >= tile.first_column) & (own[:, 1] <= tile.last_column)
    known &= (own[:, 0] >= first) & (own[:, 0] <= tile.last_row)
    return np.asarray(steps[known], np.int64)


def _shifted(row: Floats, column: int, tile: Tile, width: int) -> Floats:
    """A row of another tile in the columns of this one."""
    moved = np.full(width, _NEVER)
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
    # In single precision exp is several times as fast, and over the rows of a window the
    # logarithm loses less than a ten-thousandth.
    shares = np.exp((ways - most).astype(np.float32))
    most += np.log(shares.sum(axis=0))
    return np.asarray(most)
