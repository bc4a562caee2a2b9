"""What the network knows of each token by itself, computed once for each distinct token."""

from __future__ import annotations

import mmap
from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from auditor.encode.seating import Seating, seated
from auditor.encode.weights import BRANCH, EMBEDDING, Floats, Weights, layer_norm

CAPACITY = 4096
"""Distinct tokens that are remembered at a time, 15 kB each. A thousand sentences of news in one
language hold 4,000 to 5,500; what comes again mostly comes again soon, so that with this room two
of a hundred are computed twice."""


class Lexicon:
    """Rows of features by token, filled as tokens are met.

    When it is full it forgets what was not used for longest: a row depends on its token only.

    Attributes:
        embeddings: shape (CAPACITY, 512).
        features: projected and normalised, shape (CAPACITY, 768).
        windows: for each branch what the token adds, in the first convolution, to each place
            of a window, shape (CAPACITY, 256 * window).
        sums: of the embedding, shape (CAPACITY,).
        squares: sum of squares of the embedding, shape (CAPACITY,).
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._rows = np.full(len(weights.codes), -1, dtype=np.int64)
        self._tokens = np.full(CAPACITY, -1, dtype=np.int64)
        self._used = np.zeros(CAPACITY, dtype=np.int64)
        self._turn = 0
        width = len(weights.projection_bias)
        self.embeddings = _table(EMBEDDING)
        self.features = _table(width)
        self.windows = tuple(_table(branch.window * BRANCH) for branch in weights.branches)
        self.sums = np.empty(CAPACITY, dtype=np.float32)
        self.squares = np.empty(CAPACITY, dtype=np.float32)

    def learn(self, ids: NDArray[np.int64], pool: Executor) -> None:
        """Makes sure that every token has a row.

        Args:
            ids: tokens, at most CAPACITY distinct ones.
            pool: computes the rows that are new.
        """
        distinct = np.unique(ids)
        known = self._rows[distinct]
        new = distinct[known < 0]
        self._turn += 1
        self._used[known[known >= 0]] = self._turn
        free = self._freed(len(new))
        tables = []
        begin = 0
        for seating in seated(new):
            stop = begin + len(seating.members)
            tables.append((new[seating.members], seating, free[begin:stop]))
            begin = stop
        # Each table fills rows of its own. Asking for the results raises what went wrong, so
        # that no token has a row before the row is filled.
        for done in [pool.submit(self._fill, *table) for table in tables]:
            done.result()
        for group, _, rows in tables:
            self._rows[group] = rows
            self._tokens[rows] = group
            self._used[rows] = self._turn

    def _freed(self, count: int) -> NDArray[np.int64]:
        """So many rows that hold nothing any more: those that were not used for longest."""
        rows = np.sort(np.argsort(self._used, kind="stable")[:count])
        forgotten = self._tokens[rows]
        self._rows[forgotten[forgotten >= 0]] = -1
        self._tokens[rows] = -1
        self._used[rows] = 0
        return rows

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of tokens that were learned, in the shape of `ids`."""
        return self._rows[ids]

    def _fill(self, ids: NDArray[np.int64], seating: Seating, rows: NDArray[np.int64]) -> None:
        weights = self._weights
        embeddings = weights.embeddings(ids)
        self.embeddings[rows] = embeddings
        self.sums[rows] = embeddings.sum(axis=1)
        self.squares[rows] = np.einsum("ij,ij->i", embeddings, embeddings)

        features = seating.table(embeddings) @ weights.projection
        features += weights.projection_bias
        layer_norm(features, weights.branch_norm, weights.epsilon)
        self.features[rows] = seating.rows(features)
        for branch, windows in zip(weights.branches, self.windows, strict=True):
            added: Floats = np.matmul(features[..., branch.columns], branch.first)
            own = slice(branch.left * BRANCH, (branch.left + 1) * BRANCH)
            # Every window holds the token that it is for: the bias goes with that place.
            added[..., own] += branch.first_bias
            windows[rows] = seating.rows(added)


def _table(width: int) -> Floats:
    """A table of CAPACITY rows in memory that is there at once.

    Memory touched for the first time comes page by page, which takes a third of the time in which
    a thousand sentences are encoded; the kernel gives all pages together five times faster.
    """
    if not hasattr(mmap, "MAP_POPULATE"):
        return np.empty((CAPACITY, width), dtype=np.float32)
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
    memory = mmap.mmap(-1, CAPACITY * width * np.dtype(np.float32).itemsize, flags=flags)
    return np.frombuffer(memory, dtype=np.float32).reshape(CAPACITY, width)
