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

import numpy as np
from numpy.typing import NDArray

from auditor.encode.weights import Floats

SEATS = 24
"""Rows of each product: more waste seats, fewer read the weights more often."""

_ROUNDS = 16
"""Products at a time: 384 rows keep the arrays in between within the processor's cache."""


def seated(keys: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], int]]:
    """Seats rows by their keys, `key % SEATS`, in as many rounds as the fullest seat needs.

    Args:
        keys: what decides the seat of each row, shape (n,), 0 or more.

    Yields:
        For some rounds at a time: the indices of the rows, the flat seat of each (round *
        SEATS + seat), and the number of rounds.
    """
    seats = keys % SEATS
    by_seat = np.argsort(seats, kind="stable")
    counts = np.bincount(seats, minlength=SEATS)
    firsts = np.cumsum(counts) - counts
    flat = np.empty(len(keys), dtype=np.int64)
    flat[by_seat] = (np.arange(len(keys)) - np.repeat(firsts, counts)) * SEATS + seats[by_seat]
    order = np.argsort(flat)
    size = SEATS * _ROUNDS
    for start in range(0, int(counts.max(initial=0)) * SEATS, size):
        left, right = np.searchsorted(flat[order], (start, start + size))
        members = order[left:right]
        places = flat[members] - start
        yield members, places, int(places[-1]) // SEATS + 1


def in_seats(values: Floats, seats: NDArray[np.int64], rounds: int) -> Floats:
    """The table of some rounds with rows in their seats and zeros elsewhere.

    Returns:
        Shape (rounds, SEATS, values.shape[1]).
    """
    table = np.zeros((rounds * SEATS, values.shape[1]), dtype=np.float32)
    table[seats] = values
    return table.reshape(rounds, SEATS, -1)


def from_seats(table: Floats, seats: NDArray[np.int64]) -> Floats:
    """The rows of a table that sit on these seats, shape (len(seats), table.shape[2])."""
    rows: Floats = table.reshape(-1, table.shape[-1])[seats]
    return rows
