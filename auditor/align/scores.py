"""How well any few source segments fit any few target segments, for many at once.

A block of segments has the average of their vectors, so its similarity to another block is a
sum of similarities of single segments: nothing is encoded or multiplied again for blocks.

Source: the margin against the neighbours is that of Bertalign (Liu and Zhu 2022); the
variance of the length difference growing with length is that of Gale and Church (1993).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.search import Scores, Shape
from auditor.align.tiles import Tile
from auditor.align.vectors import Vectors
from auditor.core import Segment

REACH = 4
"""Most segments on one side of a bead."""
SHAPES: tuple[Shape, ...] = tuple(
    (a, b) for a in range(1, REACH + 1) for b in range(1, REACH + 1) if a + b <= REACH + 1
)
NEIGHBOUR = 0.4
"""Weight of the similarity to the adjacent segments of the other side."""
LENGTH = 0.01
"""What one squared standard deviation of length costs."""
UNEQUAL = 0.04
"""What one standard deviation of length costs, squared or not.

Lengths have heavier tails than a normal distribution: of segments left out and segments merged,
the difference itself tells more (.961 right in literature) than its square (.950).
"""
LENGTH_CAP = 25.0
"""Squared deviations beyond this cost no more: a free translation may be any length."""
WEIGHT_POWER = 0.5
"""A segment counts in the average of its block as the root of its length."""
BEAD = 0.05
"""What any bead costs, so that two strangers are left apart."""
CROSS = 0.5
"""What joining two beads into one costs, weighed against the better fit of both.

