"""Matrix products whose rows do not depend on the rows beside them.

A BLAS adds the products of a row in an order that depends on where the row stands in the
matrix and on how many rows there are: the same row computed as number 5 and as number 6 of a
matrix differs in its last bits (OpenBLAS on AVX2 does that in halves of 12 rows). Decisions
close to a threshold would then depend on which texts were encoded together. So

- a text is multiplied as a matrix of its own, its tokens the rows (`network`);
- what is one row only, a token or a pooled text, gets a seat that follows from itself in a
  product of `SEATS` rows, whoever sits beside it (here).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.encode.weights import Floats

SEATS = 24
"""Rows of each product: more waste seats, fewer read the weights more often."""

_ROUNDS = 16
"""Products at a time: 384 rows keep the arrays in between within the processor's cache."""


@dataclass(frozen=True, slots=True)
class Seating:
    """Some rows and where they sit.

    Attributes:
        members: which of the rows they are, shape (n,).
        seats: the seat of each, `round * SEATS + seat`, shape (n,).
        rounds: how many products there are.
    """

    members: NDArray[np.int64]
    seats: NDArray[np.int64]
    rounds: int

    def table(self, values: Floats) -> Floats:
        """Rows in their seats, zeros in the others.

        Args:
            values: the rows of the members, shape (n, d).

        Returns:
            Shape (rounds, SEATS, d).
        """
        table = np.zeros((self.rounds * SEATS, values.shape[1]), dtype=np.float32)
        table[self.seats] = values
        return table.reshape(self.rounds, SEATS, -1)

    def rows(self, table: Floats) -> Floats:
        """The rows of the members in a table of shape (rounds, SEATS, d); shape (n, d)."""
        rows: Floats = table.reshape(-1, table.shape[-1])[self.seats]
        return rows


def seated(keys: NDArray[np.int64]) -> Iterator[Seating]:
    """Seats rows by their keys, `key % SEATS`, in as many rounds as the fullest seat needs.

    Args:
        keys: what decides the seat of each row, shape (n,), 0 or more.

    Yields:
        All rows, those of some rounds at a time.
    """
    seats = keys % SEATS
    by_seat = np.argsort(seats, kind="stable")
    counts = np.bincount(seats, minlength=SEATS)
    firsts = np.cumsum(counts) - counts
    flat = np.empty(len(keys), dtype=np.int64)
    flat[by_seat] = (np.arange(len(keys)) - np.repeat(firsts, counts)) * SEATS + seats[by_seat]
    order = np.argsort(flat)
    size = SEATS * _ROUNDS
    for start in range(0, int(counts.max()) * SEATS, size):
        left, right = np.searchsorted(flat[order], (start, start + size))
        members = order[left:right]
        places = flat[members] - start
        yield Seating(members, places, int(places[-1]) // SEATS + 1)
