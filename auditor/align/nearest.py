"""Nearest neighbours across two documents, in memory that does not grow with their product."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.align.vectors import Vectors

_ROWS = 512


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each row of two sets its nearest in the other.

    Attributes:
        right_of: (n,) index of the nearest right row of each left row.
        similarity: (n,) how similar these are, -1 to 1.
        left_of: (m,) index of the nearest left row of each right row.
    """

    right_of: NDArray[np.intp]
    similarity: Vectors
    left_of: NDArray[np.intp]

    def mutual(self, least: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Pairs that are each other's nearest with at least this similarity, by left row."""
        rows = np.arange(len(self.right_of))
        kept = (self.left_of[self.right_of] == rows) & (self.similarity >= least)
        return rows[kept], self.right_of[kept]


def nearest(left: Vectors, right: Vectors) -> Nearest:
    """Finds the nearest neighbours of both sides; ties go to the earlier row.

    Args:
        left: unit rows (n, d), n at least 1.
        right: unit rows (m, d), m at least 1.
    """
    right_of = np.zeros(len(left), np.intp)
    similarity = np.zeros(len(left), np.float32)
    left_of = np.zeros(len(right), np.intp)
    best = np.full(len(right), -np.inf, np.float32)
    for at in range(0, len(left), _ROWS):
        # Rounding keeps ties ties, whatever order a product is summed in.
        near = np.round(left[at : at + _ROWS] @ right.T, 5)
        right_of[at : at + _ROWS] = near.argmax(axis=1)
        similarity[at : at + _ROWS] = near.max(axis=1)
        better = near.max(axis=0) > best
        left_of = np.where(better, near.argmax(axis=0) + at, left_of)
        best = np.maximum(best, near.max(axis=0))
    return Nearest(right_of, similarity, left_of)


def longest_rise(values: NDArray[np.intp]) -> int:
    """The length of the longest strictly rising subsequence, in n log n steps."""
    ends: list[int] = []
    for value in values.tolist():
        at = bisect_left(ends, value)
        ends[at : at + 1] = [value]
    return len(ends)