A pair of sentences cut at another place fits better as a whole by .34 a sentence, a pair of
two sound beads by .18 in two cases of a hundred.
"""
UNFINISHED = 0.25
"""What a bead gains for each segment inside it that breaks off in a bracket."""
PRIOR_VARIANCE = 5.0
"""Variance of a length difference per character, before the pair itself is looked at."""
PRIOR_PAIRS = 20
"""How many pairs of segments that prior is worth."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document, ready to be scored.

    Segment i stands in row `i + REACH + 1` of each array; the rows before and the one
    behind stand for no segment, so that no slice runs out.

    Attributes:
        vectors: unit rows times their weights, (n + REACH + 2, d), zero around.
        weights: (n + REACH + 2,), one around.
        norms: (REACH + 1, n + REACH + 2): length of the sum of the k rows that end here.
        lengths: (REACH + 1, n + REACH + 2): size of the k segments that end here, at
            least 1, in characters.
        inside: (n + REACH + 2,): 1 where there is a segment, else 0.
        mended: (REACH + 1, n + REACH + 2): how many of the k segments that end here, the
            last left out, break off in a bracket.
        size: n.
    """

    vectors: Vectors
    weights: Vectors
    norms: Vectors
    lengths: Vectors
    inside: Vectors
    mended: Vectors
    size: int


@dataclass(frozen=True, slots=True)
class Fit:
    """Two documents and what is known of them as a pair.

    Attributes:
        source: the source, lengths in a unit half way between the characters of both.
        target: the target, lengths in the same unit.
        variance: of a length difference, per character.
    """

    source: Side
    target: Side
    variance: float


def characters(segments: Sequence[Segment]) -> NDArray[np.float64]:
    """The length of each segment in characters, at least 1."""
    return np.array([max(1, len(s.text)) for s in segments], np.float64)


def side(vectors: Vectors, lengths: NDArray[np.float64], broken: Vectors) -> Side:
    """Prepares a document: weights, and the norm and length of every block.

    Args:
        vectors: unit rows (n, d), n at least 1.
        lengths: (n,), above 0, in characters.
        broken: (n,), 1 for a segment that breaks off in a bracket, else 0.
    """
    n, width = vectors.shape
    total, head = n + REACH + 2, REACH + 1
    own = slice(head, head + n)
    weights, inside = np.ones(total, np.float32), np.zeros(total, np.float32)
    weights[own] = (lengths / lengths.mean()) ** WEIGHT_POWER
    inside[own] = 1
    rows, sizes = np.zeros((total, width), np.float32), np.zeros(total)
    rows[own] = vectors * weights[own, None]
    sizes[own] = lengths
    norms, sums = np.ones((head, total), np.float32), np.ones((head, total), np.float32)
    block, size = np.zeros((n + 1, width), np.float32), np.zeros(n + 1)
    for k in range(1, REACH + 1):
        reach = slice(head - k + 1, head - k + 1 + n + 1)
        block += rows[reach]
        size += sizes[reach]
        norms[k, head:] = np.maximum(np.sqrt(np.einsum("ij,ij->i", block, block)), 1e-6)
        sums[k, head:] = np.maximum(size, 1)
    mended = np.zeros((head, total), np.float32)
    ends = np.zeros(total, np.float32)
    ends[own] = broken
    for k in range(2, REACH + 1):
        mended[k, head:] = mended[k - 1, head:] + ends[head - k + 1 : total - k + 1]
    return Side(rows, weights, norms, sums, inside, mended, n)


def fit(
    vectors: tuple[Vectors, Vectors],
    lengths: tuple[NDArray[np.float64], NDArray[np.float64]],
    pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    broken: tuple[Vectors, Vectors] | None = None,
) -> Fit:
    """Prepares a pair: one unit of length for both, and how much lengths vary in it.

    Args:
        vectors: unit rows (n, d) and (m, d).
        lengths: (n,) and (m,), in characters.
        pairs: segments (source, target) that probably translate each other.
        broken: (n,) and (m,), see `unfinished`; none when not given.
    """
    cut = broken or tuple(np.zeros(len(rows), np.float32) for rows in vectors)
    ratio = float(lengths[0].sum() / lengths[1].sum())
    left, right = lengths[0][pairs[0]], lengths[1][pairs[1]] * ratio
    count = len(left)
    if count:
        # Insertions spoil the ratio of the totals; matched segments know better.
        better = float(np.exp(np.median(np.log(left / right)) * count / (count + REACH)))
        right, ratio = right * better, ratio * better
    # Half way between the two units: neither side is the measure of the other.
    half = ratio**0.5
    left, right = left / half, right / half
    squares = np.minimum((left - right) ** 2 / ((left + right) / 2), 12 * PRIOR_VARIANCE)
    variance = float(squares.sum() + PRIOR_PAIRS * PRIOR_VARIANCE) / (count + PRIOR_PAIRS)
    return Fit(
        side(vectors[0], lengths[0] / half, cut[0]),
        side(vectors[1], lengths[1] * half, cut[1]),
        variance,
    )


def tile_scores(pair: Fit, tile: Tile) -> Scores:
    """Scores of all beads that end in a tile.

    Returns:
        (rows, shapes, columns); where a bead would reach before the beginning of a
        document the value has no meaning.
    """
    products = _products(pair, tile)
    rows = {a: _summed(products, a) for a in range(1, REACH + 1)}
    columns = {b: _summed(products.T, b).T for b in range(1, REACH + 1)}
    near = _neighbours(pair, tile, rows, columns)
    scores = np.empty((tile.rows, len(SHAPES), tile.columns), np.float32)
    below = slice(tile.first_row + REACH, tile.last_row + REACH + 1)
    beside = slice(tile.first_column + REACH, tile.last_column + REACH + 1)
    for kind, (a, b) in enumerate(SHAPES):
        block = _summed(rows[a].T, b).T
        block /= pair.source.norms[a, below, None] * pair.target.norms[b, None, beside]
        left = pair.source.lengths[a, below, None]
        right = pair.target.lengths[b, None, beside]
        deviation = 2 * (left - right) ** 2 / ((left + right) * np.float32(pair.variance))
        scores[:, kind] = scored((a, b), fitness(block, near[a, b], deviation))
        if a > 1:
            scores[:, kind] += UNFINISHED * pair.source.mended[a, below, None]
        if b > 1:
            scores[:, kind] += UNFINISHED * pair.target.mended[b, None, beside]
    return scores


def fitness(cosine: Scores, near: Scores, deviation: Scores) -> Scores:
    """How well two blocks fit, from its parts.

    Args:
        cosine: similarity of the two blocks, -1 to 1.
        near: mean similarity to the adjacent segments, -1 to 1.
        deviation: squared difference of length, in variances.
    """
    capped = np.minimum(deviation, LENGTH_CAP)
    value = cosine - NEIGHBOUR * near - LENGTH * capped - UNEQUAL * np.sqrt(capped)
    return np.asarray(value, np.float32)


def scored(shape: Shape, value: Scores) -> Scores:
    """The score of beads in a path: a bead with two segments on both sides counts as two."""
    both = min(shape)
    return np.asarray(both * value - CROSS * (both - 1) - BEAD, np.float32)


def table_fitness(
    pair: Fit, table: Scores, shape: Shape, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float64]:
    """What `point_fitness` gives, read from scores that are at hand.

    Args:
        pair: the documents.
        table: `tile_scores` of all n source segments, (n, shapes, m + 1).
        shape: see `point_fitness`.
        rows: likewise.
        columns: likewise.
    """
    a, b = shape
    i, j = rows + REACH + 1, columns + REACH + 1
    both = min(shape)
    value = table[rows, SHAPES.index(shape), columns + 1].astype(np.float64)
    value -= UNFINISHED * (pair.source.mended[a, i] + pair.target.mended[b, j])
    return np.asarray((value + CROSS * (both - 1) + BEAD) / both)


def _products(pair: Fit, tile: Tile) -> Vectors:
    """Products of all segments that beads of a tile hold or border on.

    Entry (r + REACH, c + REACH) belongs to the segments that end at point (r, c) of the tile.
    """
    rows = slice(tile.first_row, tile.last_row + REACH + 2)
    columns = slice(tile.first_column, tile.last_column + REACH + 2)
    return np.asarray(pair.source.vectors[rows] @ pair.target.vectors[columns].T, np.float32)


def _summed(products: Vectors, k: int) -> Vectors:
    """Sums of `k` rows that end at each row of the tile."""
    count = len(products) - REACH - 1
    total = products[REACH : REACH + count].copy()
    for back in range(1, k):
        total += products[REACH - back : REACH - back + count]
    return total


def _neighbours(
    pair: Fit, tile: Tile, rows: Mapping[int, Vectors], columns: Mapping[int, Vectors]
) -> dict[Shape, Vectors]:
    """Mean similarity of either block to the segments around the other, where there are any.

    The segment before and the one behind a block each lend their similarity to all shapes that
    they border on, so the products are brought to cosines once for each length of a block.
    """
    source, target = pair.source, pair.target
    below = slice(tile.first_row + REACH, tile.last_row + REACH + 1)
    beside = slice(tile.first_column + REACH, tile.last_column + REACH + 1)
    wide = (
        slice(tile.first_row, tile.last_row + REACH + 2),
        slice(tile.first_column, tile.last_column + REACH + 2),
    )
    across = {
        a: sums / (source.norms[a, below, None] * target.weights[None, wide[1]])
        for a, sums in rows.items()
    }
    down = {
        b: sums / (source.weights[wide[0], None] * target.norms[b, None, beside])
        for b, sums in columns.items()
    }
    above, left = source.inside[wide[0]], target.inside[wide[1]]
    near: dict[Shape, Vectors] = {}
    for a, b in SHAPES:
        total = across[a][:, REACH + 1 : REACH + 1 + tile.columns].copy()
        total += across[a][:, REACH - b : REACH - b + tile.columns]
        total += down[b][REACH + 1 : REACH + 1 + tile.rows]
        total += down[b][REACH - a : REACH - a + tile.rows]
        beyond = (
            left[REACH + 1 : REACH + 1 + tile.columns] + left[REACH - b : REACH - b + tile.columns]
        )
        over = above[REACH + 1 : REACH + 1 + tile.rows] + above[REACH - a : REACH - a + tile.rows]
        total /= np.maximum(over[:, None] + beyond[None], 1)
        near[a, b] = total
    return near


def point_fitness(
    pair: Fit, shape: Shape, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.float64]:
    """How well single beads of one shape fit; `scored` makes of it what `tile_scores` gives.

    Args:
        pair: the documents.
        shape: (source, target) segments.
        rows: (k,) last source segment of each bead, at least `shape[0] - 1`.
        columns: (k,) last target segment of each, at least `shape[1] - 1`.
    """
    a, b = shape
    source, target = pair.source, pair.target
    i, j = rows + REACH + 1, columns + REACH + 1
    left = np.add.reduce([source.vectors[i - k] for k in range(a)]) / source.norms[a, i, None]
    right = np.add.reduce([target.vectors[j - k] for k in range(b)]) / target.norms[b, j, None]
    total, count = np.zeros(len(i), np.float32), np.zeros(len(i), np.float32)
    for at in (j + 1, j - b):
        total += np.einsum("kd,kd->k", left, target.vectors[at]) / target.weights[at]
        count += target.inside[at]
    for at in (i + 1, i - a):
        total += np.einsum("kd,kd->k", right, source.vectors[at]) / source.weights[at]
        count += source.inside[at]
    one, other = source.lengths[a, i], target.lengths[b, j]
    deviation = 2 * (one - other) ** 2 / ((one + other) * np.float32(pair.variance))
    near = total / np.maximum(count, 1)
    cosine = np.asarray(np.einsum("kd,kd->k", left, right), np.float32)
    value = fitness(cosine, np.asarray(near, np.float32), np.asarray(deviation, np.float32))
    return value.astype(np.float64)
