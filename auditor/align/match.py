"""Order-free matching: the few sentences that two different articles share.

A match must stand out: two sentences are matched when each is the other's nearest, and both
are much closer to each other than to any rival. Rivals are the other sentences of the two
articles and, since a short article has few, a pool of sentences on anything.

Source: margin criterion after Artetxe and Schwenk (2019), as a difference with a weight.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from auditor.align.nearest import nearest
from auditor.align.vectors import Vectors, unit_pair
from auditor.core import Alignment, Bead, Segment

RIVAL = 0.5
"""Weight of the nearest rival: what either sentence would be matched with otherwise."""
MARGIN = 0.31
"""Similarity less weighted rival from which a match counts.

With half of the sentences of either side distractors from the same news documents, 96 of 100
matches are then right and 94 of 100 found.
"""
NEIGHBOURS = 4
"""How many of the nearest background sentences are averaged."""
MOST = 5000
"""Segments looked at from the head of each document: all pairs are compared."""
_ROWS = 512


def match(
    source: Sequence[Segment],
    target: Sequence[Segment],
    source_vectors: Vectors,
    target_vectors: Vectors,
    background: Vectors | None = None,
) -> Alignment:
    """Finds the segments that two different articles on one story share, in any order.

    Args:
        source: content segments of one document.
        target: content segments of the other.
        source_vectors: one unit row per source segment, float32 (n, d).
        target_vectors: float32 (m, d).
        background: unit rows (k, d) of unrelated sentences from the same encoder; the pool
            that ships for the embedded encoder when None and d fits, else none.

    Returns:
        Confident 1-1 beads only, in source order.

    Raises:
        AlignError: see `align_monotone`.
    """
    left, right = unit_pair(source, target, source_vectors, target_vectors)
    names = (source[0].document if source else "", target[0].document if target else "")
    if not source or not target:
        return Alignment(*names, (), monotone=False)
    left, right = left[:MOST], right[:MOST]
    pool = embedded_background() if background is None else background
    rows, columns, margins = _margins(left, right, pool)
    beads = tuple(
        Bead((source[i],), (target[j],), _score(float(value)))
        for i, j, value in zip(rows, columns, margins, strict=True)
        if value >= MARGIN
    )
    return Alignment(*names, beads, monotone=False)


def _margins(
    left: Vectors, right: Vectors, pool: Vectors
) -> tuple[NDArray[np.intp], NDArray[np.intp], Vectors]:
    """Mutual nearest neighbours (left, right) and by how much each pair stands out."""
    near = nearest(left, right)
    rows, columns = near.mutual(MARGIN)
    rival = np.maximum(_rivals(left[rows], right, columns), _rivals(right[columns], left, rows))
    for side in (left[rows], right[columns]):
        rival = np.maximum(rival, _nearness(side, pool))
    margins = np.round(near.similarity[rows] - RIVAL * rival, 4)
    return rows, columns, np.asarray(margins, np.float32)


@cache
def embedded_background() -> Vectors:
    """Vectors of unrelated sentences by the embedded encoder, float32 (k, d) unit rows."""
    with (
        files("auditor.align").joinpath("background.npz").open("rb") as file,
        np.load(file) as held,
    ):
        rows = held["vectors"].astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows.flags.writeable = False
    return np.asarray(rows)


def _rivals(rows: Vectors, others: Vectors, taken: NDArray[np.intp]) -> Vectors:
    """Similarity of each row to the nearest of the others but the one it is matched with."""
    best = np.zeros(len(rows), np.float32)
    for at in range(0, len(rows), _ROWS):
        near = rows[at : at + _ROWS] @ others.T
        near[np.arange(len(near)), taken[at : at + _ROWS]] = 0
        best[at : at + _ROWS] = near.max(axis=1)
    return best


def _nearness(vectors: Vectors, pool: Vectors) -> Vectors:
    """Mean similarity to the nearest background sentences; 0 without such sentences."""
    if pool.shape[0] < NEIGHBOURS or pool.shape[1] != vectors.shape[1]:
        return np.zeros(len(vectors), np.float32)
    near = np.sort(vectors @ pool.T, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    return np.asarray(near, np.float32)


def _score(margin: float) -> float:
    """Confidence 0 to 1: at the limit a little more than even, then rising to 1."""
    return round(1 - 0.4 * float(np.exp(-8 * (margin - MARGIN))), 4)
